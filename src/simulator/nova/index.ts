import { answer, type Call, type Route, route } from '../kit/call.ts'
import type { Service } from '../kit/service.ts'
import { actionRoutes, actionTasks } from './actions.ts'
import { aggregateRoutes, aggregates } from './aggregates.ts'
import { attachmentRoutes, diskParted } from './attachments.ts'
import { serverBuilt, serverGone, serverPlaced } from './build.ts'
import { flavorRoutes } from './flavors.ts'
import { groupRoutes } from './groups.ts'
import { interfaceRoutes, portPulled } from './interfaces.ts'
import { keypairRoutes } from './keypairs.ts'
import { flavors, keypairs, serverGroups, servers } from './kinds.ts'
import { labelRoutes } from './labels.ts'
import { novaQuotas, quotaRoutes } from './quotas.ts'
import { serverRebuilt } from './rebuild.ts'
import { dressForNova } from './refusals.ts'
import { resizeReverted, serverResized } from './resize.ts'
import { securityGroupRoutes } from './security-groups.ts'
import { snapshotTaken } from './server-images.ts'
import { serverRoutes } from './servers.ts'
import { siteRoutes } from './site.ts'

const least = 1
const most = 93

function versionView(call: Call): object {
  return {
    id: 'v2.1',
    status: 'CURRENT',
    version: `2.${most}`,
    min_version: `2.${least}`,
    updated: '2013-07-23T11:33:21Z',
    links: [{ rel: 'self', href: `${call.world.url}/compute/v2.1/` }],
  }
}

const discovery: readonly Route[] = [
  route('GET /', (call) => answer({ versions: [versionView(call)] }), { open: true }),
  route(
    'GET /v2.1',
    (call) =>
      answer({
        version: {
          ...versionView(call),
          'media-types': [
            { base: 'application/json', type: 'application/vnd.openstack.compute+json;version=2.1' },
          ],
        },
      }),
    { open: true },
  ),
]

/** The simulated Nova. */
export const nova: Service = {
  name: 'nova',
  prefix: '/compute',
  kinds: [flavors, keypairs, serverGroups, servers, novaQuotas, aggregates],
  tasks: [
    serverPlaced,
    serverBuilt,
    serverGone,
    serverResized,
    resizeReverted,
    serverRebuilt,
    snapshotTaken,
    diskParted,
    portPulled,
    ...actionTasks,
  ],
  versions: { type: 'compute', major: 2, least, most, formerHeader: 'X-OpenStack-Nova-API-Version' },
  routes: [
    ...discovery,
    ...serverRoutes,
    ...actionRoutes,
    ...labelRoutes,
    ...attachmentRoutes,
    ...interfaceRoutes,
    ...flavorRoutes,
    ...keypairRoutes,
    ...groupRoutes,
    ...quotaRoutes,
    ...siteRoutes,
    ...aggregateRoutes,
    ...securityGroupRoutes,
  ],
  dress: dressForNova,
}
