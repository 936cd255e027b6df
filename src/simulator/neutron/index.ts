import { answer, type Call, type Route, route } from '../kit/call.ts'
import type { Service } from '../kit/service.ts'
import { addressGroupCollection, addressGroupRoutes, addressGroups } from './address-groups.ts'
import { collectionRoutes } from './collection.ts'
import { extensionRoutes } from './extensions.ts'
import { floatingIpCollection, floatingIpUp } from './floating-ips.ts'
import {
  floatingIps,
  networks,
  portForwardings,
  ports,
  routers,
  securityGroupRules,
  securityGroups,
  subnets,
} from './kinds.ts'
import { meteringLabelCollection, meteringLabels, meteringRuleCollection, meteringRules } from './metering.ts'
import { networkCollection } from './networks.ts'
import { portForwardingRoutes } from './port-forwardings.ts'
import { portCollection, portUp } from './ports.ts'
import { qosPolicies, qosPolicyCollection, qosRoutes, qosRules } from './qos.ts'
import { neutronQuotas, quotaRoutes } from './quotas.ts'
import { rbacPolicyCollection } from './rbac.ts'
import { dressForNeutron } from './refusals.ts'
import { routerInterfaceRoutes } from './router-interfaces.ts'
import { routerCollection, routerRoutes } from './routers.ts'
import { securityGroupCollection, securityGroupRuleCollection } from './security-groups.ts'
import { segmentCollection, segments } from './segments.ts'
import { addressScopeCollection, addressScopes, subnetPoolCollection, subnetPools } from './subnet-pools.ts'
import { subnetCollection } from './subnets.ts'
import { tagRoutes } from './tags.ts'
import { topologyRoutes } from './topology.ts'
import { trunks } from './trunk-table.ts'
import { trunkCollection, trunkRoutes } from './trunks.ts'
import { rbacPolicies } from './visibility.ts'

const discovery: readonly Route[] = [
  route(
    'GET /',
    (call: Call) =>
      answer({
        versions: [
          {
            id: 'v2.0',
            status: 'CURRENT',
            links: [{ rel: 'self', href: `${call.world.url}/network/v2.0/` }],
          },
        ],
      }),
    { open: true },
  ),
]

const fixed: readonly Route[] = [
  route('GET /v2.0/agents', () => answer({ agents: [] })),
  route('GET /v2.0/service-providers', () =>
    answer({ service_providers: [{ service_type: 'L3_ROUTER_NAT', name: 'single_node', default: true }] }),
  ),
  route('GET /v2.0/flavors', () => answer({ flavors: [] })),
  route('GET /v2.0/availability_zones', () => answer({ availability_zones: [] })),
]

/** The simulated Neutron. */
export const neutron: Service = {
  name: 'neutron',
  prefix: '/network',
  kinds: [
    networks,
    subnets,
    ports,
    routers,
    floatingIps,
    portForwardings,
    securityGroups,
    securityGroupRules,
    subnetPools,
    addressScopes,
    trunks,
    rbacPolicies,
    neutronQuotas,
    qosPolicies,
    qosRules,
    segments,
    meteringLabels,
    meteringRules,
    addressGroups,
  ],
  tasks: [portUp, floatingIpUp],
  routes: [
    ...discovery,
    ...extensionRoutes,
    ...fixed,
    ...quotaRoutes,
    ...routerInterfaceRoutes,
    ...routerRoutes,
    ...collectionRoutes(networkCollection),
    ...tagRoutes(networkCollection),
    ...collectionRoutes(subnetCollection),
    ...tagRoutes(subnetCollection),
    ...collectionRoutes(portCollection),
    ...tagRoutes(portCollection),
    ...collectionRoutes(routerCollection),
    ...tagRoutes(routerCollection),
    ...collectionRoutes(floatingIpCollection),
    ...tagRoutes(floatingIpCollection),
    ...collectionRoutes(securityGroupCollection),
    ...tagRoutes(securityGroupCollection),
    ...collectionRoutes(securityGroupRuleCollection),
    ...collectionRoutes(subnetPoolCollection),
    ...tagRoutes(subnetPoolCollection),
    ...collectionRoutes(addressScopeCollection),
    ...qosRoutes,
    ...collectionRoutes(qosPolicyCollection),
    ...tagRoutes(qosPolicyCollection),
    ...collectionRoutes(rbacPolicyCollection),
    ...trunkRoutes,
    ...collectionRoutes(trunkCollection),
    ...tagRoutes(trunkCollection),
    ...collectionRoutes(segmentCollection),
    ...collectionRoutes(meteringLabelCollection),
    ...collectionRoutes(meteringRuleCollection),
    ...portForwardingRoutes,
    ...topologyRoutes,
    ...addressGroupRoutes,
    ...collectionRoutes(addressGroupCollection),
  ],
  dress: dressForNeutron,
}
