import { kind, type Row } from '../world/table.ts'

/** What every object of Neutron has. */
export interface Standard extends Row {
  readonly project_id: string
  readonly description: string
  readonly revision_number: number
  readonly tags: readonly string[]
  readonly created_at: string
  readonly updated_at: string
}

export interface Network extends Standard {
  readonly name: string
  readonly admin_state_up: boolean
  readonly status: string
  readonly mtu: number
  readonly shared: boolean
  readonly external: boolean
  readonly is_default: boolean
  readonly port_security_enabled: boolean
  readonly qos_policy_id: string | null
  readonly dns_domain: string
  readonly availability_zone_hints: readonly string[]
  readonly network_type: string
  readonly physical_network: string | null
  readonly segmentation_id: number | null
}

export interface Pool {
  readonly start: string
  readonly end: string
}

export interface Subnet extends Standard {
  readonly name: string
  readonly network_id: string
  readonly ip_version: 4 | 6
  readonly cidr: string
  readonly gateway_ip: string | null
  readonly allocation_pools: readonly Pool[]
  readonly enable_dhcp: boolean
  readonly ipv6_ra_mode: string | null
  readonly ipv6_address_mode: string | null
  readonly host_routes: readonly object[]
  readonly dns_nameservers: readonly string[]
  readonly service_types: readonly string[]
  readonly subnetpool_id: string | null
  readonly segment_id: string | null
}

export interface FixedIp {
  readonly subnet_id: string
  readonly ip_address: string
}

export interface Port extends Standard {
  readonly name: string
  readonly network_id: string
  readonly mac_address: string
  readonly admin_state_up: boolean
  readonly status: string
  readonly device_id: string
  readonly device_owner: string
  readonly fixed_ips: readonly FixedIp[]
  readonly security_groups: readonly string[]
  readonly allowed_address_pairs: readonly object[]
  readonly extra_dhcp_opts: readonly object[]
  readonly port_security_enabled: boolean
  readonly qos_policy_id: string | null
  readonly dns_name: string
  readonly vnic_type: string
  readonly host_id: string
  readonly profile: object
  readonly propagate_uplink_status: boolean
}

export interface Gateway {
  readonly network_id: string
  readonly external_fixed_ips: readonly FixedIp[]
  readonly enable_snat: boolean
}

export interface Route {
  readonly destination: string
  readonly nexthop: string
}

export interface Router extends Standard {
  readonly name: string
  readonly admin_state_up: boolean
  readonly status: string
  readonly external_gateway_info: Gateway | null
  readonly routes: readonly Route[]
  readonly distributed: boolean
  readonly ha: boolean
  readonly flavor_id: string | null
  readonly availability_zone_hints: readonly string[]
}

export interface FloatingIp extends Standard {
  readonly floating_ip_address: string
  readonly floating_network_id: string
  readonly router_id: string | null
  readonly port_id: string | null
  readonly fixed_ip_address: string | null
  readonly status: string
  readonly qos_policy_id: string | null
  readonly dns_domain: string
  readonly dns_name: string
}

export interface PortForwarding extends Row {
  readonly floatingip_id: string
  readonly project_id: string
  readonly protocol: string
  readonly external_port: number
  readonly internal_port: number
  readonly internal_ip_address: string
  readonly internal_port_id: string
  readonly description: string
}

export interface SecurityGroup extends Standard {
  readonly name: string
  readonly stateful: boolean
}

export interface SecurityGroupRule extends Standard {
  readonly security_group_id: string
  readonly ethertype: string
  readonly direction: string
  readonly protocol: string | null
  readonly port_range_min: number | null
  readonly port_range_max: number | null
  readonly remote_ip_prefix: string | null
  readonly remote_group_id: string | null
  readonly remote_address_group_id: string | null
}

export const networks = kind<Network>('networks')
export const subnets = kind<Subnet>('subnets', ['network_id'])
export const ports = kind<Port>('ports', ['network_id', 'device_id', 'mac_address'])
export const routers = kind<Router>('routers')
export const floatingIps = kind<FloatingIp>('floatingips', ['port_id', 'router_id'])
export const portForwardings = kind<PortForwarding>('port_forwardings', ['floatingip_id'])
export const securityGroups = kind<SecurityGroup>('security_groups', ['project_id'])
export const securityGroupRules = kind<SecurityGroupRule>('security_group_rules', ['security_group_id'])
