import { answer, type Call, param, type Route, route } from '../kit/call.ts'
import { badRequest } from '../kit/refusal.ts'
import type { Service } from '../kit/service.ts'
import { dressForNova } from '../nova/refusals.ts'
import { volumeActionRoutes, volumeExtended } from './actions.ts'
import { backupReady, backupRestored, backupRoutes } from './backups.ts'
import { backups, volumeSnapshots, volumes, volumeTypes } from './kinds.ts'
import { cinderQosRoutes, encryptions, qosSpecs } from './qos.ts'
import { cinderQuotas, quotaRoutes } from './quotas.ts'
import { onlyAdmin } from './refusals.ts'
import { snapshotGone, snapshotReady, snapshotRoutes } from './snapshots.ts'
import { typeRoutes } from './types.ts'
import { cinderMoment, volumeAttached, volumeDetached, volumeGone, volumeReady } from './volume-table.ts'
import { volumeRoutes } from './volumes.ts'

const most = 70

function versions(call: Call): object {
  return {
    versions: [
      {
        id: 'v3.0',
        status: 'CURRENT',
        version: `3.${most}`,
        min_version: '3.0',
        updated: '2022-08-31T00:00:00Z',
        links: [
          { rel: 'describedby', type: 'text/html', href: 'https://docs.openstack.org/' },
          { rel: 'self', href: `${call.world.url}/volume/v3/` },
        ],
        'media-types': [
          { base: 'application/json', type: 'application/vnd.openstack.volume+json;version=3' },
        ],
      },
    ],
  }
}

const discovery: readonly Route[] = [
  route('GET /', (call) => ({ status: 300, body: versions(call) }), { open: true }),
  route('GET /v3', (call) => answer(versions(call)), { open: true }),
]

const site: readonly Route[] = [
  route('GET /v3/:project/os-availability-zone', () =>
    answer({ availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true } }] }),
  ),
  route('GET /v3/:project/os-services', (call) => {
    onlyAdmin(call, 'volume_extension:services:index')
    const service = (binary: string, host: string) => ({
      binary,
      host,
      zone: 'nova',
      status: 'enabled',
      state: 'up',
      updated_at: cinderMoment(call.world),
      disabled_reason: null,
    })
    return answer({
      services: [service('cinder-scheduler', 'controller'), service('cinder-volume', 'volume-1@fake')],
    })
  }),
  route('GET /v3/:project/extensions', () => answer({ extensions: [] })),
]

/** The simulated Cinder. */
export const cinder: Service = {
  name: 'cinder',
  prefix: '/volume',
  kinds: [volumes, volumeSnapshots, backups, volumeTypes, cinderQuotas, qosSpecs, encryptions],
  tasks: [
    volumeReady,
    volumeGone,
    volumeAttached,
    volumeDetached,
    volumeExtended,
    snapshotReady,
    snapshotGone,
    backupReady,
    backupRestored,
  ],
  versions: { type: 'volume', major: 3, least: 0, most },
  routes: [
    ...discovery,
    ...volumeRoutes,
    ...volumeActionRoutes,
    ...snapshotRoutes,
    ...backupRoutes,
    ...typeRoutes,
    ...cinderQosRoutes,
    ...quotaRoutes,
    ...site,
  ],
  dress: dressForNova,
  guard(call) {
    if (call.params.project !== undefined && param(call, 'project') !== call.caller.projectId)
      throw badRequest('Malformed request url')
  },
}
