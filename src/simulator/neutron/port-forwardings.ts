import { isMap } from '../../base/json.ts'
import { answer, type Call, created, nothing, param, type Route, route } from '../kit/call.ts'
import { badRequest, notFound } from '../kit/refusal.ts'
import { seen, touched } from './collection.ts'
import { floatingIpCollection, routerFor } from './floating-ips.ts'
import { type FloatingIp, floatingIps, type PortForwarding, portForwardings } from './kinds.ts'
import { portCollection } from './ports.ts'
import { badFor } from './refusals.ts'

type Fields = Readonly<Record<string, unknown>>

const base = '/v2.0/floatingips/:floating/port_forwardings'

export const portForwardingRoutes: readonly Route[] = [
  route(`GET ${base}`, (call) =>
    answer({
      port_forwardings: call.world.of(portForwardings).where('floatingip_id', floatingOf(call).id).map(view),
    }),
  ),
  route(`POST ${base}`, create),
  route(`GET ${base}/:id`, (call) => answer({ port_forwarding: view(forwardingOf(call)) })),
  route(`PUT ${base}/:id`, (call) => {
    const floating = floatingOf(call)
    const before = forwardingOf(call)
    const after = { ...before, ...checked(call, floating, { ...before, ...givenIn(call) }, before.id) }
    call.world.of(floatingIps).change(floating.id, touched(call.world, floating))
    return answer({
      port_forwarding: view(call.world.of(portForwardings).change(before.id, after) ?? before),
    })
  }),
  route(`DELETE ${base}/:id`, (call) => {
    const floating = floatingOf(call)
    call.world.of(portForwardings).remove(forwardingOf(call).id)
    const left = call.world.of(portForwardings).where('floatingip_id', floating.id).length
    call.world
      .of(floatingIps)
      .change(floating.id, { ...touched(call.world, floating), ...(left === 0 ? { router_id: null } : {}) })
    return nothing()
  }),
]

const floatingOf = (call: Call): FloatingIp => seen(call, floatingIpCollection, param(call, 'floating'))

function forwardingOf(call: Call): PortForwarding {
  const row = call.world.of(portForwardings).get(param(call))
  if (row === undefined || row.floatingip_id !== floatingOf(call).id) {
    throw notFound(`Port Forwarding ${param(call)} could not be found.`, 'PortForwardingNotFound')
  }
  return row
}

const known = [
  'internal_port_id',
  'internal_ip_address',
  'internal_port',
  'internal_port_range',
  'external_port',
  'external_port_range',
  'protocol',
  'description',
  'project_id',
  'tenant_id',
]

function givenIn({ body }: Call): Fields {
  const given = isMap(body) ? body.port_forwarding : undefined
  if (!isMap(given)) throw badRequest("Unable to find 'port_forwarding' in request body")
  const extra = Object.keys(given).filter((name) => !known.includes(name))
  if (extra.length > 0) throw badRequest(`Unrecognized attribute(s) '${extra.join(', ')}'`)
  return given
}

function create(call: Call) {
  const floating = floatingOf(call)
  const given = givenIn(call)
  for (const name of ['internal_port_id', 'internal_ip_address', 'protocol']) {
    if (given[name] === undefined)
      throw badRequest(`Failed to parse request. Required attribute '${name}' not specified`)
  }
  if (floating.port_id !== null) {
    throw badFor('port_forwarding', `FIP ${floating.id} already associated with port ${floating.port_id}`)
  }
  const wanted = checked(call, floating, given, undefined)
  const row = call.world.of(portForwardings).add({
    id: call.world.random.uuid(),
    floatingip_id: floating.id,
    project_id: floating.project_id,
    ...wanted,
  })
  const port = seen(call, portCollection, row.internal_port_id)
  const fixed = port.fixed_ips.find((each) => each.ip_address === row.internal_ip_address)
  const router = fixed === undefined ? null : routerFor(call.world, floating, port, fixed)
  call.world.of(floatingIps).change(floating.id, { ...touched(call.world, floating), router_id: router })
  return created({ port_forwarding: view(row) })
}

type Wanted = Omit<PortForwarding, 'id' | 'floatingip_id' | 'project_id'>

function checked(call: Call, floating: FloatingIp, given: Fields, ownId: string | undefined): Wanted {
  const port = seen(call, portCollection, String(given.internal_port_id))
  const address = String(given.internal_ip_address)
  if (!port.fixed_ips.some((each) => each.ip_address === address)) {
    throw badFor(
      'port_forwarding',
      `Requested internal IP address ${address} does not correspond to the internal Neutron port ${port.id}`,
    )
  }
  const wanted: Wanted = {
    protocol: String(given.protocol),
    external_port: portIn(given, 'external_port'),
    internal_port: portIn(given, 'internal_port'),
    internal_ip_address: address,
    internal_port_id: port.id,
    description: String(given.description ?? ''),
  }
  for (const other of call.world.of(portForwardings).where('floatingip_id', floating.id)) {
    if (other.id === ownId || other.protocol !== wanted.protocol) continue
    for (const [side, same] of [
      [
        'internal',
        other.internal_port === wanted.internal_port && other.internal_port_id === wanted.internal_port_id,
      ],
      ['external', other.external_port === wanted.external_port],
    ] as const) {
      const number = side === 'internal' ? wanted.internal_port : wanted.external_port
      if (same)
        throw badFor(
          'port_forwarding',
          `There is a port collision with the ${side}_port_range. The following ranges collides: ${number}:${number} and ${number}:${number}`,
        )
    }
  }
  return wanted
}

function portIn(given: Fields, name: string): number {
  const [first] = String(given[`${name}_range`] ?? '').split(':')
  const number = Number(given[name] ?? first)
  if (Number.isInteger(number) && number > 0 && number <= 65535) return number
  throw badRequest(`Invalid input for ${name}. Reason: Invalid port: ${String(given[name])}.`)
}

function view({
  id,
  external_port,
  protocol,
  internal_port_id,
  internal_ip_address,
  internal_port,
  description,
}: PortForwarding): object {
  return {
    id,
    external_port,
    external_port_range: `${external_port}:${external_port}`,
    protocol,
    internal_port_id,
    internal_ip_address,
    internal_port,
    internal_port_range: `${internal_port}:${internal_port}`,
    description,
  }
}
