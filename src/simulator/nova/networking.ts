import { badRequest, conflict, forbidden, Refusal } from '../kit/refusal.ts'
import {
  type Network,
  networks,
  type Port,
  ports,
  type SecurityGroup,
  securityGroups,
  subnets,
} from '../neutron/kinds.ts'
import { changePort, dropPort } from '../neutron/port-table.ts'
import { makePort, portUp } from '../neutron/ports.ts'
import { limitsOf } from '../neutron/quotas.ts'
import { sharedWith } from '../neutron/visibility.ts'
import type { World } from '../world/world.ts'
import type { NetworkWanted, Server } from './kinds.ts'
import { overLimit } from './refusals.ts'

/** For whom ports are looked for. */
export interface Tenant {
  readonly projectId: string
  readonly admin: boolean
}

/** Checks what a server is to be joined to, as far as can be told before it is made; says which networks that means. */
export function resolveNetworks(
  world: World,
  tenant: Tenant,
  wanted: readonly NetworkWanted[] | 'auto' | 'none' | undefined,
): NetworkWanted[] {
  if (wanted === 'none') return []
  if (wanted === undefined || wanted === 'auto' || wanted.length === 0)
    return theOnlyNetwork(world, tenant, wanted)
  const seen = new Set<string>()
  for (const each of wanted) {
    if (each.port !== undefined) {
      if (seen.has(each.port)) throw badRequest(`Port ${each.port} is still in use.`)
      seen.add(each.port)
    }
    checkWanted(world, tenant, each)
  }
  mustFitPortQuota(world, tenant, wanted.filter((each) => each.port === undefined).length)
  return [...wanted]
}

function available(world: World, projectId: string): Network[] {
  return world
    .of(networks)
    .filter((each) => each.project_id === projectId || each.shared || sharedWith(world, each.id, projectId))
}

function theOnlyNetwork(
  world: World,
  { projectId, admin }: Tenant,
  wanted: readonly NetworkWanted[] | 'auto' | undefined,
): NetworkWanted[] {
  const candidates = available(world, projectId)
  if (candidates.length > 1) {
    throw conflict('Multiple possible networks found, use a Network ID to be more specific.')
  }
  const [only] = candidates
  if (only === undefined) {
    if (wanted === 'auto')
      throw badRequest(`Unable to automatically allocate a network for project ${projectId}`)
    return []
  }
  mustBeOpen(only, { projectId, admin })
  mustFitPortQuota(world, { projectId, admin }, 1)
  return [{ uuid: only.id }]
}

function mustBeOpen(network: Network, { admin }: Tenant): void {
  if (network.external && !network.shared && !admin) {
    throw forbidden(`It is not allowed to create an interface on external network ${network.id}`)
  }
}

function checkWanted(world: World, tenant: Tenant, each: NetworkWanted): void {
  if (each.port !== undefined) {
    freePort(world, tenant, each.port)
    return
  }
  const network = world.of(networks).get(each.uuid)
  const known =
    network !== undefined &&
    (tenant.admin || network.external || available(world, tenant.projectId).includes(network))
  if (!known || network === undefined) throw badRequest(`Network ${each.uuid} could not be found.`)
  mustBeOpen(network, tenant)
  if (world.of(subnets).where('network_id', network.id).length === 0) {
    throw badRequest(`Network ${network.id} requires a subnet in order to boot instances on.`)
  }
  const taken =
    each.fixed_ip === undefined
      ? undefined
      : world
          .of(ports)
          .where('network_id', network.id)
          .find((port) => port.fixed_ips.some((fixed) => fixed.ip_address === each.fixed_ip))
  if (taken !== undefined) {
    throw badRequest(`Fixed IP address ${each.fixed_ip} is already in use on instance ${taken.device_id}.`)
  }
}

/** The port that a server is to get, if it is free. */
export function freePort(world: World, { projectId, admin }: Tenant, id: string): Port {
  const port = world.of(ports).get(id)
  if (port === undefined || (port.project_id !== projectId && !admin))
    throw badRequest(`Port id ${id} could not be found.`)
  if (port.device_id !== '') throw conflict(`Port ${id} is still in use.`)
  return port
}

function mustFitPortQuota(world: World, { projectId }: Tenant, count: number): void {
  const limit = limitsOf({ world }, projectId).port ?? -1
  if (count === 0 || limit < 0) return
  const used = world.of(ports).filter((port) => port.project_id === projectId).length
  if (used + count > limit) throw overLimit('Maximum number of ports exceeded')
}

/** The security groups that names or IDs mean. */
export function groupsNamed(world: World, projectId: string, names: readonly string[]): SecurityGroup[] {
  const own = world.of(securityGroups).where('project_id', projectId)
  return names
    .filter((name) => name !== 'default')
    .map((name) => {
      const named = own.filter((group) => group.name === name)
      if (named.length > 1)
        throw conflict(`Multiple security groups found matching '${name}'. Use an ID to be more specific.`)
      const group = named[0] ?? own.find((each) => each.id === name)
      if (group === undefined) throw badRequest(`Unable to find security_group with name or id '${name}'`)
      return group
    })
}

type Plugged = Server['ports'][number]

/** Joins a server to one network or port, and says by which port. */
export function plugIn(world: World, server: Server, wanted: NetworkWanted): Plugged {
  const tag = wanted.tag ?? null
  if (wanted.port !== undefined) {
    const port = world.of(ports).get(wanted.port)
    if (port === undefined) throw badRequest(`Port id ${wanted.port} could not be found.`)
    if (port.device_id !== '' && port.device_id !== server.id)
      throw conflict(`Port ${port.id} is still in use.`)
    bind(world, server, port)
    return { id: port.id, made: false, tag }
  }
  const network = world.of(networks).get(wanted.uuid)
  if (network === undefined) throw badRequest(`Network ${wanted.uuid} could not be found.`)
  const groups = groupsNamed(world, server.project_id, server.security_groups)
  const port = makePort(world, network, {
    project_id: server.project_id,
    device_id: server.id,
    device_owner: `compute:${server.availability_zone}`,
    'binding:host_id': server.host,
    ...(groups.length > 0 && network.port_security_enabled
      ? { security_groups: groups.map((group) => group.id) }
      : {}),
    ...(wanted.fixed_ip === undefined ? {} : { fixed_ips: [{ ip_address: wanted.fixed_ip }] }),
  })
  return { id: port.id, made: true, tag }
}

function bind(world: World, server: Server, port: Port): void {
  changePort(world, port, {
    device_id: server.id,
    device_owner: `compute:${server.availability_zone}`,
    host_id: server.host,
    status: 'DOWN',
  })
  world.later(world.times.portBind, portUp, { id: port.id, host: server.host })
}

/** Parts a server from a port: a port that Nova made goes, any other is free again. */
export function unplug(world: World, { id, made }: Plugged): void {
  const port = world.of(ports).get(id)
  if (port === undefined) return
  if (made) dropPort(world, id)
  else changePort(world, port, { device_id: '', device_owner: '', host_id: '', profile: {}, status: 'DOWN' })
}

/** What a refusal says, for the fault of a server that could not be joined to its networks. */
export const reasonOf = (error: unknown): string => (error instanceof Refusal ? error.message : String(error))
