import { neutron } from '../../cloud/neutron/index.ts'
import { physicalName, resource } from '../../plugin/index.ts'
import { anyList, boolean, integer, string } from '../../schema/index.ts'
import { built, ifTold, onUnlessSaid, setLists, tags, valueSpecs } from './common.ts'

/** A network: an isolated layer-2 broadcast domain, kept to one project unless it is shared. */
export const Net = resource('OS::Neutron::Net', {
  summary: 'A virtual isolated layer-2 broadcast domain.',
  uses: { neutron },
  lives: neutron.collection('networks'),

  properties: {
    name: string('A name for the network. It need not be unique.', {
      default: physicalName,
      updatable: true,
    }),
    value_specs: valueSpecs,
    admin_state_up: boolean('Whether the network carries traffic.', { default: true, updatable: true }),
    tenant_id: string('The project that will own the network. Administrators only.'),
    shared: boolean(
      'Whether every project may use the network. Administrators only, as most sites have it.',
      {
        default: false,
        updatable: true,
      },
    ),
    dhcp_agent_ids: anyList('The DHCP agents that serve the network, and no others. Administrators only.', {
      updatable: true,
      ownCall: true,
      live: false,
    }),
    port_security_enabled: boolean(
      'Whether ports on the network have port security unless they say otherwise.',
      {
        updatable: true,
        since: '5.0.0',
        live: { field: 'port_security_enabled', to: onUnlessSaid },
      },
    ),
    qos_policy: string('The name or ID of the QoS policy for the network.', {
      updatable: true,
      since: '6.0.0',
      finds: neutron.find.qosPolicy,
      live: 'qos_policy_id',
    }),
    dns_domain: string('The DNS domain of the network, with a dot at its end.', {
      updatable: true,
      since: '7.0.0',
      format: 'dns_domain',
      live: { field: 'dns_domain', to: (domain: string | null) => domain ?? '' },
    }),
    availability_zone_hints: anyList('The availability zones where the network should be served.', {
      since: '19.0.0',
    }),
    tags,
  },

  attributes: {
    status: string('How far the network has come: ACTIVE, BUILD, DOWN, ERROR.'),
    name: string('The name of the network.'),
    subnets: anyList('The IDs of the subnets on the network.'),
    admin_state_up: string('Whether the network carries traffic.'),
    tenant_id: string('The project that owns the network.'),
    port_security_enabled: boolean(
      'Whether ports on the network have port security unless they say otherwise.',
    ),
    mtu: integer('The largest packet that the network takes, in bytes; 0 if that is not known.'),
    qos_policy_id: string('The ID of the QoS policy for the network.'),
    l2_adjacency: boolean('Whether all hosts on the network are in one layer-2 domain.'),
    segments: anyList('The segments of the network, those without a name first.'),
  },

  settles: built,

  sync: ({ neutron: { networks }, id, changed: { dhcp_agent_ids: agents, tags }, before }) =>
    setLists(
      { now: agents, before: before.dhcp_agent_ids, set: (all) => networks.setDhcpAgents(id, all) },
      { now: tags, before: before.tags, set: (all) => networks.setTags(id, all) },
    ),

  compute: {
    segments: ({ neutron, id }) => ifTold(neutron.networks.segments(id)),
  },
})
