import { isMap } from '../../base/json.ts'
import type { Call } from '../kit/call.ts'
import { badRequest, conflict } from '../kit/refusal.ts'
import { task } from '../world/agenda.ts'
import type { World } from '../world/world.ts'
import {
  type Attributes,
  bool,
  fixedIps,
  freeText,
  list,
  mac,
  mapOrNone,
  oneOf,
  shownOnly,
  text,
  uuid,
  uuidOrNone,
  uuids,
} from './checks.ts'
import { type Collection, type Fields, seen, standardOf } from './collection.ts'
import {
  type FixedIp,
  floatingIps,
  type Network,
  networks,
  type Port,
  ports,
  routers,
  securityGroups,
} from './kinds.ts'
import { mustBeOpenTo, networkCollection } from './networks.ts'
import { addPort, changePort, chooseAddresses, dropPort, freshMac } from './port-table.ts'
import { againstPolicy, noSuch } from './refusals.ts'
import { defaultGroup, ensureDefaultGroup } from './security-groups.ts'
import { trunkAbove, trunkDetailsOf } from './trunk-table.ts'

const vnicTypes = [
  'normal',
  'direct',
  'macvtap',
  'baremetal',
  'direct-physical',
  'virtio-forwarder',
  'smart-nic',
  'vdpa',
  'accelerator-direct',
  'accelerator-direct-physical',
  'remote-managed',
]

const attributes: Attributes = {
  name: freeText,
  description: freeText,
  network_id: { required: true, ...uuid },
  admin_state_up: { put: true, fallback: true, ...bool },
  mac_address: { put: true, ...mac },
  fixed_ips: { put: true, ...fixedIps },
  device_id: freeText,
  device_owner: freeText,
  status: shownOnly,
  security_groups: { put: true, ...uuids },
  allowed_address_pairs: { put: true, ...list },
  extra_dhcp_opts: { put: true, fallback: [], ...list },
  port_security_enabled: { put: true, ...bool },
  qos_policy_id: { put: true, fallback: null, ...uuidOrNone },
  qos_network_policy_id: shownOnly,
  dns_name: { put: true, fallback: '', ...text() },
  dns_assignment: shownOnly,
  'binding:host_id': { put: true },
  'binding:profile': { put: true, ...mapOrNone },
  'binding:vnic_type': { put: true, fallback: 'normal', ...oneOf(vnicTypes) },
  'binding:vif_type': shownOnly,
  'binding:vif_details': shownOnly,
  propagate_uplink_status: { fallback: true, ...bool },
  numa_affinity_policy: { put: true, fallback: null },
  device_profile: { fallback: null },
  ip_allocation: shownOnly,
  resource_request: shownOnly,
  trunk_details: shownOnly,
  revision_number: shownOnly,
  tags: {},
  created_at: shownOnly,
  updated_at: shownOnly,
}

export const portCollection: Collection<Port> = {
  kind: ports,
  one: 'port',
  many: 'ports',
  noSuch: noSuch.port,
  attributes,
  filters: [
    'name',
    'network_id',
    'admin_state_up',
    'mac_address',
    'fixed_ips',
    'device_id',
    'device_owner',
    'status',
    'security_groups',
    'ip_allocation',
    'binding:host_id',
    'binding:vnic_type',
  ],
  admin: {
    create: ['binding:host_id', 'binding:profile'],
    update: ['binding:host_id', 'binding:profile', 'mac_address'],
    show: [
      'binding:host_id',
      'binding:profile',
      'binding:vif_type',
      'binding:vif_details',
      'resource_request',
    ],
  },
  quota: 'port',
  before: (call) => ensureDefaultGroup(call.world, call.caller.projectId),
  mayShow: (call, row) => call.world.of(networks).get(row.network_id)?.project_id === call.caller.projectId,
  make(call, fields) {
    const network = seen(call, networkCollection, String(fields.network_id))
    mustBeOpenTo(call, network, 'port')
    mustBeAllowed(call, network, fields, 'create_port')
    return makePort(call.world, network, fields)
  },
  amend(call, row, changes) {
    const network = call.world.of(networks).get(row.network_id)
    if (network === undefined) throw noSuch.network(row.network_id)
    mustBeAllowed(call, network, changes, 'update_port')
    return amendPort(call.world, row, changes)
  },
  remove(call, row) {
    mustBeFree(call.world, row)
    dropPort(call.world, row.id)
  },
  view: viewPort,
}

const networkOwnersOnly = ['mac_address', 'port_security_enabled', 'allowed_address_pairs'] as const

/** What only the owner of the network may say of a port. */
function mustBeAllowed(call: Call, network: Network, fields: Fields, action: string): void {
  const { caller } = call
  if (caller.admin || network.project_id === caller.projectId) return
  for (const name of networkOwnersOnly) if (fields[name] !== undefined) throw againstPolicy(action, name)
  const wanted = fields.fixed_ips as readonly Partial<FixedIp>[] | undefined
  const shared = network.shared
  if (wanted?.some((each) => each.ip_address !== undefined) || (wanted !== undefined && !shared))
    throw againstPolicy(action, 'fixed_ips')
  if (String(fields.device_owner ?? '').startsWith('network:')) throw againstPolicy(action, 'device_owner')
}

/** Makes a port of attributes that are already checked; whoever calls has seen to what the caller may. */
export function makePort(world: World, network: Network, fields: Fields): Port {
  ensureDefaultGroup(world, String(fields.project_id))
  const card = String(fields.mac_address ?? freshMac(world)).toLowerCase()
  if (fields.mac_address !== undefined) mustBeFreshMac(world, network.id, card)
  const owner = String(fields.device_owner ?? '')
  const wanted = fields.fixed_ips as readonly Partial<FixedIp>[] | undefined
  const host = String(fields['binding:host_id'] ?? '')
  const port = addPort(world, {
    ...standardOf(world, String(fields.project_id)),
    revision_number: 1,
    tags: (fields.tags as string[] | undefined) ?? [],
    name: String(fields.name ?? ''),
    description: String(fields.description ?? ''),
    network_id: network.id,
    mac_address: card,
    admin_state_up: fields.admin_state_up !== false,
    status: 'DOWN',
    device_id: String(fields.device_id ?? ''),
    device_owner: owner,
    ...securityOf(world, network, fields, card),
    fixed_ips: chooseAddresses(world, { networkId: network.id, mac: card, deviceOwner: owner, wanted }),
    extra_dhcp_opts: (fields.extra_dhcp_opts as object[] | undefined) ?? [],
    qos_policy_id: (fields.qos_policy_id as string | null | undefined) ?? null,
    dns_name: String(fields.dns_name ?? ''),
    vnic_type: String(fields['binding:vnic_type'] ?? 'normal'),
    host_id: host,
    profile: isMap(fields['binding:profile']) ? fields['binding:profile'] : {},
    propagate_uplink_status: fields.propagate_uplink_status !== false,
  })
  if (host !== '') world.later(world.times.portBind, portUp, { id: port.id, host })
  return port
}

type Security = Pick<Port, 'port_security_enabled' | 'security_groups' | 'allowed_address_pairs'>

/** Ports of the network itself are not guarded; any other is as it or its network says. */
function securityOf(world: World, network: Network, fields: Fields, card: string): Security {
  const said = (fields.port_security_enabled as boolean | undefined) ?? network.port_security_enabled
  const secured = said && !String(fields.device_owner ?? '').startsWith('network:')
  const pairs = pairsIn(fields.allowed_address_pairs, card)
  if (!secured && pairs.length > 0) {
    throw badRequest(
      'Port Security must be enabled in order to have allowed address pairs on a port.',
      'AddressPairAndPortSecurityRequired',
    )
  }
  const groups = groupsFor(world, fields, secured)
  return { port_security_enabled: secured, security_groups: groups, allowed_address_pairs: pairs }
}

/** Has a bound port work, as the agent of its host would. */
export const portUp = task<{ id: string; host: string }>('neutron.port-up', (world, { id, host }) => {
  const port = world.of(ports).get(id)
  if (port?.host_id === host && port.status !== 'ACTIVE') changePort(world, port, { status: 'ACTIVE' })
})

function mustBeFreshMac(world: World, networkId: string, card: string): void {
  if (
    !world
      .of(ports)
      .where('mac_address', card)
      .some((port) => port.network_id === networkId)
  )
    return
  throw conflict(
    `Unable to complete operation for network ${networkId}. The mac address ${card} is in use.`,
    'MacAddressInUse',
  )
}

function groupsFor(world: World, fields: Fields, secured: boolean): string[] {
  const wanted = fields.security_groups as readonly string[] | undefined
  if (!secured) {
    if (wanted?.length) {
      throw badRequest(
        'Port security must be enabled and port must have an IP address in order to use security groups.',
        'PortSecurityAndIPRequiredForSecurityGroups',
      )
    }
    return []
  }
  if (wanted === undefined) return [defaultGroup(world, String(fields.project_id)).id]
  const missing = wanted.filter((id) => world.of(securityGroups).get(id) === undefined)
  if (missing.length > 0) throw noSuch.securityGroup(missing.join(', '))
  return [...new Set(wanted)]
}

function pairsIn(value: unknown, card: string): object[] {
  if (!Array.isArray(value)) return []
  return value.map((pair: unknown) => {
    if (!isMap(pair) || typeof pair.ip_address !== 'string') {
      throw badRequest(
        'Invalid input for allowed_address_pairs. Reason: AllowedAddressPair must contain ip_address.',
        'HTTPBadRequest',
      )
    }
    return { mac_address: pair.mac_address ?? card, ip_address: pair.ip_address }
  })
}

/** What becomes of a port that is to be changed; its addresses are taken and freed here. */
export function amendPort(world: World, row: Port, changes: Fields): Partial<Port> {
  const {
    'binding:host_id': host,
    'binding:profile': profile,
    'binding:vnic_type': vnic,
    fixed_ips: wanted,
    ...rest
  } = changes
  const secured = (changes.port_security_enabled as boolean | undefined) ?? row.port_security_enabled
  if (
    !secured &&
    (changes.security_groups as unknown[] | undefined) === undefined &&
    row.security_groups.length > 0
  ) {
    throw conflict(
      `Port has security group associated. Cannot disable port security or IP address until security group is removed.`,
      'PortSecurityPortHasSecurityGroup',
    )
  }
  const card = typeof changes.mac_address === 'string' ? changes.mac_address.toLowerCase() : row.mac_address
  if (card !== row.mac_address) mustBeFreshMac(world, row.network_id, card)
  const owner = String(changes.device_owner ?? row.device_owner)
  const addresses =
    wanted === undefined
      ? {}
      : {
          fixed_ips: chooseAddresses(world, {
            networkId: row.network_id,
            mac: card,
            deviceOwner: owner,
            portId: row.id,
            wanted: keepOwn(row, wanted as Partial<FixedIp>[]),
          }),
        }
  const after = changePort(world, row, {
    ...(rest as Partial<Port>),
    ...addresses,
    ...(changes.security_groups === undefined
      ? {}
      : { security_groups: groupsFor(world, { ...changes, project_id: row.project_id }, secured) }),
    ...(changes.allowed_address_pairs === undefined
      ? {}
      : { allowed_address_pairs: pairsIn(changes.allowed_address_pairs, card) }),
    ...(host === undefined ? {} : { host_id: String(host ?? ''), status: 'DOWN' }),
    ...(profile === undefined ? {} : { profile: profile ?? {} }),
    ...(vnic === undefined ? {} : { vnic_type: String(vnic) }),
  })
  if (host) world.later(world.times.portBind, portUp, { id: row.id, host: String(host) })
  return { revision_number: after.revision_number }
}

/** A port that is to have an address of a subnet keeps the one that it has there. */
function keepOwn(row: Port, wanted: readonly Partial<FixedIp>[]): Partial<FixedIp>[] {
  return wanted.map((each) => {
    if (each.ip_address !== undefined) return each
    return row.fixed_ips.find((own) => own.subnet_id === each.subnet_id) ?? each
  })
}

const routerOwners = ['network:router_interface', 'network:router_gateway', 'network:floatingip']

/** Ports of routers and floating IPs go only by way of those. */
export function mustBeFree(world: World, row: Port): void {
  const guarded = routerOwners.includes(row.device_owner) && row.fixed_ips.length > 0
  const holder = world.of(routers).get(row.device_id) ?? world.of(floatingIps).get(row.device_id)
  if (guarded && holder !== undefined) {
    throw conflict(
      `Port ${row.id} cannot be deleted directly via the port API: has device owner ${row.device_owner}.`,
      'ServicePortInUse',
    )
  }
  const trunk = trunkDetailsOf(world, row.id)
  if (trunk !== undefined) {
    throw conflict(
      `Port ${row.id} is currently a parent port for trunk ${trunk.trunk_id}.`,
      'PortInUseAsTrunkParent',
    )
  }
  const above = trunkAbove(world, row.id)
  if (above !== undefined)
    throw conflict(`Port ${row.id} is currently a subport for trunk ${above.id}.`, 'PortInUseAsSubPort')
}

function viewPort(world: World, row: Port): Fields {
  const { host_id, profile, vnic_type, propagate_uplink_status: _uplink, ...rest } = row
  const bound = host_id !== ''
  const trunk = trunkDetailsOf(world, row.id)
  return {
    ...rest,
    'binding:vnic_type': vnic_type,
    'binding:profile': profile,
    'binding:host_id': host_id,
    'binding:vif_type': bound ? 'ovs' : 'unbound',
    'binding:vif_details': bound ? { port_filter: true } : {},
    qos_network_policy_id: world.of(networks).get(row.network_id)?.qos_policy_id ?? null,
    dns_assignment: row.fixed_ips.map(({ ip_address }) => assignmentOf(ip_address, row.dns_name)),
    resource_request: null,
    ip_allocation: 'immediate',
    ...(trunk === undefined ? {} : { trunk_details: trunk }),
  }
}

function assignmentOf(address: string, name: string): object {
  const hostname = name || `host-${address.replace(/[.:]/g, '-')}`
  return { ip_address: address, hostname, fqdn: `${hostname}.openstacklocal.` }
}
