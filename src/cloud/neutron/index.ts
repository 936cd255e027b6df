import { service } from '../service.ts'
import { connect } from './client.ts'
import { finder } from './find.ts'

export type { NeutronClient, Tagged } from './client.ts'
export type {
  AddressScope,
  Agent,
  BuildStatus,
  ExternalGateway,
  FixedIp,
  FloatingIp,
  Network,
  Port,
  QosPolicy,
  Router,
  RouterInterface,
  RuleBody,
  SecurityGroup,
  SecurityGroupRule,
  Segment,
  Subnet,
  SubnetPool,
} from './live.ts'

/** Neutron: networks and all that is on them. */
export const neutron = service('neutron', ['network'], {
  connect,
  find: {
    network: finder({ path: '/networks', many: 'networks', called: 'network' }),
    subnet: finder({ path: '/subnets', many: 'subnets', called: 'subnet' }),
    port: finder({ path: '/ports', many: 'ports', called: 'port' }),
    router: finder({ path: '/routers', many: 'routers', called: 'router' }),
    securityGroup: finder({
      path: '/security-groups',
      many: 'security_groups',
      called: 'security_group',
      // Every project has a group called `default`, and administrators see them all.
      ownFirst: true,
    }),
    qosPolicy: finder({ path: '/qos/policies', many: 'policies', called: 'policy' }),
    subnetpool: finder({ path: '/subnetpools', many: 'subnetpools', called: 'subnetpool' }),
    segment: finder({ path: '/segments', many: 'segments', called: 'segment' }),
    addressScope: finder({ path: '/address-scopes', many: 'address_scopes', called: 'address_scope' }),
  },
})
