import type { Found } from '../service.ts'

/** What every object of Neutron says of itself. Extensions that a site lacks leave their fields out. */
interface Common extends Found {
  readonly name: string
  readonly tenant_id: string
  readonly project_id: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly created_at?: string
  readonly updated_at?: string
  readonly revision_number?: number
}

/** How far the background work on an object has come. */
export type BuildStatus = 'ACTIVE' | 'DOWN' | 'BUILD' | 'ERROR' | 'DEGRADED'

export interface Network extends Common {
  readonly status: BuildStatus
  readonly admin_state_up: boolean
  readonly shared: boolean
  readonly subnets: readonly string[]
  readonly mtu?: number
  readonly 'router:external'?: boolean
  readonly port_security_enabled?: boolean
  readonly qos_policy_id?: string | null
  readonly dns_domain?: string
  readonly l2_adjacency?: boolean
  readonly availability_zone_hints?: readonly string[]
  readonly availability_zones?: readonly string[]
}

export interface AddressRange {
  readonly start: string
  readonly end: string
}

export interface HostRoute {
  readonly destination: string
  readonly nexthop: string
}

export interface Subnet extends Common {
  readonly network_id: string
  readonly cidr: string
  readonly ip_version: 4 | 6
  readonly gateway_ip: string | null
  readonly enable_dhcp: boolean
  readonly allocation_pools: readonly AddressRange[]
  readonly dns_nameservers: readonly string[]
  readonly host_routes: readonly HostRoute[]
  readonly ipv6_ra_mode: string | null
  readonly ipv6_address_mode: string | null
  readonly subnetpool_id: string | null
  readonly segment_id?: string | null
}

export interface FixedIp {
  readonly subnet_id: string
  readonly ip_address: string
}

export interface AddressPair {
  readonly ip_address: string
  readonly mac_address?: string
}

export interface Port extends Common {
  readonly status: BuildStatus
  readonly network_id: string
  readonly admin_state_up: boolean
  readonly mac_address: string
  readonly fixed_ips: readonly FixedIp[]
  readonly device_id: string
  readonly device_owner: string
  readonly security_groups: readonly string[]
  readonly allowed_address_pairs?: readonly AddressPair[]
  readonly port_security_enabled?: boolean
  readonly qos_policy_id?: string | null
  readonly dns_name?: string
  readonly dns_assignment?: readonly unknown[]
  readonly propagate_uplink_status?: boolean
  readonly 'binding:vnic_type'?: string
  readonly 'binding:profile'?: Readonly<Record<string, unknown>>
}

export interface ExternalGateway {
  readonly network_id: string
  readonly enable_snat?: boolean
  readonly external_fixed_ips?: readonly FixedIp[]
}

export interface Router extends Common {
  readonly status: BuildStatus
  readonly admin_state_up: boolean
  readonly external_gateway_info: ExternalGateway | null
  readonly routes?: readonly HostRoute[]
  /** Only administrators see it. */
  readonly distributed?: boolean
  /** Only administrators see it. */
  readonly ha?: boolean
  readonly availability_zone_hints?: readonly string[]
}

/** Where a router is on a subnet. Neutron gives it no ID; here it has `<router>:subnet_id=<subnet>` or `<router>:port_id=<port>`. */
export interface RouterInterface extends Found {
  readonly router_id: string
  readonly port_id: string
  readonly subnet_ids: readonly string[]
  readonly status?: string
  readonly created_at?: string
}

export interface FloatingIp extends Omit<Common, 'name'> {
  readonly status: 'ACTIVE' | 'DOWN' | 'ERROR'
  readonly floating_ip_address: string
  readonly floating_network_id: string
  readonly fixed_ip_address: string | null
  readonly port_id: string | null
  readonly router_id: string | null
  readonly dns_name?: string
  readonly dns_domain?: string
}

/** What a security group's rule allows; all but the group can be left open. */
export interface RuleBody {
  readonly security_group_id: string
  readonly direction: 'ingress' | 'egress'
  readonly ethertype: 'IPv4' | 'IPv6'
  readonly protocol?: string | number | null
  readonly port_range_min?: number | null
  readonly port_range_max?: number | null
  readonly remote_ip_prefix?: string | null
  readonly remote_group_id?: string | null
  readonly description?: string | null
}

export interface SecurityGroupRule extends Found, RuleBody {
  readonly protocol: string | null
  readonly created_at?: string
}

export interface SecurityGroup extends Common {
  readonly security_group_rules: readonly SecurityGroupRule[]
  readonly stateful?: boolean
}

export interface Agent extends Found {
  readonly agent_type: string
  readonly host: string
  readonly alive: boolean
}

export interface Segment extends Found {
  readonly name: string | null
  readonly network_id: string
  readonly network_type: string
  readonly physical_network: string | null
  readonly segmentation_id: number | null
}

export interface SubnetPool extends Common {
  readonly prefixes: readonly string[]
  readonly ip_version: number
  readonly shared: boolean
}

export interface AddressScope extends Found {
  readonly name: string
  readonly ip_version: number
  readonly shared: boolean
}

export interface QosPolicy extends Common {
  readonly shared: boolean
  readonly is_default?: boolean
}
