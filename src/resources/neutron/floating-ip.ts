import { neutron } from '../../cloud/neutron/index.ts'
import type { Found } from '../../cloud/service.ts'
import { onlyWith, requestOf, resource, type Self } from '../../plugin/index.ts'
import { map, string } from '../../schema/index.ts'
import { mayBeMadeSince } from './common.ts'
import { interfacesToPortsOf, routersTo } from './dependencies.ts'

/** A floating IP: an address of an external network that leads to a port. */
export const FloatingIP = resource('OS::Neutron::FloatingIP', {
  summary: 'An address of an external network, which may lead to a port.',
  uses: { neutron },
  lives: neutron.collection('floatingIps'),

  properties: {
    floating_network: string('The name or ID of the network to take the address from.', {
      required: true,
      since: '2014.2',
      finds: neutron.find.network,
      live: 'floating_network_id',
    }),
    floating_network_id: string('The network, as this property was called before.', {
      support: 'HIDDEN',
      since: '5.0.0',
      spells: 'floating_network',
      finds: neutron.find.network,
    }),
    floating_subnet: string('The name or ID of the subnet to take the address from.', {
      since: '9.0.0',
      finds: neutron.find.subnet,
      live: 'subnet_id',
    }),
    value_specs: map('Further fields for the request, such as those of extensions and drivers.', {
      default: {},
      spread: ['shared', 'tenant_id'],
    }),
    port_id: string('The name or ID of the port that the address leads to.', {
      updatable: true,
      finds: neutron.find.port,
    }),
    fixed_ip_address: string('The address of the port that it leads to, if the port has several.', {
      updatable: true,
      format: 'ip_addr',
    }),
    floating_ip_address: string('The address to have. Administrators only, as most sites have it.', {
      since: '5.0.0',
      format: 'ip_addr',
    }),
    dns_name: string('The name of the address in the DNS. Neutron takes it only for a new floating IP.', {
      updatable: true,
      since: '7.0.0',
      format: 'rel_dns_name',
    }),
    dns_domain: string('The domain of that name. Neutron takes it only for a new floating IP.', {
      updatable: true,
      since: '7.0.0',
      format: 'dns_domain',
    }),
  },

  attributes: {
    router_id: string('The ID of the router by which the address leads to the port.'),
    tenant_id: string('The project that owns the address.'),
    floating_network_id: string('The ID of the network that the address is from.'),
    fixed_ip_address: string('The address of the port that it leads to.'),
    floating_ip_address: string('The address itself.'),
    port_id: string('The ID of the port that the address leads to.'),
  },

  needs: (self, siblings) => [
    ...routersTo(self.props.floating_network, siblings),
    ...interfacesToPortsOf(self, siblings),
  ],

  validate: (props) => onlyWith(props, 'fixed_ip_address', 'port_id'),

  create({ neutron, props, self }): Promise<Found> {
    return neutron.floatingIps.create({ description: mark(self), ...requestOf(FloatingIP, props) })
  },

  async find({ neutron, props, self, since }) {
    const { description = mark(self) } = props.value_specs
    const network = { floating_network_id: props.floating_network }
    const marked = await neutron.floatingIps.list({ ...network, description: String(description) })
    return marked.filter((one) => mayBeMadeSince(one, since))
  },

  async update({ neutron, id, changed, props: { port_id, fixed_ip_address } }) {
    if (changed.port_id === undefined && changed.fixed_ip_address === undefined) return
    const address = fixed_ip_address !== undefined && { fixed_ip_address }
    await neutron.floatingIps.update(id, { port_id: port_id ?? null, ...address })
  },
})

/** Floating IPs have no name; a description that leads back to the resource stands in for it. */
const mark = ({ uuid }: Self): string => `hearth resource ${uuid}`
