import { createHash } from 'node:crypto'
import { type Call, link } from '../kit/call.ts'
import { floatingIps, networks, type Port, ports, securityGroups } from '../neutron/kinds.ts'
import type { World } from '../world/world.ts'
import { type Flavor, type Server, serverGroups } from './kinds.ts'
import { statusOf } from './server-table.ts'

export const serverLinks = (call: Call, id: string) => [
  { rel: 'self', href: link(call, `/compute/v2.1/servers/${id}`) },
  { rel: 'bookmark', href: link(call, `/compute/servers/${id}`) },
]

export function briefServer(call: Call, { id, name }: Server): object {
  return { id, name, links: serverLinks(call, id) }
}

/** A server with all that its microversion shows of it. */
export function fullServer(call: Call, server: Server, { single }: { single: boolean }): object {
  const { version, caller } = call
  const status = statusOf(server)
  return {
    id: server.id,
    name: server.name,
    status,
    tenant_id: server.project_id,
    user_id: server.user_id,
    metadata: server.metadata,
    hostId:
      server.host === ''
        ? ''
        : createHash('sha224')
            .update(server.project_id + server.host)
            .digest('hex'),
    image: imageView(call, server),
    flavor: flavorView(call, server.flavor),
    created: server.created_at,
    updated: server.updated_at,
    addresses: addressesOf(call.world, server),
    accessIPv4: server.access_ip_v4,
    accessIPv6: server.access_ip_v6,
    links: serverLinks(call, server.id),
    'OS-DCF:diskConfig': server.disk_config,
    ...(server.fault !== null && ['ERROR', 'DELETED'].includes(status) ? { fault: server.fault } : {}),
    ...(withProgress.has(status) ? { progress: 0 } : {}),
    'OS-EXT-AZ:availability_zone': server.host === '' ? '' : server.availability_zone,
    config_drive: server.config_drive,
    key_name: server.key_name,
    'OS-SRV-USG:launched_at': server.launched_at,
    'OS-SRV-USG:terminated_at': null,
    ...groupsView(call.world, server),
    ...(caller.admin ? adminView(call, server) : {}),
    'OS-EXT-STS:task_state': server.task_state,
    'OS-EXT-STS:vm_state': server.vm_state,
    'OS-EXT-STS:power_state': server.power_state,
    'os-extended-volumes:volumes_attached': server.disks.map(({ volume_id: id, delete_on_termination }) =>
      version >= 3 ? { id, delete_on_termination } : { id },
    ),
    ...(version >= 16 && caller.admin ? { host_status: server.host === '' ? '' : 'UP' } : {}),
    ...laterView(call, server, single),
  }
}

const withProgress = new Set([
  'ACTIVE',
  'BUILD',
  'REBUILD',
  'RESIZE',
  'VERIFY_RESIZE',
  'MIGRATING',
  'REVERT_RESIZE',
])

/** What microversions brought. */
function laterView(call: Call, server: Server, single: boolean): object {
  const { version } = call
  return {
    ...(version >= 9 ? { locked: server.locked_by !== null } : {}),
    ...(version >= 73 ? { locked_reason: server.locked_reason } : {}),
    ...(version >= 19 ? { description: server.description } : {}),
    ...(version >= 26 ? { tags: server.tags } : {}),
    ...(version >= 63 ? { trusted_image_certificates: null } : {}),
    ...(version >= 90 ? { 'OS-EXT-SRV-ATTR:hostname': server.hostname } : {}),
    ...(version >= 71 && single
      ? { server_groups: call.world.of(serverGroups).get(server.group_id) ? [server.group_id] : [] }
      : {}),
  }
}

function adminView({ version }: Call, server: Server): object {
  const early = {
    'OS-EXT-SRV-ATTR:host': server.host || null,
    'OS-EXT-SRV-ATTR:instance_name': `instance-${server.number.toString(16).padStart(8, '0')}`,
    'OS-EXT-SRV-ATTR:hypervisor_hostname': server.host || null,
  }
  if (version < 3) return early
  return {
    ...early,
    'OS-EXT-SRV-ATTR:reservation_id': server.reservation_id,
    'OS-EXT-SRV-ATTR:launch_index': server.launch_index,
    'OS-EXT-SRV-ATTR:hostname': server.hostname,
    'OS-EXT-SRV-ATTR:kernel_id': '',
    'OS-EXT-SRV-ATTR:ramdisk_id': '',
    'OS-EXT-SRV-ATTR:root_device_name': server.root_device,
    'OS-EXT-SRV-ATTR:user_data': server.user_data,
  }
}

function imageView(call: Call, { image_id: id }: Server): object | string {
  if (id === '') return ''
  return { id, links: [{ rel: 'bookmark', href: link(call, `/compute/images/${id}`) }] }
}

function flavorView(call: Call, flavor: Flavor): object {
  if (call.version < 47) {
    return { id: flavor.id, links: [{ rel: 'bookmark', href: link(call, `/compute/flavors/${flavor.id}`) }] }
  }
  const { vcpus, ram, disk, ephemeral, swap, name, extra_specs } = flavor
  return { vcpus, ram, disk, ephemeral, swap, original_name: name, extra_specs }
}

/** The security groups of a server's ports, once for each port that has them. */
function groupsView(world: World, server: Server): object {
  const held = server.ports.flatMap(({ id }) => world.of(ports).get(id)?.security_groups ?? [])
  const named = held.map((id) => ({ name: world.of(securityGroups).get(id)?.name ?? id }))
  return named.length === 0 ? {} : { security_groups: named }
}

interface ServerAddress {
  readonly version: number
  readonly addr: string
  readonly 'OS-EXT-IPS:type': string
  readonly 'OS-EXT-IPS-MAC:mac_addr': string
}

/** The addresses of a server by the names of their networks: those of its ports, and floating IPs after each. */
export function addressesOf(world: World, server: Server): Record<string, ServerAddress[]> {
  const byNetwork: Record<string, ServerAddress[]> = {}
  for (const { id } of server.ports) {
    const port = world.of(ports).get(id)
    const network = world.of(networks).get(port?.network_id)
    if (port === undefined || network === undefined) continue
    byNetwork[network.name] = [...(byNetwork[network.name] ?? []), ...addressesOfPort(world, port)]
  }
  return byNetwork
}

function addressesOfPort(world: World, port: Port): ServerAddress[] {
  const floating = world.of(floatingIps).where('port_id', port.id)
  return port.fixed_ips.flatMap(({ ip_address }) => {
    const mac = { 'OS-EXT-IPS-MAC:mac_addr': port.mac_address }
    const fixed = {
      version: ip_address.includes(':') ? 6 : 4,
      addr: ip_address,
      'OS-EXT-IPS:type': 'fixed',
      ...mac,
    }
    const outside = floating.filter((each) => each.fixed_ip_address === ip_address)
    return [
      fixed,
      ...outside.map((each) => ({
        version: 4,
        addr: each.floating_ip_address,
        'OS-EXT-IPS:type': 'floating',
        ...mac,
      })),
    ]
  })
}
