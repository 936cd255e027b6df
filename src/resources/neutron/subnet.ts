import { neutron } from '../../cloud/neutron/index.ts'
import { atLeastOne, notTogether, physicalName, refuseIf, requestOf, resource } from '../../plugin/index.ts'
import { anyList, boolean, integer, ipVersion, list, object, string } from '../../schema/index.ts'
import { setLists, tags, valueSpecs } from './common.ts'
import { defaultPools } from './pools.ts'

const ipv6Modes = ['dhcpv6-stateful', 'dhcpv6-stateless', 'slaac'] as const

/** A subnet: a range of addresses on a network, with what machines there are told about it. */
export const Subnet = resource('OS::Neutron::Subnet', {
  summary: 'A block of addresses on a network, from which ports get theirs.',
  uses: { neutron },
  lives: neutron.collection('subnets'),

  properties: {
    network: string('The name or ID of the network that the subnet is on.', {
      required: true,
      since: '2014.2',
      finds: neutron.find.network,
      live: 'network_id',
    }),
    network_id: string('The network, as this property was called before.', {
      support: 'HIDDEN',
      since: '5.0.0',
      spells: 'network',
      finds: neutron.find.network,
    }),
    subnetpool: string('The name or ID of the subnet pool to take the addresses from.', {
      since: '6.0.0',
      finds: neutron.find.subnetpool,
      live: 'subnetpool_id',
    }),
    prefixlen: integer('The length of the prefix to take from the subnet pool.', {
      since: '6.0.0',
      range: { min: 0 },
    }),
    cidr: string('The addresses of the subnet, such as 10.0.0.0/24.', { format: 'net_cidr' }),
    value_specs: valueSpecs,
    name: string('A name for the subnet. It need not be unique.', { default: physicalName, updatable: true }),
    ip_version: integer('The version of IP.', { default: 4, oneOf: [4, 6] }),
    dns_nameservers: anyList('The addresses of the DNS servers that machines on the subnet are told.', {
      default: [],
      updatable: true,
    }),
    gateway_ip: string(
      'The address of the gateway. Left out, or "auto", it is the first address of a new subnet; empty, there is no gateway. An update that takes it away takes the gateway away.',
      {
        updatable: true,
        live: { field: 'gateway_ip', to: wantedGateway, from: (address: string | null) => address ?? '' },
      },
    ),
    enable_dhcp: boolean('Whether the subnet has DHCP.', { default: true, updatable: true }),
    allocation_pools: list(
      object({
        start: string('The first address.', { required: true, format: 'ip_addr' }),
        end: string('The last address.', { required: true, format: 'ip_addr' }),
      }),
      'The ranges that ports get their addresses from. Of a new subnet Neutron chooses them, if they are left out. An update that takes them away leaves no range at all.',
      { updatable: true },
    ),
    tenant_id: string('The project that will own the subnet. Administrators only.'),
    host_routes: list(
      object({
        destination: string('The addresses to reach.', { required: true, format: 'net_cidr' }),
        nexthop: string('The address that leads to them.', { required: true, format: 'ip_addr' }),
      }),
      'The routes that machines on the subnet are told.',
      { updatable: true },
    ),
    ipv6_ra_mode: string('How routers advertise the subnet.', { since: '2015.1', oneOf: ipv6Modes }),
    ipv6_address_mode: string('How machines get their addresses.', { since: '2015.1', oneOf: ipv6Modes }),
    segment: string(
      'The name or ID of the segment that the subnet is on. Once it is on one it stays there.',
      {
        updatable: true,
        since: '11.0.0',
        finds: neutron.find.segment,
        live: 'segment_id',
      },
    ),
    tags,
  },

  attributes: {
    name: string('The name of the subnet.'),
    network_id: string('The ID of the network that the subnet is on.'),
    tenant_id: string('The project that owns the subnet.'),
    allocation_pools: anyList('The ranges that ports get their addresses from.'),
    gateway_ip: string('The address of the gateway.'),
    host_routes: anyList('The routes that machines on the subnet are told.'),
    ip_version: string('The version of IP.'),
    cidr: string('The addresses of the subnet.'),
    dns_nameservers: anyList('The addresses of the DNS servers that machines on the subnet are told.'),
    enable_dhcp: string('Whether the subnet has DHCP.'),
  },

  validate: (props) => [
    ...notTogether(props, 'subnetpool', 'cidr'),
    ...atLeastOne(props, 'subnetpool', 'cidr'),
    ...notTogether(props, 'prefixlen', 'cidr'),
    ...ipv6ModeFaults(props),
    ...gatewayFaults(props.gateway_ip),
  ],

  async update({ neutron, id, changed, before, props }): Promise<void> {
    if (changed.gateway_ip === 'auto') {
      throw new Error(
        'gateway_ip cannot be changed to "auto": only a new subnet can have its gateway chosen.',
      )
    }
    const body: Record<string, unknown> = { ...requestOf(Subnet, changed, before) }
    if ('gateway_ip' in body && props.allocation_pools === undefined && !('allocation_pools' in body)) {
      // Neutron chooses pools only for a new subnet: it would keep those with the new gateway in them.
      const { cidr, allocation_pools: present } = await neutron.subnets.get(id)
      if (present.length > 0) body.allocation_pools = defaultPools(cidr, body.gateway_ip as string | null)
    }
    if (Object.keys(body).length > 0) await neutron.subnets.update(id, body)
  },

  sync: ({ neutron, id, changed: { tags }, before }) =>
    setLists({ now: tags, before: before.tags, set: (all) => neutron.subnets.setTags(id, all) }),
})

/** An explicit null in a template reads as an empty text. */
function wantedGateway(address: string | null): string | null | undefined {
  if (address === 'auto') return undefined
  return address === '' || address === '~' ? null : address
}

function ipv6ModeFaults(props: {
  readonly ip_version?: unknown
  readonly ipv6_ra_mode?: string
  readonly ipv6_address_mode?: string
}) {
  const { ip_version: version, ipv6_ra_mode: advertised, ipv6_address_mode: addressed } = props
  const both = typeof advertised === 'string' && typeof addressed === 'string'
  const either = typeof advertised === 'string' || typeof addressed === 'string'
  return [
    ...refuseIf(version === 4 && either, 'ipv6_ra_mode and ipv6_address_mode are not supported for ipv4.'),
    ...refuseIf(
      both && advertised !== addressed,
      'When both ipv6_ra_mode and ipv6_address_mode are set, they must be equal.',
    ),
  ]
}

function gatewayFaults(gateway: unknown) {
  const isAddress =
    typeof gateway !== 'string' || ['', '~', 'auto'].includes(gateway) || ipVersion(gateway) !== 0
  return refuseIf(!isAddress, `Gateway IP address "${String(gateway)}" is in invalid format.`)
}
