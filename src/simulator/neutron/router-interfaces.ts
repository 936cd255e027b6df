import { isMap } from '../../base/json.ts'
import { answer, type Call, type Route as HttpRoute, route } from '../kit/call.ts'
import { badRequest, conflict, notFound } from '../kit/refusal.ts'
import type { World } from '../world/world.ts'
import { addressOf, blockOf, holds, overlaps } from './addresses.ts'
import { owned, seen, touched } from './collection.ts'
import {
  type FixedIp,
  floatingIps,
  networks,
  type Port,
  ports,
  type Router,
  routers,
  subnets,
} from './kinds.ts'
import { changePort, dropPort } from './port-table.ts'
import { makePort, portCollection } from './ports.ts'
import { badFor, noSuch } from './refusals.ts'
import { interfacesOf, routerCollection } from './routers.ts'
import { subnetCollection } from './subnets.ts'

/** The routes by which a router is joined to subnets and parted from them. */
export const routerInterfaceRoutes: readonly HttpRoute[] = [
  route('PUT /v2.0/routers/:id/add_router_interface', addInterface),
  route('PUT /v2.0/routers/:id/remove_router_interface', removeInterface),
]

interface InterfaceWanted {
  readonly subnet_id?: string
  readonly port_id?: string
}

function interfaceWanted(call: Call): InterfaceWanted {
  const { subnet_id, port_id } = isMap(call.body) ? call.body : {}
  if (subnet_id === undefined && port_id === undefined) {
    throw badFor('router', 'Either subnet_id or port_id must be specified')
  }
  return {
    ...(subnet_id ? { subnet_id: String(subnet_id) } : {}),
    ...(port_id ? { port_id: String(port_id) } : {}),
  }
}

function addInterface(call: Call) {
  const wanted = interfaceWanted(call)
  if (wanted.subnet_id !== undefined && wanted.port_id !== undefined) {
    throw badFor('router', 'Cannot specify both subnet-id and port-id')
  }
  const router = owned(call, routerCollection, 'add_router_interface')
  const port =
    wanted.port_id === undefined
      ? bySubnet(call, router, String(wanted.subnet_id))
      : byPort(call, router, wanted.port_id)
  call.world.of(routers).change(router.id, touched(call.world, router))
  return answer(interfaceView(router, port, port.fixed_ips[0]?.subnet_id))
}

function interfaceView(router: Router, port: Port, subnetId: string | undefined): object {
  return {
    id: router.id,
    tenant_id: router.project_id,
    port_id: port.id,
    network_id: port.network_id,
    subnet_id: subnetId,
    subnet_ids: subnetId === undefined ? [] : [subnetId],
  }
}

function bySubnet(call: Call, router: Router, subnetId: string): Port {
  const { world } = call
  const subnet = seen(call, subnetCollection, subnetId)
  if (subnet.gateway_ip === null) throw badFor('router', 'Subnet for router interface must have a gateway IP')
  const network = world.of(networks).get(subnet.network_id)
  if (network === undefined) throw noSuch.network(subnet.network_id)
  mustNotOverlap(world, router, [subnetId])
  if (!call.caller.admin && network.project_id !== call.caller.projectId && !network.shared) {
    throw badFor(
      'router',
      `Cannot add interface to router because subnet ${subnetId} is not owned by project making the request`,
    )
  }
  return makePort(world, network, {
    project_id: router.project_id,
    device_id: router.id,
    device_owner: 'network:router_interface',
    fixed_ips: [{ subnet_id: subnetId, ip_address: subnet.gateway_ip }],
  })
}

function byPort(call: Call, router: Router, portId: string): Port {
  const { world } = call
  const port = seen(call, portCollection, portId)
  if (port.device_id !== '' && port.device_id !== router.id) {
    throw conflict(
      `Unable to complete operation on port ${port.id} for network ${port.network_id}. Port already has an attached device ${port.device_id}.`,
      'PortInUse',
    )
  }
  if (port.fixed_ips.length === 0) throw badFor('router', 'Router port must have at least one fixed IP')
  const versions = port.fixed_ips.map((each) => world.of(subnets).get(each.subnet_id)?.ip_version)
  if (versions.filter((each) => each === 4).length > 1)
    throw badFor('router', 'Cannot have multiple IPv4 subnets on router port')
  mustNotOverlap(
    world,
    router,
    port.fixed_ips.map((each) => each.subnet_id),
  )
  return changePort(world, port, {
    device_id: router.id,
    device_owner: 'network:router_interface',
    security_groups: [],
  })
}

/** Two networks with the same addresses can't be told apart by one router. */
function mustNotOverlap(world: World, router: Router, subnetIds: readonly string[]): void {
  const attached = world.of(ports).where('device_id', router.id)
  const own = attached.flatMap((port) => port.fixed_ips.map((each) => each.subnet_id))
  const twice = subnetIds.find((id) => own.includes(id))
  if (twice !== undefined) throw badFor('router', `Router already has a port on subnet ${twice}`)
  const outside = attached.filter((port) => port.device_owner === 'network:router_gateway')
  const beside = outside.flatMap((port) =>
    world
      .of(subnets)
      .where('network_id', port.network_id)
      .map((subnet) => subnet.id),
  )
  for (const id of subnetIds) {
    const mine = world.of(subnets).get(id)
    for (const other of new Set([...own, ...beside])) {
      const theirs = world.of(subnets).get(other)
      const [a, b] = [blockOf(mine?.cidr), blockOf(theirs?.cidr)]
      if (a === undefined || b === undefined || !overlaps(a, b)) continue
      throw badFor(
        'router',
        `Cidr ${mine?.cidr} of subnet ${id} overlaps with cidr ${theirs?.cidr} of subnet ${other}`,
      )
    }
  }
}

function removeInterface(call: Call) {
  const wanted = interfaceWanted(call)
  const router = owned(call, routerCollection, 'remove_router_interface')
  const port = interfaceToRemove(call.world, router, wanted)
  const subnetId = wanted.subnet_id ?? port.fixed_ips[0]?.subnet_id
  for (const fixed of port.fixed_ips) {
    mustNotServeFloating(call.world, router, fixed)
    mustNotServeRoutes(call.world, router, fixed)
  }
  dropPort(call.world, port.id)
  call.world.of(routers).change(router.id, touched(call.world, router))
  return answer(interfaceView(router, port, subnetId))
}

function interfaceToRemove(
  world: World,
  router: Router,
  { port_id: portId, subnet_id: subnetId }: InterfaceWanted,
): Port {
  const own = interfacesOf(world, router.id)
  if (portId !== undefined) {
    const port = own.find((each) => each.id === portId)
    if (port === undefined) {
      throw notFound(
        `Router ${router.id} does not have an interface with id ${portId}`,
        'RouterInterfaceNotFound',
      )
    }
    if (subnetId !== undefined && !port.fixed_ips.some((each) => each.subnet_id === subnetId)) {
      throw badRequest(
        `Subnet on port ${portId} does not match the requested subnet ${subnetId}.`,
        'SubnetMismatchForPort',
      )
    }
    return port
  }
  if (world.of(subnets).get(subnetId) === undefined) throw noSuch.subnet(String(subnetId))
  const port = own.find((each) => each.fixed_ips.some((fixed) => fixed.subnet_id === subnetId))
  if (port === undefined) {
    throw notFound(
      `Router ${router.id} has no interface on subnet ${subnetId}`,
      'RouterInterfaceNotFoundForSubnet',
    )
  }
  return port
}

function mustNotServeFloating(world: World, router: Router, { subnet_id: subnetId }: FixedIp): void {
  const served = world.of(floatingIps).where('router_id', router.id)
  const needed = served.some((floating) =>
    world
      .of(ports)
      .get(floating.port_id)
      ?.fixed_ips.some((each) => each.subnet_id === subnetId),
  )
  if (!needed) return
  throw conflict(
    `Router interface for subnet ${subnetId} on router ${router.id} cannot be deleted, as it is required by one or more floating IPs.`,
    'RouterInterfaceInUseByFloatingIP',
  )
}

function mustNotServeRoutes(world: World, router: Router, { subnet_id: subnetId }: FixedIp): void {
  const block = blockOf(world.of(subnets).get(subnetId)?.cidr)
  const hops = router.routes.flatMap(({ nexthop }) => addressOf(nexthop) ?? [])
  if (block === undefined || !hops.some((hop) => holds(block, hop))) return
  throw conflict(
    `Router interface for subnet ${subnetId} on router ${router.id} cannot be deleted, as it is required by one or more routes.`,
    'RouterInterfaceInUseByRoute',
  )
}
