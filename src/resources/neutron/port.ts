import { neutron } from '../../cloud/neutron/index.ts'
import { notTogether, physicalName, requestOf, resource } from '../../plugin/index.ts'
import { anyList, boolean, list, map, object, string } from '../../schema/index.ts'
import { built, ifTold, onUnlessSaid, setLists, tags, valueSpecs } from './common.ts'
import { subnetsOn } from './dependencies.ts'

const vnicTypes = [
  'normal',
  'direct',
  'macvtap',
  'direct-physical',
  'baremetal',
  'virtio-forwarder',
  'smart-nic',
] as const

/** Under which note a port keeps the addresses that it gave up to its replacement. */
const freedAddresses = 'port_fip'

/** A port: where one device is on a network, with its addresses and security groups. */
export const Port = resource('OS::Neutron::Port', {
  summary: 'A place on a network for one network card, with its addresses and security groups.',
  uses: { neutron },
  lives: neutron.collection('ports'),

  properties: {
    network: string('The name or ID of the network that the port is on.', {
      required: true,
      since: '2014.2',
      finds: neutron.find.network,
      live: 'network_id',
    }),
    network_id: string('The network, as this property was called before.', {
      support: 'HIDDEN',
      since: '5.0.0',
      spells: 'network',
      finds: neutron.find.network,
    }),
    device_id: string('The ID of the device that uses the port: a server, a router.', {
      default: '',
      updatable: true,
    }),
    device_owner: string('What kind of thing uses the port, such as compute:nova or network:dhcp.', {
      default: '',
      updatable: true,
    }),
    name: string('A name for the port. It need not be unique.', { default: physicalName, updatable: true }),
    value_specs: valueSpecs,
    admin_state_up: boolean('Whether the port carries traffic.', { default: true, updatable: true }),
    fixed_ips: list(
      object({
        subnet_id: string('The subnet, as this property was called before.', {
          support: 'HIDDEN',
          since: '5.0.0',
          spells: 'subnet',
          finds: neutron.find.subnet,
        }),
        subnet: string('The name or ID of the subnet that the address is on.', {
          since: '2014.2',
          finds: neutron.find.subnet,
          live: 'subnet_id',
        }),
        ip_address: string('The address.', { format: 'ip_addr' }),
      }),
      'The addresses of the port. Empty or left out, Neutron chooses them.',
      { updatable: true },
    ),
    no_fixed_ips: boolean('Whether the port has no address at all.', {
      default: false,
      updatable: true,
      since: '16.0.0',
      live: false,
    }),
    mac_address: string('The MAC address.', { format: 'mac_addr' }),
    security_groups: list(
      string('The name or ID of a security group.', { finds: neutron.find.securityGroup }),
      "The security groups that the port is in: left out, the project's default group; empty, none.",
      { updatable: true },
    ),
    allowed_address_pairs: list(
      object({
        mac_address: string("The MAC address; the port's own, if left out.", { format: 'mac_addr' }),
        ip_address: string('The address, or a range of them.', { required: true, format: 'ip_or_cidr' }),
      }),
      'Further addresses that may send through the port.',
      { updatable: true },
    ),
    port_security_enabled: boolean(
      'Whether the port lets only its own addresses and its security groups through.',
      {
        updatable: true,
        since: '5.0.0',
      },
    ),
    propagate_uplink_status: boolean('Whether the port shows the status of the link above it (SR-IOV).', {
      updatable: true,
      since: '15.0.0',
      live: { field: 'propagate_uplink_status', to: onUnlessSaid },
    }),
    qos_policy: string('The name or ID of the QoS policy for the port.', {
      updatable: true,
      since: '6.0.0',
      finds: neutron.find.qosPolicy,
      live: 'qos_policy_id',
    }),
    dns_name: string('The name of the port in the DNS.', {
      updatable: true,
      since: '7.0.0',
      format: 'dns_name',
      live: { field: 'dns_name', to: (name: string | null) => name ?? '' },
    }),
    tags,
    'binding:vnic_type': string('The kind of network card to bind the port to.', {
      default: 'normal',
      updatable: true,
      since: '2015.1',
      oneOf: vnicTypes,
    }),
    replacement_policy: string('REPLACE_ALWAYS makes a new port at every change.', {
      default: 'AUTO',
      updatable: true,
      since: '9.0.0',
      support: 'HIDDEN',
      oneOf: ['REPLACE_ALWAYS', 'AUTO'],
      live: false,
    }),
  },

  attributes: {
    admin_state_up: string('Whether the port carries traffic.'),
    device_id: string('The ID of the device that uses the port.'),
    device_owner: string('What kind of thing uses the port.'),
    fixed_ips: anyList('The addresses of the port, each with its subnet.'),
    mac_address: string('The MAC address.'),
    name: string('The name of the port.'),
    network_id: string('The ID of the network that the port is on.'),
    security_groups: anyList('The IDs of the security groups that the port is in.'),
    status: string('How far the port has come: ACTIVE, BUILD, DOWN, ERROR.'),
    tenant_id: string('The project that owns the port.'),
    allowed_address_pairs: anyList('Further addresses that may send through the port.'),
    subnets: anyList('The subnets that the port has addresses on, each with all that Neutron says of it.'),
    network: map('The network that the port is on, with all that Neutron says of it.'),
    port_security_enabled: boolean(
      'Whether the port lets only its own addresses and its security groups through.',
    ),
    propagate_uplink_status: boolean('Whether the port shows the status of the link above it.'),
    qos_policy_id: string('The ID of the QoS policy for the port.'),
    dns_assignment: map('The names of the port in the DNS, with the addresses they stand for.'),
  },

  settles: built,
  needs: ({ props }, siblings) => subnetsOn(props.network, siblings),
  validate: (props) => notTogether(props, 'fixed_ips', 'no_fixed_ips'),

  /** Neutron would take an empty list of addresses for none at all. */
  request({ no_fixed_ips: none }, { fixed_ips: addresses, ...body }) {
    if (none) return { ...body, fixed_ips: [] }
    return Array.isArray(addresses) && addresses.length > 0 ? { ...body, fixed_ips: addresses } : body
  },

  async update({ neutron, id, changed, before, props, notes }): Promise<void> {
    const body: Record<string, unknown> = { ...requestOf(Port, changed, before) }
    if (changed.security_groups === null) body.security_groups = [await neutron.securityGroups.defaultId()]
    if (changed.port_security_enabled === null) {
      const network = await neutron.networks.get(props.network)
      body.port_security_enabled = network.port_security_enabled ?? true
    }
    if ('binding:profile' in body) {
      // Nova writes to the profile too, and Neutron replaces it whole.
      const { 'binding:profile': profile } = await neutron.ports.get(id)
      body['binding:profile'] = { ...profile, ...(body['binding:profile'] as object) }
    }
    if (Object.keys(body).length > 0) await neutron.ports.update(id, body)
    // Addresses that it gave up to a replacement are not given back to one that has others by now.
    if ('fixed_ips' in body && notes.get(freedAddresses) !== undefined) await notes.delete(freedAddresses)
  },

  sync: ({ neutron, id, changed: { tags }, before }) =>
    setLists({ now: tags, before: before.tags, set: (all) => neutron.ports.setTags(id, all) }),

  replaces: ({ props }) =>
    props.replacement_policy === 'REPLACE_ALWAYS' ? 'its replacement_policy is REPLACE_ALWAYS' : undefined,

  async beforeReplaced({ neutron, id, notes }) {
    const port = await ifTold(neutron.ports.get(id))
    if (port === null) return
    // Asked a second time the port has none any more, so what was noted first counts.
    if (notes.get(freedAddresses) === undefined)
      await notes.set(freedAddresses, JSON.stringify(port.fixed_ips))
    await neutron.ports.update(id, { fixed_ips: [] })
  },

  async replacementUndone({ neutron, id, notes }) {
    const freed = notes.get(freedAddresses)
    if (freed === undefined) return
    await neutron.ports.update(id, { fixed_ips: JSON.parse(freed) })
    await notes.delete(freedAddresses)
  },

  compute: {
    async network({ neutron, id }) {
      const { network_id } = await neutron.ports.get(id)
      const network = await ifTold(neutron.networks.get(network_id))
      return network && { ...network }
    },
    async subnets({ neutron, id }) {
      const { fixed_ips } = await neutron.ports.get(id)
      return ifTold(Promise.all(fixed_ips.map(({ subnet_id }) => neutron.subnets.get(subnet_id))))
    },
  },
})
