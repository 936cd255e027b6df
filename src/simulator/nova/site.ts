import { isoMicros } from '../../base/clock.ts'
import { answer, type Call, type Route, route } from '../kit/call.ts'
import { stableUuid } from '../kit/stable.ts'
import { hosts } from './build.ts'
import { onlyAdmin } from './refusals.ts'

/** What the cloud is made of: zones, services and hosts. */
export const siteRoutes: readonly Route[] = [
  route('GET /v2.1/os-availability-zone', () =>
    answer({ availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true }, hosts: null }] }),
  ),
  route('GET /v2.1/os-availability-zone/detail', zonesInDetail),
  route('GET /v2.1/os-services', (call) => {
    onlyAdmin(call, 'os-services:list')
    const host = call.query.get('host')
    const binary = call.query.get('binary')
    const all = servicesOf(call).filter(
      (each) => (host ?? each.host) === each.host && (binary ?? each.binary) === each.binary,
    )
    return answer({ services: all })
  }),
  route('GET /v2.1/os-hypervisors', (call) => {
    onlyAdmin(call, 'os-hypervisors:list')
    return answer({
      hypervisors: hosts.map((host) => ({
        id: stableUuid(`hypervisor ${host}`),
        hypervisor_hostname: host,
        state: 'up',
        status: 'enabled',
      })),
    })
  }),
  route('GET /v2.1/os-hypervisors/detail', (call) => {
    onlyAdmin(call, 'os-hypervisors:list-detail')
    return answer({ hypervisors: hosts.map(hypervisor) })
  }),
  route('GET /v2.1/os-migrations', (call) => {
    onlyAdmin(call, 'os-migrations:index')
    return answer({ migrations: [] })
  }),
  route('GET /v2.1/extensions', () => answer({ extensions: [] })),
  route('GET /v2.1/os-simple-tenant-usage', () => answer({ tenant_usages: [] })),
]

function zonesInDetail(call: Call) {
  onlyAdmin(call, 'os-availability-zone:detail')
  const alive = { available: true, active: true, updated_at: isoMicros(call.world.now()) }
  return answer({
    availabilityZoneInfo: [
      {
        zoneName: 'internal',
        zoneState: { available: true },
        hosts: { controller: { 'nova-scheduler': alive, 'nova-conductor': alive } },
      },
      {
        zoneName: 'nova',
        zoneState: { available: true },
        hosts: Object.fromEntries(hosts.map((host) => [host, { 'nova-compute': alive }])),
      },
    ],
  })
}

function servicesOf(call: Call) {
  const all = [
    { binary: 'nova-scheduler', host: 'controller', zone: 'internal' },
    { binary: 'nova-conductor', host: 'controller', zone: 'internal' },
    ...hosts.map((host) => ({ binary: 'nova-compute', host, zone: 'nova' })),
  ]
  return all.map(({ binary, host, zone }, at) => ({
    binary,
    host,
    id: call.version >= 53 ? stableUuid(`${binary} ${host}`) : at + 1,
    zone,
    status: 'enabled',
    state: 'up',
    updated_at: isoMicros(call.world.now()),
    disabled_reason: null,
    ...(call.version >= 11 ? { forced_down: false } : {}),
  }))
}

function hypervisor(host: string): object {
  return {
    id: stableUuid(`hypervisor ${host}`),
    hypervisor_hostname: host,
    state: 'up',
    status: 'enabled',
    hypervisor_type: 'fake',
    hypervisor_version: 1000,
    host_ip: '127.0.0.1',
    service: { id: stableUuid(`nova-compute ${host}`), host, disabled_reason: null },
    uptime: null,
  }
}
