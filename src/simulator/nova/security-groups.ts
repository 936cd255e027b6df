import { type Answer, accepted, answer, type Call, param, type Route, route } from '../kit/call.ts'
import { badRequest, notFound } from '../kit/refusal.ts'
import { ports, type SecurityGroup, securityGroupRules, securityGroups } from '../neutron/kinds.ts'
import { changePort } from '../neutron/port-table.ts'
import type { Server } from './kinds.ts'
import { changeServer, mustBeIn } from './server-table.ts'

/** Neutron's security groups as Nova showed them until microversion 2.36. */
export const securityGroupRoutes: readonly Route[] = [
  route('GET /v2.1/os-security-groups', (call) => {
    mustBeOld(call)
    return answer({ security_groups: own(call).map((group) => view(call, group)) })
  }),
  route('GET /v2.1/os-security-groups/:id', (call) => {
    mustBeOld(call)
    const group = own(call).find((each) => each.id === param(call))
    if (group === undefined) throw notFound(`Security group ${param(call)} not found.`)
    return answer({ security_group: view(call, group) })
  }),
]

function mustBeOld({ version }: Call): void {
  if (version >= 36) throw notFound('The resource could not be found.')
}

const own = ({ world, caller }: Call): SecurityGroup[] =>
  world.of(securityGroups).where('project_id', caller.projectId)

function view({ world }: Call, { id, name, description, project_id }: SecurityGroup): object {
  const incoming = world
    .of(securityGroupRules)
    .where('security_group_id', id)
    .filter((rule) => rule.direction === 'ingress')
  const rules = incoming.map((rule) => ({
    id: rule.id,
    parent_group_id: id,
    ip_protocol: rule.protocol,
    from_port: rule.port_range_min,
    to_port: rule.port_range_max,
    group: {},
    ip_range: rule.remote_ip_prefix === null ? {} : { cidr: rule.remote_ip_prefix },
  }))
  return { id, name, description, tenant_id: project_id, rules }
}

/** Gives all ports of a server a security group, or takes it from them. */
export function changeGroups(how: 'add' | 'remove') {
  return (call: Call, server: Server, { name }: Readonly<Record<string, unknown>>): Answer => {
    const { world } = call
    if (typeof name !== 'string' || name === '') throw badRequest('Missing parameter: name')
    mustBeIn(server, `${how}_security_group`, ['active', 'paused', 'suspended', 'stopped'])
    const groups = world.of(securityGroups).where('project_id', server.project_id)
    const group = groups.find((each) => each.name === name || each.id === name)
    if (group === undefined) throw notFound(`Security group ${name} not found.`)
    for (const { id } of server.ports) {
      const port = world.of(ports).get(id)
      if (port === undefined || !port.port_security_enabled) continue
      const others = port.security_groups.filter((each) => each !== group.id)
      changePort(world, port, { security_groups: how === 'add' ? [...others, group.id] : others })
    }
    changeServer(world, server.id, {})
    return accepted()
  }
}
