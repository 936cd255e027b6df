import { isMap } from '../../base/json.ts'
import { answer, type Call, type Route as HttpRoute, route } from '../kit/call.ts'
import { badRequest, conflict } from '../kit/refusal.ts'
import type { World } from '../world/world.ts'
import { addressOf, blockOf, holds } from './addresses.ts'
import { type Attributes, bool, freeText, hostRoutes, list, shownOnly } from './checks.ts'
import { type Collection, owned, seen, standardOf, touched, viewFor } from './collection.ts'
import {
  floatingIps,
  type Gateway,
  networks,
  type Port,
  ports,
  type Route,
  type Router,
  routers,
  subnets,
} from './kinds.ts'
import { networkCollection } from './networks.ts'
import { dropPort } from './port-table.ts'
import { makePort } from './ports.ts'
import { againstPolicy, badFor, noSuch } from './refusals.ts'

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
  const unknown = Object.keys(value).find(
    (key) => !['network_id', 'enable_snat', 'external_fixed_ips', 'qos_policy_id'].includes(key),
  )
  if (unknown !== undefined) return `Unexpected keys supplied: ${unknown}`
  return typeof value.network_id === 'string'
    ? undefined
    : `Validation of dictionary's keys failed. Expected keys: {'network_id'}`
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
      return (
        call.world
          .of(routers)
          .change(router.id, { external_gateway_info: setGateway(call.world, router, wanted) }) ?? router
      )
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
    return {
      ...(rest as Partial<Router>),
      external_gateway_info:
        wanted === null ? clearGateway(call.world, row) : setGateway(call.world, row, wanted),
    }
  },
  remove(call, row) {
    const attached = interfacesOf(call.world, row.id)
    if (attached.length > 0) {
      throw conflict(
        `Router ${row.id} has ports still attached: ${attached.map((port) => port.id).join(', ')}`,
        'RouterInUse',
      )
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
  world
    .of(ports)
    .where('device_id', routerId)
    .find((port) => port.device_owner === 'network:router_gateway')

/** The ports by which a router is on subnets of its inside. */
export const interfacesOf = (world: World, routerId: string): Port[] =>
  world
    .of(ports)
    .where('device_id', routerId)
    .filter((port) => port.device_owner === 'network:router_interface')

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
  const blocks = attached
    .flatMap((port) => port.fixed_ips)
    .flatMap(({ subnet_id }) => blockOf(world.of(subnets).get(subnet_id)?.cidr) ?? [])
  const own = attached.flatMap((port) => port.fixed_ips.map((each) => each.ip_address))
  for (const { destination, nexthop } of wanted) {
    const address = addressOf(nexthop)
    const refuse = (reason: string) =>
      badRequest(
        `Invalid format for routes: [{'destination': '${destination}', 'nexthop': '${nexthop}'}], ${reason}`,
        'InvalidRoutes',
      )
    if (address === undefined || !blocks.some((block) => holds(block, address)))
      throw refuse('the nexthop is not connected with router')
    if (own.includes(nexthop)) throw refuse('the nexthop is used by router')
  }
}

export const routerRoutes: readonly HttpRoute[] = [
  route('PUT /v2.0/routers/:id/add_extraroutes', (call) =>
    changeRoutes(call, (before, given) => [...before.filter((each) => !has(given, each)), ...given]),
  ),
  route('PUT /v2.0/routers/:id/remove_extraroutes', (call) =>
    changeRoutes(call, (before, given) => before.filter((each) => !has(given, each))),
  ),
  route('GET /v2.0/routers/:id/l3-agents', () => answer({ agents: [] })),
]

const has = (routes: readonly Route[], one: Route): boolean =>
  routes.some((each) => each.destination === one.destination && each.nexthop === one.nexthop)

function changeRoutes(
  call: Call,
  change: (before: readonly Route[], given: readonly Route[]) => readonly Route[],
) {
  const row = owned(call, routerCollection, 'update')
  const given = isMap(call.body) && isMap(call.body.router) ? call.body.router.routes : undefined
  const wrong = attributes.routes?.check?.(given)
  if (wrong !== undefined) throw badRequest(`Invalid input for routes. Reason: ${wrong}.`)
  const routes = change(row.routes, given as Route[])
  mustBeReachable(call.world, row, routes)
  const after = call.world.of(routers).change(row.id, { ...touched(call.world, row), routes }) ?? row
  return answer({ router: viewFor(call, routerCollection, after) })
}
