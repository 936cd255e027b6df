import { type Answer, answer, type Call, nothing, param, type Route, route } from '../kit/call.ts'
import { conflict } from '../kit/refusal.ts'
import type { World } from '../world/world.ts'
import { addressOf } from './addresses.ts'
import { seen } from './collection.ts'
import { type Network, networks, subnets } from './kinds.ts'
import { networkCollection } from './networks.ts'
import { allocationsOf } from './port-table.ts'
import { againstPolicy } from './refusals.ts'

/** How full networks are, and networks that are made by themselves. */
export const topologyRoutes: readonly Route[] = [
  route('GET /v2.0/network-ip-availabilities', (call) => {
    if (!call.caller.admin) throw againstPolicy('get_network_ip_availability')
    const { query, world } = call
    const fits = (network: Network) =>
      (query.get('network_id') ?? network.id) === network.id &&
      (query.get('network_name') ?? network.name) === network.name
    return answer({
      network_ip_availabilities: world
        .of(networks)
        .filter(fits)
        .map((network) => fullness(world, network)),
    })
  }),
  route('GET /v2.0/network-ip-availabilities/:id', (call) => {
    if (!call.caller.admin) throw againstPolicy('get_network_ip_availability')
    return answer({ network_ip_availability: fullness(call.world, seen(call, networkCollection)) })
  }),
  route('GET /v2.0/auto-allocated-topology/:project', autoAllocated),
  route('DELETE /v2.0/auto-allocated-topology/:project', () => nothing()),
]

function fullness(world: World, network: Network): object {
  const parts = world
    .of(subnets)
    .where('network_id', network.id)
    .map((subnet) => {
      const sizes = subnet.allocation_pools.map(
        ({ start, end }) => (addressOf(end)?.value ?? 0n) - (addressOf(start)?.value ?? 0n) + 1n,
      )
      return {
        subnet_id: subnet.id,
        ip_version: subnet.ip_version,
        cidr: subnet.cidr,
        subnet_name: subnet.name,
        used_ips: allocationsOf(world, subnet.id).size,
        total_ips: Number(sizes.reduce((sum, size) => sum + size, 0n)),
      }
    })
  const total = (name: 'used_ips' | 'total_ips') => parts.reduce((sum, part) => sum + part[name], 0)
  return {
    network_id: network.id,
    network_name: network.name,
    tenant_id: network.project_id,
    project_id: network.project_id,
    subnet_ip_availability: parts,
    used_ips: total('used_ips'),
    total_ips: total('total_ips'),
  }
}

/** A cloud without a default external network can't make networks by itself. */
function autoAllocated(call: Call): Answer {
  if (!call.caller.admin && param(call, 'project') !== call.caller.projectId)
    throw againstPolicy('get_auto_allocated_topology')
  if (call.world.of(networks).find((network) => network.external && network.is_default) === undefined) {
    throw conflict('Deployment error: No default router:external network.', 'AutoAllocationFailure')
  }
  throw conflict('Deployment error: No default subnetpools.', 'AutoAllocationFailure')
}
