import { neutron } from '../../cloud/neutron/index.ts'
import { isGiven, notTogether, physicalName, refuseIf, resource } from '../../plugin/index.ts'
import { anyList, boolean, list, map, object, string } from '../../schema/index.ts'
import { built, setLists, tags, valueSpecs } from './common.ts'
import { gatewayNetwork, subnetsOn } from './dependencies.ts'

/** A router: it joins subnets, and by its gateway leads to an external network. */
export const Router = resource('OS::Neutron::Router', {
  summary: 'A router between subnets, and by its gateway to an external network.',
  uses: { neutron },
  extension: 'router',
  lives: neutron.collection('routers'),

  properties: {
    name: string('A name for the router. It need not be unique.', { default: physicalName, updatable: true }),
    external_gateway_info: object(
      {
        network: string('The name or ID of the external network.', {
          required: true,
          updatable: true,
          finds: neutron.find.network,
          live: 'network_id',
        }),
        enable_snat: boolean(
          'Whether machines without a floating IP reach the external network by the address of the router. Administrators only, as most sites have it.',
          { updatable: true },
        ),
        external_fixed_ips: list(
          object({
            ip_address: string('The address.', { format: 'ip_addr' }),
            subnet: string('The name or ID of the subnet that the address is on.', {
              finds: neutron.find.subnet,
              live: 'subnet_id',
            }),
          }),
          'The addresses of the router on the external network. Left out, Neutron chooses one.',
          { updatable: true, since: '6.0.0' },
        ),
      },
      "The router's gateway to an external network.",
      { updatable: true },
    ),
    value_specs: valueSpecs,
    admin_state_up: boolean('Whether the router carries traffic.', { default: true, updatable: true }),
    l3_agent_id: string('The L3 agent, as this property was called before.', {
      support: 'HIDDEN',
      since: '6.0.0',
      updatable: true,
      spells: 'l3_agent_ids',
    }),
    l3_agent_ids: list(
      string('The ID of an L3 agent.'),
      'The L3 agents that serve the router, and no others. Administrators only.',
      { updatable: true, since: '2015.1', ownCall: true, live: false },
    ),
    distributed: boolean(
      'Whether the router runs on every compute host. Administrators only, as most sites have it.',
      {
        since: '2015.1',
      },
    ),
    ha: boolean('Whether the router is highly available. Administrators only, as most sites have it.', {
      since: '2015.1',
    }),
    availability_zone_hints: anyList('The availability zones where the router should be served.', {
      updatable: true,
      since: '19.0.0',
    }),
    tags,
    tenant_id: string('The project that will own the router. Administrators only.', { since: '24.0.0' }),
  },

  attributes: {
    status: string('How far the router has come: ACTIVE, BUILD, DOWN, ERROR.'),
    external_gateway_info: map("The router's gateway to an external network."),
    name: string('The name of the router.'),
    admin_state_up: string('Whether the router carries traffic.'),
    tenant_id: string('The project that owns the router.'),
  },

  settles: built,
  needs: (self, siblings) => subnetsOn(gatewayNetwork(self), siblings),

  validate: (props) => [
    ...refuseIf(
      isGiven(props.distributed) && isGiven(props.l3_agent_ids),
      'Cannot define the following properties at the same time: distributed, l3_agent_id/l3_agent_ids.',
    ),
    ...notTogether(props, 'distributed', 'ha'),
    ...refuseIf(
      (props.ha === undefined || props.ha === false) && (props.l3_agent_ids ?? []).length > 1,
      'Non HA routers can only have one L3 agent.',
    ),
  ],

  sync: ({ neutron: { routers }, id, changed: { l3_agent_ids: agents, tags }, before }) =>
    setLists(
      { now: agents, before: before.l3_agent_ids, set: (all) => routers.setL3Agents(id, all) },
      { now: tags, before: before.tags, set: (all) => routers.setTags(id, all) },
    ),
})
