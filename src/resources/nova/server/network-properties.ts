import { neutron } from '../../../cloud/neutron/index.ts'
import { boolean, list, map, object, string } from '../../../schema/index.ts'

const addressPair = object({
  mac_address: string("The MAC address; the port's own, if left out.", { format: 'mac_addr' }),
  ip_address: string('The address, or a range of them.', { required: true, format: 'ip_or_cidr' }),
})

/** What can be said of a port that is made for a server, besides where it is. */
const portExtras = {
  value_specs: map('Further fields for the request.', { default: {}, updatable: true }),
  admin_state_up: boolean('Whether the port carries traffic.', { default: true, updatable: true }),
  mac_address: string('The MAC address.', { format: 'mac_addr' }),
  allowed_address_pairs: list(addressPair, 'Further addresses that may send through the port.', {
    updatable: true,
  }),
  'binding:vnic_type': string('The kind of network card to bind the port to.', {
    default: 'normal',
    updatable: true,
    since: '2015.1',
    oneOf: ['normal', 'direct', 'macvtap', 'direct-physical', 'baremetal', 'virtio-forwarder', 'smart-nic'],
  }),
  port_security_enabled: boolean(
    'Whether the port lets only its own addresses and its security groups through.',
    {
      updatable: true,
      since: '5.0.0',
    },
  ),
  qos_policy: string('The name or ID of the QoS policy for the port.', {
    updatable: true,
    since: '6.0.0',
    finds: neutron.find.qosPolicy,
  }),
  propagate_uplink_status: boolean('Whether the port shows the status of the link above it (SR-IOV).', {
    updatable: true,
    since: '15.0.0',
  }),
  no_fixed_ips: boolean('Whether the port has no address at all.', {
    default: false,
    updatable: true,
    since: '16.0.0',
  }),
}

/** Where one network interface of a server comes from. */
const networkEntry = {
  uuid: string('The network, as this key was called before.', {
    support: 'HIDDEN',
    since: '5.0.0',
    spells: 'network',
    finds: neutron.find.network,
  }),
  network: string('The name or ID of a network to be on.', { finds: neutron.find.network }),
  allocate_network: string('auto: the network there is, made if there is none. none: no network at all.', {
    since: '9.0.0',
    updatable: true,
    oneOf: ['none', 'auto'],
  }),
  fixed_ip: string('The address to have.', { format: 'ip_addr' }),
  port: string('The name or ID of a port there is.', { finds: neutron.find.port }),
  port_extra_properties: object(portExtras, 'What the port that is made for the server is to be like.', {
    since: '6.0.0',
    updatable: true,
  }),
  subnet: string('The name or ID of the subnet to have an address on. A port is made for it.', {
    since: '5.0.0',
  }),
  floating_ip: string('The ID of a floating IP to lead to the address.', { since: '6.0.0' }),
  tag: string('A tag by which the server can tell the interface from others.', { since: '9.0.0' }),
}

/** The network interfaces of a server. */
export const networks = list(
  object(networkEntry),
  'The network interfaces, in this order. Left out, Nova chooses the network that the project has.',
  { updatable: true, live: false },
)
