import { answer, type Call, nothing, param, type Route, route } from '../kit/call.ts'
import { conflict, notFound } from '../kit/refusal.ts'
import { type ServerGroup, serverGroups, servers } from './kinds.ts'
import { limitOf, overQuotaFor } from './quotas.ts'
import { mustFit } from './refusals.ts'
import { name, wrapped } from './shapes.ts'

export const groupRoutes: readonly Route[] = [
  route('GET /v2.1/os-server-groups', list),
  route('POST /v2.1/os-server-groups', create),
  route('GET /v2.1/os-server-groups/:id', (call) => answer({ server_group: view(call, groupOf(call)) })),
  route('DELETE /v2.1/os-server-groups/:id', (call) => {
    const group = groupOf(call)
    call.world.of(serverGroups).remove(group.id)
    for (const server of call.world.of(servers).where('group_id', group.id))
      call.world.of(servers).change(server.id, { group_id: null })
    return nothing()
  }),
]

function groupOf(call: Call): ServerGroup {
  const group = call.world.of(serverGroups).get(param(call))
  if (group === undefined || (!call.caller.admin && group.project_id !== call.caller.projectId)) {
    throw notFound(`Instance group ${param(call)} could not be found.`)
  }
  return group
}

function list(call: Call) {
  const everyone = call.caller.admin && call.query.has('all_projects')
  const own = call.world
    .of(serverGroups)
    .filter((group) => everyone || group.project_id === call.caller.projectId)
  const from = Number(call.query.get('offset') ?? 0)
  const limit = Number(call.query.get('limit') ?? 1000) || 1000
  return answer({ server_groups: own.slice(from, from + limit).map((group) => view(call, group)) })
}

function view(call: Call, { id, name, policy, rules, project_id, user_id }: ServerGroup): object {
  const members = call.world
    .of(servers)
    .where('group_id', id)
    .map((server) => server.id)
  const owner = call.version >= 13 ? { project_id, user_id } : {}
  if (call.version >= 64) return { id, name, policy, rules, members, ...owner }
  return { id, name, policies: [policy], metadata: {}, members, ...owner }
}

const shape = (version: number) => {
  const strict = ['anti-affinity', 'affinity']
  const all = version >= 15 ? [...strict, 'soft-anti-affinity', 'soft-affinity'] : strict
  if (version < 64) {
    const policies = {
      type: 'array',
      items: { type: 'string', enum: all },
      minItems: 1,
      maxItems: 1,
    } as const
    return wrapped('server_group', { required: ['name', 'policies'], properties: { name, policies } })
  }
  const max = { type: ['integer', 'string'], pattern: '^[0-9]*$', minimum: 1 } as const
  const rules = {
    type: 'object',
    additionalProperties: false,
    properties: { max_server_per_host: max },
  } as const
  return wrapped('server_group', {
    required: ['name', 'policy'],
    properties: { name, policy: { type: 'string', enum: all }, rules },
  })
}

function create(call: Call) {
  mustFit(call.body, shape(call.version))
  const { server_group: given } = call.body as {
    server_group: { name: string; policy?: string; policies?: string[]; rules?: Record<string, unknown> }
  }
  const policy = given.policy ?? given.policies?.[0] ?? ''
  if (given.rules?.max_server_per_host !== undefined && policy !== 'anti-affinity') {
    throw conflict(`Only anti-affinity policy supports rules.`)
  }
  const { projectId, userId } = call.caller
  const limit = limitOf(call.world, projectId, 'server_groups')
  const used = call.world.of(serverGroups).filter((group) => group.project_id === projectId).length
  if (limit >= 0 && used >= limit) throw overQuotaFor('server_groups')
  const group = call.world.of(serverGroups).add({
    id: call.world.random.uuid(),
    name: given.name,
    policy,
    rules: given.rules ?? {},
    project_id: projectId,
    user_id: userId,
  })
  return answer({ server_group: view(call, group) })
}
