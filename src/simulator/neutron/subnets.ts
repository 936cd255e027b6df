import type { Call } from '../kit/call.ts'
import { badRequest, conflict } from '../kit/refusal.ts'
import type { World } from '../world/world.ts'
import { addressOf, type Block, blockOf, holds, overlaps, textOfAddress, textOfBlock } from './addresses.ts'
import {
  type Attributes,
  addressOrNone,
  bool,
  freeText,
  hostRoutes,
  integer,
  list,
  nameservers,
  oneOf,
  pools,
  shownOnly,
  uuid,
  uuidOrNone,
} from './checks.ts'
import { type Collection, type Fields, seen, standardOf, touched } from './collection.ts'
import { networks, type Pool, ports, type Subnet, subnets } from './kinds.ts'
import { mustBeOpenTo, networkCollection } from './networks.ts'
import { allocationsOf } from './port-table.ts'
import { againstPolicy, badFor, invalidInput, noSuch } from './refusals.ts'
import { blockFromPool } from './subnet-pools.ts'
import { mustBeUnused, releaseSubnet } from './subnet-table.ts'

const modes = ['dhcpv6-stateful', 'dhcpv6-stateless', 'slaac']

const attributes: Attributes = {
  name: freeText,
  description: freeText,
  network_id: { required: true, ...uuid },
  ip_version: { required: true, ...integer, ...oneOf([4, 6]) },
  cidr: { convert: canonicalBlock },
  prefixlen: { ...integer },
  subnetpool_id: { ...uuidOrNone },
  use_default_subnetpool: { fallback: false, ...bool },
  gateway_ip: { put: true, ...addressOrNone },
  allocation_pools: { put: true, ...pools },
  enable_dhcp: { put: true, fallback: true, ...bool },
  ipv6_ra_mode: { ...oneOf(modes) },
  ipv6_address_mode: { ...oneOf(modes) },
  host_routes: { put: true, ...hostRoutes },
  dns_nameservers: { put: true, ...nameservers },
  service_types: { put: true, ...list },
  segment_id: { put: true, fallback: null, ...uuidOrNone },
  revision_number: shownOnly,
  tags: shownOnly,
  created_at: shownOnly,
  updated_at: shownOnly,
}

export const subnetCollection: Collection<Subnet> = {
  kind: subnets,
  one: 'subnet',
  many: 'subnets',
  noSuch: noSuch.subnet,
  attributes,
  filters: [
    'name',
    'network_id',
    'ip_version',
    'cidr',
    'gateway_ip',
    'enable_dhcp',
    'subnetpool_id',
    'ipv6_ra_mode',
    'ipv6_address_mode',
    'segment_id',
    'shared',
    'router:external',
  ],
  admin: {
    create: ['segment_id', 'service_types'],
    update: ['segment_id', 'service_types'],
    show: ['segment_id'],
  },
  quota: 'subnet',
  mayShow(call, row) {
    const network = call.world.of(networks).get(row.network_id)
    if (network === undefined) return false
    const { projectId } = call.caller
    return (
      network.project_id === projectId ||
      network.shared ||
      (!network.external && networkCollection.mayShow?.(call, network) === true)
    )
  },
  make: makeSubnet,
  amend: amendSubnet,
  remove(call, row) {
    mustBeUnused(call.world, row)
    releaseSubnet(call.world, row)
  },
  view: (_world, row) => row as unknown as Fields,
}

function canonicalBlock(value: unknown): unknown {
  if (value === null) return value
  const block = blockOf(value)
  if (block === undefined) throw invalidInput(`${String(value)} is not in a CIDR format`)
  return textOfBlock(block)
}

function makeSubnet(call: Call, fields: Fields): Subnet {
  const network = seen(call, networkCollection, String(fields.network_id))
  mustBeOpenTo(call, network, 'subnet')
  if (!call.caller.admin && network.project_id !== call.caller.projectId) throw againstPolicy('create_subnet')
  const block =
    typeof fields.cidr === 'string' && !fields.subnetpool_id
      ? blockOf(fields.cidr)
      : blockFromPool(call, fields)
  if (block === undefined) throw badFor('subnets', 'a subnetpool must be specified in the absence of a cidr')
  return addSubnet(call.world, { ...fields, project_id: fields.project_id }, block)
}

/** Makes a subnet of attributes that are already checked. */
export function addSubnet(world: World, fields: Fields, block: Block): Subnet {
  mustBeSound(world, fields, block)
  const v6Modes = {
    ipv6_ra_mode: modeIn(fields, 'ipv6_ra_mode'),
    ipv6_address_mode: modeIn(fields, 'ipv6_address_mode'),
  }
  mustHaveFittingModes(fields, v6Modes, block)
  const gateway = gatewayOf(fields, block)
  const given = fields.allocation_pools as readonly Pool[] | undefined
  if (given !== undefined) mustBePools(given, block, gateway)
  mustBeOfOnePool(world, fields, block)
  const subnet = world.of(subnets).add({
    ...standardOf(world, String(fields.project_id)),
    name: String(fields.name ?? ''),
    description: String(fields.description ?? ''),
    network_id: String(fields.network_id),
    ip_version: block.version,
    cidr: textOfBlock(block),
    gateway_ip: gateway,
    allocation_pools: given ?? poolsOf(block, gateway),
    enable_dhcp: fields.enable_dhcp !== false,
    ...v6Modes,
    host_routes: (fields.host_routes as object[] | undefined) ?? [],
    dns_nameservers: (fields.dns_nameservers as string[] | undefined) ?? [],
    service_types: (fields.service_types as string[] | undefined) ?? [],
    subnetpool_id: (fields.subnetpool_id as string | null | undefined) ?? null,
    segment_id: (fields.segment_id as string | null | undefined) ?? null,
  })
  const network = world.of(networks).get(subnet.network_id)
  if (network !== undefined) world.of(networks).change(network.id, touched(world, network))
  return subnet
}

/** The subnets of a network that are of one IP version come from one pool, or all from none. */
function mustBeOfOnePool(world: World, fields: Fields, block: Block): void {
  const pool = (fields.subnetpool_id as string | null | undefined) ?? null
  const beside = world.of(subnets).where('network_id', String(fields.network_id))
  if (beside.every((each) => each.ip_version !== block.version || each.subnetpool_id === pool)) return
  throw badRequest(
    'Subnets hosted on the same network must be allocated from the same subnet pool.',
    'NetworkSubnetPoolAffinityError',
  )
}

const modeIn = (fields: Fields, name: string): string | null => (fields[name] as string | undefined) ?? null

function mustBeSound(world: World, fields: Fields, block: Block): void {
  if (fields.ip_version !== undefined && fields.ip_version !== block.version) {
    throw invalidInput(
      `cidr '${String(fields.cidr)}' does not match the ip_version '${String(fields.ip_version)}'`,
    )
  }
  if (block.prefix === 0) throw invalidInput('0 is not allowed as CIDR prefix length')
  const bits = block.version === 4 ? 32 : 128
  if (fields.enable_dhcp !== false && block.prefix === bits) {
    throw invalidInput(`Subnet has a prefix length that is incompatible with DHCP service enabled`)
  }
  if (block.version === 4 && block.first >> 28n === 14n && fields.enable_dhcp !== false) {
    throw invalidInput('Multicast IP subnet is not supported if enable_dhcp is True')
  }
  const others = world.of(subnets).where('network_id', String(fields.network_id))
  if (!others.some((each) => overlaps(block, blockOf(each.cidr) ?? block))) return
  throw invalidInput(
    `Requested subnet with cidr: ${textOfBlock(block)} for network: ${String(fields.network_id)} overlaps with another subnet`,
  )
}

function mustHaveFittingModes(
  fields: Fields,
  given: { ipv6_ra_mode: string | null; ipv6_address_mode: string | null },
  block: Block,
): void {
  const { ipv6_ra_mode: ra, ipv6_address_mode: address } = given
  if (ra === null && address === null) return
  if (block.version === 4) {
    throw invalidInput(
      `${ra === null ? 'ipv6_address_mode' : 'ipv6_ra_mode'} is not valid when ip_version is 4`,
    )
  }
  if (fields.enable_dhcp === false)
    throw invalidInput('ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to False')
  if (ra !== null && address !== null && ra !== address) {
    throw invalidInput(
      `ipv6_ra_mode set to '${ra}' with ipv6_address_mode set to '${address}' is not valid. If both attributes are set, they must be the same value`,
    )
  }
  if (address !== null && address !== 'dhcpv6-stateful' && block.prefix !== 64) {
    throw invalidInput(
      `Invalid CIDR ${textOfBlock(block)} for IPv6 address mode. OpenStack uses the EUI-64 address format, which requires the prefix to be /64`,
    )
  }
}

function gatewayOf(fields: Fields, block: Block): string | null {
  if (fields.gateway_ip === null) return null
  if (fields.gateway_ip !== undefined) {
    mustBeGateway(String(fields.gateway_ip), block)
    return String(fields.gateway_ip)
  }
  const bits = block.version === 4 ? 32 : 128
  if (bits - block.prefix < 2 && block.version === 4) return textOfAddress({ version: 4, value: block.first })
  const ahead =
    block.version === 6 &&
    fields.ipv6_ra_mode !== undefined &&
    fields.ipv6_address_mode !== undefined &&
    fields.ipv6_address_mode !== 'dhcpv6-stateful'
      ? 0n
      : 1n
  return textOfAddress({ version: block.version, value: block.first + ahead })
}

/** A gateway may be outside its subnet, but not be the subnet's own address or its broadcast. */
function mustBeGateway(text: string, block: Block): void {
  const address = addressOf(text)
  if (address?.version !== block.version)
    throw invalidInput(`gateway_ip '${text}' does not match the ip_version '${block.version}'`)
  const edge =
    block.version === 4 &&
    block.prefix < 31 &&
    (address.value === block.first || address.value === block.last)
  if (edge) throw invalidInput('Gateway is not valid on subnet')
}

function poolsOf(block: Block, gateway: string | null): Pool[] {
  const narrow = block.version === 4 && block.prefix < 31
  const first = block.first + (narrow || block.version === 6 ? 1n : 0n)
  const last = block.last - (narrow ? 1n : 0n)
  const hole = addressOf(gateway)?.value
  const spans =
    hole === undefined || hole < first || hole > last
      ? [[first, last]]
      : [
          [first, hole - 1n],
          [hole + 1n, last],
        ]
  return spans.flatMap(([from = 0n, to = 0n]) =>
    from > to
      ? []
      : [
          {
            start: textOfAddress({ version: block.version, value: from }),
            end: textOfAddress({ version: block.version, value: to }),
          },
        ],
  )
}

function mustBePools(given: readonly Pool[], block: Block, gateway: string | null): void {
  const spans = given.map((pool) => ({ pool, start: addressOf(pool.start), end: addressOf(pool.end) }))
  for (const [at, { pool, start, end }] of spans.entries()) {
    const said = `${pool.start}-${pool.end}`
    if (
      start === undefined ||
      end === undefined ||
      start.version !== end.version ||
      start.value > end.value
    ) {
      throw badRequest(`The allocation pool ${said} is not valid.`, 'InvalidAllocationPool')
    }
    if (!holds(block, start) || !holds(block, end)) {
      throw badRequest(
        `The allocation pool ${said} spans beyond the subnet cidr ${textOfBlock(block)}.`,
        'OutOfBoundsAllocationPool',
      )
    }
    const other = spans
      .slice(at + 1)
      .find(
        (each) => each.start && each.end && each.start.value <= end.value && start.value <= each.end.value,
      )
    if (other !== undefined) {
      throw conflict(
        `Found overlapping allocation pools: ${said} ${other.pool.start}-${other.pool.end} for subnet ${textOfBlock(block)}.`,
        'OverlappingAllocationPools',
      )
    }
    const hole = addressOf(gateway)?.value
    if (hole !== undefined && hole >= start.value && hole <= end.value) {
      throw conflict(
        `Gateway ip ${gateway} conflicts with allocation pool ${said}.`,
        'GatewayConflictWithAllocationPools',
      )
    }
  }
}

function amendSubnet(call: Call, row: Subnet, changes: Fields): Partial<Subnet> {
  const block = blockOf(row.cidr)
  if (block === undefined) return changes as Partial<Subnet>
  const gateway = changes.gateway_ip === undefined ? row.gateway_ip : (changes.gateway_ip as string | null)
  if (changes.gateway_ip !== undefined && gateway !== row.gateway_ip) {
    if (gateway !== null) mustBeGateway(gateway, block)
    mustNotBeRouted(call.world, row)
  }
  const span = (changes.allocation_pools as readonly Pool[] | undefined) ?? row.allocation_pools
  if (changes.allocation_pools !== undefined || changes.gateway_ip !== undefined)
    mustBePools(span, block, gateway)
  if (changes.enable_dhcp === false && (row.ipv6_ra_mode !== null || row.ipv6_address_mode !== null)) {
    throw invalidInput('Cannot disable enable_dhcp with ipv6 attributes set')
  }
  return changes as Partial<Subnet>
}

/** The gateway address of a subnet stays while a router's port has it. */
function mustNotBeRouted(world: World, row: Subnet): void {
  const holder = row.gateway_ip === null ? undefined : allocationsOf(world, row.id).get(row.gateway_ip)
  const port = world.of(ports).get(holder)
  if (port?.device_owner !== 'network:router_interface') return
  throw conflict(
    `Current gateway ip ${row.gateway_ip} already in use by port ${port.id}. Unable to update.`,
    'GatewayIpInUse',
  )
}
