import { conflict } from '../kit/refusal.ts'
import type { World } from '../world/world.ts'
import { touched } from './collection.ts'
import { networks, ports, type Subnet, subnets } from './kinds.ts'
import { allocationsOf, dropPort, forgetAllocations, mayHoldAddress } from './port-table.ts'

/** Refuses to let a subnet go while a port has one of its addresses. */
export function mustBeUnused(world: World, row: Subnet): void {
  const holders = [...new Set(allocationsOf(world, row.id).values())].flatMap(
    (id) => world.of(ports).get(id) ?? [],
  )
  if (holders.every((port) => mayHoldAddress(port, row))) return
  throw conflict(
    `Unable to complete operation on subnet ${row.id}: One or more ports have an IP allocation from this subnet.`,
    'SubnetInUse',
  )
}

/** Takes the addresses of a subnet back from the ports that may lose them. */
export function releaseSubnet(world: World, row: Subnet): void {
  for (const id of new Set(allocationsOf(world, row.id).values())) {
    const port = world.of(ports).get(id)
    if (port?.device_owner === 'network:dhcp') dropPort(world, id)
    else if (port)
      world.of(ports).change(id, { fixed_ips: port.fixed_ips.filter((each) => each.subnet_id !== row.id) })
  }
  forgetAllocations(world, row.id)
  const network = world.of(networks).get(row.network_id)
  if (network !== undefined) world.of(networks).change(network.id, touched(world, network))
}

/** Takes a subnet away with its network. */
export function dropSubnet(world: World, row: Subnet): void {
  releaseSubnet(world, row)
  world.of(subnets).remove(row.id)
}
