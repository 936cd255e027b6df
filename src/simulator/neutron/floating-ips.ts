import type { Call } from '../kit/call.ts'
import { conflict, notFound } from '../kit/refusal.ts'
import { task } from '../world/agenda.ts'
import type { World } from '../world/world.ts'
import { type Attributes, addressOrNone, shownOnly, text, uuid, uuidOrNone } from './checks.ts'
import { type Collection, type Fields, seen, standardOf } from './collection.ts'
import {
  type FixedIp,
  type FloatingIp,
  floatingIps,
  type Port,
  portForwardings,
  ports,
  routers,
  subnets,
} from './kinds.ts'
import { networkCollection } from './networks.ts'
import { dropPort } from './port-table.ts'
import { makePort, portCollection } from './ports.ts'
import { badFor, noSuch } from './refusals.ts'

const attributes: Attributes = {
  floating_network_id: { required: true, ...uuid },
  floating_ip_address: { fallback: null, ...addressOrNone },
  subnet_id: { fallback: null, ...uuidOrNone },
  port_id: { put: true, fallback: null, ...uuidOrNone },
  fixed_ip_address: { put: true, fallback: null, ...addressOrNone },
  description: { put: true, fallback: '', ...text() },
  qos_policy_id: { put: true, fallback: null, ...uuidOrNone },
  dns_name: { fallback: '', ...text() },
  dns_domain: { fallback: '', ...text() },
  router_id: shownOnly,
  status: shownOnly,
  port_details: shownOnly,
  port_forwardings: shownOnly,
  revision_number: shownOnly,
  tags: shownOnly,
  created_at: shownOnly,
  updated_at: shownOnly,
}

export const floatingIpCollection: Collection<FloatingIp> = {
  kind: floatingIps,
  one: 'floatingip',
  many: 'floatingips',
  noSuch: noSuch.floatingIp,
  attributes,
  filters: [
    'floating_network_id',
    'floating_ip_address',
    'port_id',
    'fixed_ip_address',
    'router_id',
    'status',
  ],
  admin: { create: ['floating_ip_address'] },
  quota: 'floatingip',
  make: makeFloatingIp,
  amend(call, row, changes) {
    const { port_id: portId, fixed_ip_address: fixed, ...rest } = changes
    if (portId === undefined && fixed === undefined) return rest as Partial<FloatingIp>
    if (fixed && portId === undefined && row.port_id === null) throw needsPort()
    const target = portId === undefined ? row.port_id : (portId as string | null)
    if (target !== null) mustHaveNoForwardings(call.world, row)
    return {
      ...(rest as Partial<FloatingIp>),
      ...association(call, row, { portId: target, fixed: fixed as string | null | undefined }),
    }
  },
  remove(call, row) {
    for (const each of call.world.of(portForwardings).where('floatingip_id', row.id))
      call.world.of(portForwardings).remove(each.id)
    for (const port of call.world.of(ports).where('device_id', row.id)) dropPort(call.world, port.id)
  },
  view: viewFloatingIp,
}

const needsPort = () => badFor('floatingip', 'fixed_ip_address cannot be specified without a port_id')

function makeFloatingIp(call: Call, fields: Fields): FloatingIp {
  const { world } = call
  const network = seen(call, networkCollection, String(fields.floating_network_id))
  if (!network.external) throw badFor('floatingip', `Network ${network.id} is not a valid external network`)
  const served = world
    .of(subnets)
    .where('network_id', network.id)
    .filter((subnet) => subnet.ip_version === 4)
  if (served.length === 0)
    throw badFor('floatingip', `Network ${network.id} does not contain any IPv4 subnet`)
  if (fields.fixed_ip_address !== null && fields.port_id === null) throw needsPort()
  const standard = standardOf(world, String(fields.project_id))
  const draft = {
    id: standard.id,
    project_id: standard.project_id,
    floating_network_id: network.id,
    floating_ip_address: '',
  }
  const wanted = { portId: fields.port_id as string | null, fixed: fields.fixed_ip_address as string | null }
  if (wanted.portId !== null) association(call, draft, wanted)
  const port = makePort(world, network, {
    project_id: '',
    device_id: standard.id,
    device_owner: 'network:floatingip',
    fixed_ips: addressWanted(fields, served),
  })
  const address = port.fixed_ips[0]?.ip_address ?? ''
  return world.of(floatingIps).add({
    ...standard,
    description: String(fields.description ?? ''),
    floating_ip_address: address,
    floating_network_id: network.id,
    qos_policy_id: (fields.qos_policy_id as string | null | undefined) ?? null,
    dns_name: String(fields.dns_name ?? ''),
    dns_domain: String(fields.dns_domain ?? ''),
    ...association(call, { ...draft, floating_ip_address: address }, wanted),
  })
}

function addressWanted(
  fields: Fields,
  served: readonly { readonly id: string }[],
): Partial<FixedIp>[] | undefined {
  const address = fields.floating_ip_address as string | null
  const subnet = fields.subnet_id as string | null
  if (address !== null) return [{ ip_address: address, ...(subnet === null ? {} : { subnet_id: subnet }) }]
  if (subnet !== null) return [{ subnet_id: subnet }]
  return served.length > 0 ? undefined : []
}

type Draft = Pick<FloatingIp, 'id' | 'project_id' | 'floating_network_id' | 'floating_ip_address'>

interface Wanted {
  readonly portId: string | null
  readonly fixed: string | null | undefined
}

type Association = Pick<FloatingIp, 'port_id' | 'fixed_ip_address' | 'router_id' | 'status'>

/** What a floating IP becomes when it is to lead to a port, or to none. */
function association(call: Call, row: Draft, { portId, fixed }: Wanted): Association {
  if (portId === null) return { port_id: null, fixed_ip_address: null, router_id: null, status: 'DOWN' }
  const { world } = call
  const port = seen(call, portCollection, portId)
  if (port.project_id !== row.project_id && !call.caller.admin) {
    throw badFor(
      'floatingip',
      `Cannot process floating IP association with Port ${portId}, since that port is owned by a different tenant`,
    )
  }
  const inside = insideAddress(world, port, fixed)
  const router = routerFor(world, row, port, inside)
  const other = world
    .of(floatingIps)
    .where('port_id', portId)
    .find(
      (each) =>
        each.id !== row.id &&
        each.fixed_ip_address === inside.ip_address &&
        each.floating_network_id === row.floating_network_id,
    )
  if (other !== undefined) {
    throw conflict(
      `Cannot associate floating IP ${row.floating_ip_address} (${row.id}) with port ${portId} using fixed IP ${inside.ip_address}, as that fixed IP already has a floating IP on external network ${row.floating_network_id}.`,
      'FloatingIPPortAlreadyAssociated',
    )
  }
  world.later(world.times.portBind, floatingIpUp, { id: row.id })
  return { port_id: portId, fixed_ip_address: inside.ip_address, router_id: router, status: 'DOWN' }
}

function insideAddress(world: World, port: Port, fixed: string | null | undefined): FixedIp {
  const v4 = port.fixed_ips.filter((each) => world.of(subnets).get(each.subnet_id)?.ip_version === 4)
  if (fixed) {
    const own = port.fixed_ips.find((each) => each.ip_address === fixed)
    if (own === undefined) throw badFor('floatingip', `Port ${port.id} does not have fixed ip ${fixed}`)
    return own
  }
  const [first, ...more] = v4
  if (first === undefined)
    throw badFor('floatingip', `Cannot add floating IP to port ${port.id} that has no fixed IPv4 addresses`)
  if (more.length > 0) {
    throw badFor(
      'floatingip',
      `Port ${port.id} has multiple fixed IPv4 addresses.  Must provide a specific IPv4 address when assigning a floating IP`,
    )
  }
  return first
}

/** The router that joins the subnet of a port with the external network of a floating IP. */
export function routerFor(world: World, row: Draft, port: Port, { subnet_id: subnetId }: FixedIp): string {
  const gateway = world.of(subnets).get(subnetId)?.gateway_ip
  const joined = world
    .of(ports)
    .where('network_id', port.network_id)
    .filter(
      (each) =>
        each.device_owner === 'network:router_interface' &&
        each.fixed_ips.some((fixed) => fixed.subnet_id === subnetId),
    )
    .filter(
      (each) =>
        world.of(routers).get(each.device_id)?.external_gateway_info?.network_id === row.floating_network_id,
    )
  const best =
    joined.find((each) => each.fixed_ips.some((fixed) => fixed.ip_address === gateway)) ?? joined[0]
  if (best !== undefined) return best.device_id
  throw notFound(
    `External network ${row.floating_network_id} is not reachable from subnet ${subnetId}.  Therefore, cannot associate Port ${port.id} with a Floating IP.`,
    'ExternalGatewayForFloatingIPNotFound',
  )
}

function mustHaveNoForwardings(world: World, row: FloatingIp): void {
  if (world.of(portForwardings).where('floatingip_id', row.id).length === 0) return
  throw conflict(`Floating IP ${row.id} in use by Port Forwarding resources.`, 'FipInUseByPortForwarding')
}

function viewFloatingIp(world: World, row: FloatingIp): Fields {
  const port = world.of(ports).get(row.port_id)
  const forwardings = world.of(portForwardings).where('floatingip_id', row.id)
  return {
    ...row,
    port_details: port === undefined ? null : detailsOf(port),
    port_forwardings: forwardings.map(
      ({ id, protocol, external_port, internal_port, internal_ip_address, internal_port_id }) => ({
        id,
        protocol,
        internal_ip_address,
        internal_port_id,
        internal_port,
        external_port,
      }),
    ),
  }
}

function detailsOf({
  name,
  network_id,
  mac_address,
  admin_state_up,
  status,
  device_id,
  device_owner,
}: Port): object {
  return { name, network_id, mac_address, admin_state_up, status, device_id, device_owner }
}

/** Has an associated floating IP work, as the agent of its router would. */
export const floatingIpUp = task<{ id: string }>('neutron.floating-ip-up', (world, { id }) => {
  if (world.of(floatingIps).get(id)?.port_id) world.of(floatingIps).change(id, { status: 'ACTIVE' })
})
