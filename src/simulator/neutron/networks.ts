import type { Call } from '../kit/call.ts'
import { conflict, forbidden } from '../kit/refusal.ts'
import type { World } from '../world/world.ts'
import { type Attributes, bool, freeText, integer, list, shownOnly, text, uuidOrNone } from './checks.ts'
import { type Collection, type Fields, standardOf } from './collection.ts'
import { type Network, networks, ports, subnets } from './kinds.ts'
import { dropPort } from './port-table.ts'
import { invalidInput, noSuch } from './refusals.ts'
import { ensureDefaultGroup } from './security-groups.ts'
import { dropSubnet } from './subnet-table.ts'
import { sharedWith } from './visibility.ts'

const attributes: Attributes = {
  name: freeText,
  description: freeText,
  admin_state_up: { put: true, fallback: true, ...bool },
  shared: { put: true, fallback: false, ...bool },
  status: shownOnly,
  subnets: shownOnly,
  mtu: { put: true, fallback: 0, ...integer },
  port_security_enabled: { put: true, fallback: true, ...bool },
  qos_policy_id: { put: true, fallback: null, ...uuidOrNone },
  dns_domain: { put: true, fallback: '', ...text() },
  'router:external': { put: true, fallback: false, ...bool },
  is_default: { put: true, fallback: false, ...bool },
  availability_zone_hints: { fallback: [], ...list },
  availability_zones: shownOnly,
  ipv4_address_scope: shownOnly,
  ipv6_address_scope: shownOnly,
  l2_adjacency: shownOnly,
  revision_number: shownOnly,
  tags: shownOnly,
  created_at: shownOnly,
  updated_at: shownOnly,
  segments: { put: true },
  'provider:network_type': { put: true, ...text(32) },
  'provider:physical_network': { put: true },
  'provider:segmentation_id': { put: true, ...integer },
  vlan_transparent: { ...bool },
}

const provider = [
  'provider:network_type',
  'provider:physical_network',
  'provider:segmentation_id',
  'segments',
]
const adminOnly = ['shared', 'router:external', 'is_default', ...provider]

export const networkCollection: Collection<Network> = {
  kind: networks,
  one: 'network',
  many: 'networks',
  noSuch: noSuch.network,
  attributes,
  filters: [
    'name',
    'status',
    'admin_state_up',
    'shared',
    'router:external',
    'is_default',
    'mtu',
    ...provider.slice(0, 3),
  ],
  admin: { create: adminOnly, update: adminOnly, show: provider },
  quota: 'network',
  before: (call) => ensureDefaultGroup(call.world, call.caller.projectId),
  mayShow: ({ world, caller }, row) =>
    row.shared ||
    row.external ||
    sharedWith(world, row.id, caller.projectId) ||
    sharedWith(world, row.id, caller.projectId, 'access_as_external'),
  make(call, fields) {
    mustBeKnownType(fields['provider:network_type'])
    return addNetwork(call.world, fields)
  },
  amend: amendNetwork,
  remove(call, row) {
    removeNetworkParts(call.world, row)
  },
  view: viewNetwork,
  viewNew: ({ is_default }) => ({ is_default }),
}

/** Refuses a port or subnet on a network of somebody else who does not share it. */
export function mustBeOpenTo({ world, caller }: Call, network: Network, what: 'port' | 'subnet'): void {
  const own = caller.admin || network.project_id === caller.projectId
  if (own || network.shared || sharedWith(world, network.id, caller.projectId)) return
  throw forbidden(`Tenant ${caller.projectId} not allowed to create ${what} on this network`, 'HTTPForbidden')
}

function mustBeKnownType(type: unknown): void {
  if (type === undefined || ['flat', 'vlan', 'local', 'vxlan'].includes(String(type))) return
  throw invalidInput(`network_type value '${String(type)}' not supported`)
}

/** Makes a network of attributes that are already checked. */
export function addNetwork(world: World, fields: Fields): Network {
  const type = String(fields['provider:network_type'] ?? 'vxlan')
  const segmentation = fields['provider:segmentation_id'] as number | undefined
  const most = type === 'vxlan' ? 1450 : 1500
  const mtu = Number(fields.mtu) || most
  if (mtu > most) throw invalidInput(`Requested MTU is too big, maximum is ${most}`)
  return world.of(networks).add({
    ...standardOf(world, String(fields.project_id)),
    name: String(fields.name ?? ''),
    description: String(fields.description ?? ''),
    revision_number: 1,
    admin_state_up: fields.admin_state_up !== false,
    status: 'ACTIVE',
    mtu,
    shared: fields.shared === true,
    external: fields['router:external'] === true,
    is_default: fields.is_default === true,
    port_security_enabled: fields.port_security_enabled !== false,
    qos_policy_id: (fields.qos_policy_id as string | null | undefined) ?? null,
    dns_domain: String(fields.dns_domain ?? ''),
    availability_zone_hints: (fields.availability_zone_hints as string[] | undefined) ?? [],
    network_type: type,
    physical_network: (fields['provider:physical_network'] as string | undefined) ?? null,
    segmentation_id:
      segmentation ?? (type === 'vxlan' || type === 'vlan' ? 1 + (world.random.next() % 4000) : null),
  })
}

const storedAs: Readonly<Record<string, keyof Network>> = {
  'router:external': 'external',
  'provider:network_type': 'network_type',
  'provider:physical_network': 'physical_network',
  'provider:segmentation_id': 'segmentation_id',
}

function amendNetwork(call: Call, row: Network, changes: Fields): Partial<Network> {
  if (changes['router:external'] === false && row.external) {
    const used = call.world
      .of(ports)
      .where('network_id', row.id)
      .some(
        (port) =>
          port.device_owner === 'network:router_gateway' || port.device_owner === 'network:floatingip',
      )
    if (used)
      throw conflict(
        `External network ${row.id} cannot be updated to be made non-external, since it has existing gateway ports.`,
        'ExternalNetworkInUse',
      )
  }
  if (changes.shared === false && row.shared) {
    const others = call.world
      .of(ports)
      .where('network_id', row.id)
      .some((port) => port.project_id !== row.project_id && port.project_id !== '')
    if (others)
      throw conflict(
        `Unable to reconfigure sharing settings for network ${row.name}. Multiple tenants are using it.`,
        'InvalidSharedSetting',
      )
  }
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) => [storedAs[name] ?? name, value]),
  ) as Partial<Network>
}

/** A network goes with its subnets, but not while something has a port on it. */
export function removeNetworkParts(world: World, row: Network): void {
  const attached = world.of(ports).where('network_id', row.id)
  const inUse = attached.filter((port) => port.device_owner !== 'network:dhcp')
  if (inUse.length > 0) {
    const ids = inUse
      .map((port) => port.id)
      .sort()
      .join(',')
    throw conflict(
      `Unable to complete operation on network ${row.id}. There are one or more ports still in use on the network, id for these ports is: ${ids}.`,
      'NetworkInUse',
    )
  }
  for (const port of attached) dropPort(world, port.id)
  for (const subnet of world.of(subnets).where('network_id', row.id)) dropSubnet(world, subnet)
}

function viewNetwork(world: World, row: Network): Fields {
  const { external, network_type, physical_network, segmentation_id, is_default, ...rest } = row
  return {
    ...rest,
    subnets: world
      .of(subnets)
      .where('network_id', row.id)
      .map((subnet) => subnet.id),
    availability_zones: [],
    ipv4_address_scope: null,
    ipv6_address_scope: null,
    l2_adjacency: true,
    'router:external': external,
    ...(external ? { is_default } : {}),
    'provider:network_type': network_type,
    'provider:physical_network': physical_network,
    'provider:segmentation_id': segmentation_id,
  }
}
