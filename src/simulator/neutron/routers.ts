import { isMap } from '../../base/json.ts'
import { answer, type Call, type Route as HttpRoute, route } from '../kit/call.ts'
import { badRequest, conflict, notFound } from '../kit/refusal.ts'
import type { World } from '../world/world.ts'
import { addressOf, blockOf, holds, overlaps } from './addresses.ts'
import { type Attributes, bool, freeText, hostRoutes, list, shownOnly } from './checks.ts'
import { type Collection, owned, seen, standardOf, touched, viewFor } from './collection.ts'
import { type FixedIp, floatingIps, type Gateway, networks, type Port, ports, type Route, type Router, routers, subnets } from './kinds.ts'
import { networkCollection } from './networks.ts'
import { changePort, dropPort } from './port-table.ts'
import { makePort, portCollection } from './ports.ts'
import { againstPolicy, badFor, noSuch } from './refusals.ts'
import { subnetCollection } from './subnets.ts'

const attributes: Attributes = {
  name: freeText,
  description: freeText,
  admin_state_up: { put: true, fallback: true, ...bool },
  external_gateway_info: { put: true, fallback: null, check: wrongGateway },
  routes: { put: true, post: false, ...hostRoutes },
  distributed: { put: true, ...bool },
  ha: { put: true, ...bool },
  flavor_id: { fallback: null },
  availability_zone_hints: { fallback: [], ...list },
  availability_zones: shownOnly,
  status: shownOnly,
  revision_number: shownOnly,
  tags: shownOnly,
  created_at: shownOnly,
  updated_at: shownOnly,
}

function wrongGateway(value: unknown): string | undefined {
  if (value === null || (isMap(value) && Object.keys(value).length === 0)) return undefined
  if (!isMap(value)) return `'${String(value)}' is not a dictionary`
  const unknown = Object.keys(value).find((key) => !['network_id', 'enable_snat', 'external_fixed_ips', 'qos_policy_id'].includes(key))
  if (unknown !== undefined) return `Unexpected keys supplied: ${unknown}`
  return typeof value.network_id === 'string' ? undefined : `Validation of dictionary's keys failed. Expected keys: {'network_id'}`
}

export const routerCollection: Collection<Router> = {
  kind: routers,
  one: 'router',
  many: 'routers',
  noSuch: noSuch.router,
  attributes,
  filters: ['name', 'status', 'admin_state_up', 'ha', 'distributed', 'flavor_id', 'routes'],
  admin: { create: ['distributed', 'ha'], update: ['distributed', 'ha'], show: ['distributed', 'ha'] },
  quota: 'router',
  make(call, fields) {
    const wanted = gatewayWanted(call, fields.external_gateway_info, 'create_router')
    const router = call.world.of(routers).add({
      ...standardOf(call.world, String(fields.project_id)),
      revision_number: 1,
      name: String(fields.name ?? ''),
      description: String(fields.description ?? ''),
      admin_state_up: fields.admin_state_up !== false,
      status: 'ACTIVE',
      external_gateway_info: null,
      routes: [],
      distributed: fields.distributed === true,
      ha: fields.ha === true,
      flavor_id: null,
      availability_zone_hints: (fields.availability_zone_hints as string[] | undefined) ?? [],
    })
    if (wanted === null) return router
    try {
      return call.world.of(routers).change(router.id, { external_gateway_info: setGateway(call.world, router, wanted) }) ?? router
    } catch (error) {
      call.world.of(routers).remove(router.id)
      throw error
    }
  },
  amend(call, row, changes) {
    const { external_gateway_info: gateway, ...rest } = changes
    if (changes.routes !== undefined) mustBeReachable(call.world, row, changes.routes as Route[])
    if (gateway === undefined) return rest as Partial<Router>
    const wanted = gatewayWanted(call, gateway, 'update_router')
    return { ...(rest as Partial<Router>), external_gateway_info: wanted === null ? clearGateway(call.world, row) : setGateway(call.world, row, wanted) }
  },
  remove(call, row) {
    const attached = interfacesOf(call.world, row.id)
    if (attached.length > 0) {
      throw conflict(`Router ${row.id} has ports still attached: ${attached.map((port) => port.id).join(', ')}`, 'RouterInUse')
    }
    clearGateway(call.world, row)
  },
  view: (_world, row) => ({ ...row, availability_zones: [] }),
}

type Wanted = Partial<Gateway> & { readonly network_id: string }

function gatewayWanted(call: Call, value: unknown, action: string): Wanted | null {
  if (!isMap(value) || value.network_id === undefined) return null
  const network = seen(call, networkCollection, String(value.network_id))
  if (!network.external) throw badFor('router', `Network ${network.id} is not an external network`)
  if (!call.caller.admin) {
    for (const name of ['enable_snat', 'external_fixed_ips']) {
      if (value[name] !== undefined) throw againstPolicy(action, `external_gateway_info:${name}`)
    }
  }
  return value as unknown as Wanted
}

const gatewayPortOf = (world: World, routerId: string): Port | undefined =>
  world.of(ports).where('device_id', routerId).find((port) => port.device_owner === 'network:router_gateway')

const interfacesOf = (world: World, routerId: string): Port[] =>
  world.of(ports).where('device_id', routerId).filter((port) => port.device_owner === 'network:router_interface')

function setGateway(world: World, router: Router, wanted: Wanted): Gateway {
  const network = world.of(networks).get(wanted.network_id)
  if (network === undefined) throw noSuch.network(wanted.network_id)
  const snat = wanted.enable_snat !== false
  const before = gatewayPortOf(world, router.id)
  if (before !== undefined && before.network_id === network.id && wanted.external_fixed_ips === undefined) {
    return { network_id: network.id, external_fixed_ips: before.fixed_ips, enable_snat: snat }
  }
  if (before !== undefined) clearGateway(world, router)
  const port = makePort(world, network, {
    project_id: '',
    device_id: router.id,
    device_owner: 'network:router_gateway',
    fixed_ips: wanted.external_fixed_ips,
  })
  return { network_id: network.id, external_fixed_ips: port.fixed_ips, enable_snat: snat }
}

function clearGateway(world: World, router: Router): null {
  const port = gatewayPortOf(world, router.id)
  if (port === undefined) return null
  if (world.of(floatingIps).where('router_id', router.id).length > 0) {
    throw conflict(
      `Gateway cannot be updated for router ${router.id}, since a gateway to external network ${port.network_id} is required by one or more floating IPs.`,
      'RouterExternalGatewayInUseByFloatingIp',
    )
  }
  dropPort(world, port.id)
  return null
}

/** Every next hop of a router is on a network that the router is on. */
function mustBeReachable(world: World, row: Router, wanted: readonly Route[]): void {
  const attached = world.of(ports).where('device_id', row.id)
  const blocks = attached.flatMap((port) => port.fixed_ips).flatMap(({ subnet_id }) => blockOf(world.of(subnets).get(subnet_id)?.cidr) ?? [])
  const own = attached.flatMap((port) => port.fixed_ips.map((each) => each.ip_address))
  for (const { destination, nexthop } of wanted) {
    const address = addressOf(nexthop)
    const refuse = (reason: string) =>
      badRequest(`Invalid format for routes: [{'destination': '${destination}', 'nexthop': '${nexthop}'}], ${reason}`, 'InvalidRoutes')
    if (address === undefined || !blocks.some((block) => holds(block, address))) throw refuse('the nexthop is not connected with router')
    if (own.includes(nexthop)) throw refuse('the nexthop is used by router')
  }
}

export const routerRoutes: readonly HttpRoute[] = [
  route('PUT /v2.0/routers/:id/add_router_interface', addInterface),
  route('PUT /v2.0/routers/:id/remove_router_interface', removeInterface),
  route('PUT /v2.0/routers/:id/add_extraroutes', (call) => changeRoutes(call, (before, given) => [...before.filter((each) => !has(given, each)), ...given])),
  route('PUT /v2.0/routers/:id/remove_extraroutes', (call) => changeRoutes(call, (before, given) => before.filter((each) => !has(given, each)))),
  route('GET /v2.0/routers/:id/l3-agents', () => answer({ agents: [] })),
]

const has = (routes: readonly Route[], one: Route): boolean =>
  routes.some((each) => each.destination === one.destination && each.nexthop === one.nexthop)

function changeRoutes(call: Call, change: (before: readonly Route[], given: readonly Route[]) => readonly Route[]) {
  const row = owned(call, routerCollection, 'update')
  const given = isMap(call.body) && isMap(call.body.router) ? call.body.router.routes : undefined
  const wrong = attributes.routes?.check?.(given)
  if (wrong !== undefined) throw badRequest(`Invalid input for routes. Reason: ${wrong}.`)
  const routes = change(row.routes, given as Route[])
  mustBeReachable(call.world, row, routes)
  const after = call.world.of(routers).change(row.id, { ...touched(call.world, row), routes }) ?? row
  return answer({ router: viewFor(call, routerCollection, after) })
}

interface InterfaceWanted {
  readonly subnet_id?: string
  readonly port_id?: string
}

function interfaceWanted(call: Call): InterfaceWanted {
  const { subnet_id, port_id } = isMap(call.body) ? call.body : {}
  if (subnet_id === undefined && port_id === undefined) {
    throw badFor('router', 'Either subnet_id or port_id must be specified')
  }
  return { ...(subnet_id ? { subnet_id: String(subnet_id) } : {}), ...(port_id ? { port_id: String(port_id) } : {}) }
}

function addInterface(call: Call) {
  const wanted = interfaceWanted(call)
  if (wanted.subnet_id !== undefined && wanted.port_id !== undefined) {
    throw badFor('router', 'Cannot specify both subnet-id and port-id')
  }
  const router = owned(call, routerCollection, 'add_router_interface')
  const port = wanted.port_id === undefined ? bySubnet(call, router, String(wanted.subnet_id)) : byPort(call, router, wanted.port_id)
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
    throw badFor('router', `Cannot add interface to router because subnet ${subnetId} is not owned by project making the request`)
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
  if (versions.filter((each) => each === 4).length > 1) throw badFor('router', 'Cannot have multiple IPv4 subnets on router port')
  mustNotOverlap(world, router, port.fixed_ips.map((each) => each.subnet_id))
  return changePort(world, port, { device_id: router.id, device_owner: 'network:router_interface', security_groups: [] })
}

/** Two networks with the same addresses can't be told apart by one router. */
function mustNotOverlap(world: World, router: Router, subnetIds: readonly string[]): void {
  const attached = world.of(ports).where('device_id', router.id)
  const own = attached.flatMap((port) => port.fixed_ips.map((each) => each.subnet_id))
  const twice = subnetIds.find((id) => own.includes(id))
  if (twice !== undefined) throw badFor('router', `Router already has a port on subnet ${twice}`)
  const outside = attached.filter((port) => port.device_owner === 'network:router_gateway')
  const beside = outside.flatMap((port) => world.of(subnets).where('network_id', port.network_id).map((subnet) => subnet.id))
  for (const id of subnetIds) {
    const mine = world.of(subnets).get(id)
    for (const other of new Set([...own, ...beside])) {
      const theirs = world.of(subnets).get(other)
      const [a, b] = [blockOf(mine?.cidr), blockOf(theirs?.cidr)]
      if (a === undefined || b === undefined || !overlaps(a, b)) continue
      throw badFor('router', `Cidr ${mine?.cidr} of subnet ${id} overlaps with cidr ${theirs?.cidr} of subnet ${other}`)
    }
  }
}

function removeInterface(call: Call) {
  const wanted = interfaceWanted(call)
  const router = owned(call, routerCollection, 'remove_router_interface')
  const port = interfaceToRemove(call.world, router, wanted)
  const subnetId = wanted.subnet_id ?? port.fixed_ips[0]?.subnet_id
  for (const fixed of port.fixed_ips) mustNotServeFloating(call.world, router, fixed)
  dropPort(call.world, port.id)
  call.world.of(routers).change(router.id, touched(call.world, router))
  return answer(interfaceView(router, port, subnetId))
}

function interfaceToRemove(world: World, router: Router, { port_id: portId, subnet_id: subnetId }: InterfaceWanted): Port {
  const own = interfacesOf(world, router.id)
  if (portId !== undefined) {
    const port = own.find((each) => each.id === portId)
    if (port === undefined) {
      throw notFound(`Router ${router.id} does not have an interface with id ${portId}`, 'RouterInterfaceNotFound')
    }
    if (subnetId !== undefined && !port.fixed_ips.some((each) => each.subnet_id === subnetId)) {
      throw badRequest(`Subnet on port ${portId} does not match the requested subnet ${subnetId}.`, 'SubnetMismatchForPort')
    }
    return port
  }
  if (world.of(subnets).get(subnetId) === undefined) throw noSuch.subnet(String(subnetId))
  const port = own.find((each) => each.fixed_ips.some((fixed) => fixed.subnet_id === subnetId))
  if (port === undefined) {
    throw notFound(`Router ${router.id} has no interface on subnet ${subnetId}`, 'RouterInterfaceNotFoundForSubnet')
  }
  return port
}

function mustNotServeFloating(world: World, router: Router, { subnet_id: subnetId }: FixedIp): void {
  const served = world.of(floatingIps).where('router_id', router.id)
  const needed = served.some((floating) =>
    world.of(ports).get(floating.port_id)?.fixed_ips.some((each) => each.subnet_id === subnetId),
  )
  if (!needed) return
  throw conflict(
    `Router interface for subnet ${subnetId} on router ${router.id} cannot be deleted, as it is required by one or more floating IPs.`,
    'RouterInterfaceInUseByFloatingIP',
  )
}

