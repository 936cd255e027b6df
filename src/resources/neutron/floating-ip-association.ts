import { unlessGone } from '../../cloud/error.ts'
import { type NeutronClient, neutron } from '../../cloud/neutron/index.ts'
import { expectField, resource } from '../../plugin/index.ts'
import { string } from '../../schema/index.ts'
import { interfacesToPortsOf } from './dependencies.ts'

interface Association {
  readonly floatingip_id: string
  readonly port_id: string
  readonly fixed_ip_address?: string
}

/** Lets a floating IP lead to a port. Neutron has no such object, so the physical ID is the resource's own. */
export const FloatingIPAssociation = resource('OS::Neutron::FloatingIPAssociation', {
  summary: 'Lets a floating IP lead to a port.',
  uses: { neutron },

  properties: {
    floatingip_id: string('The ID of the floating IP.', { required: true, updatable: true }),
    port_id: string('The name or ID of the port, which must have an address.', {
      required: true,
      updatable: true,
      finds: neutron.find.port,
    }),
    fixed_ip_address: string('The address of the port that it leads to, if the port has several.', {
      updatable: true,
      format: 'ip_addr',
    }),
  },

  attributes: {},

  needs: interfacesToPortsOf,

  async create({ neutron, props, self }) {
    await associate(neutron, props)
    return { id: self.uuid }
  },

  async find({ neutron, props, self }) {
    const floatingIp = await unlessGone(neutron.floatingIps.get(props.floatingip_id))
    return floatingIp?.port_id === props.port_id ? { id: self.uuid } : undefined
  },

  async update({ neutron, props, before }) {
    const { floatingip_id: earlier, port_id: earlierPort } = before
    if (earlier !== undefined && earlierPort !== undefined && earlier !== props.floatingip_id) {
      await dissociate(neutron, { floatingip_id: earlier, port_id: earlierPort })
    }
    await associate(neutron, props)
  },

  delete: ({ neutron, props }) => dissociate(neutron, props),

  async check({ neutron, props }) {
    expectField('port_id', [props.port_id], (await neutron.floatingIps.get(props.floatingip_id)).port_id)
  },

  repairable: async () => true,
})

function associate(neutron: NeutronClient, { floatingip_id, port_id, fixed_ip_address }: Association) {
  const address = fixed_ip_address !== undefined && { fixed_ip_address }
  return neutron.floatingIps.update(floatingip_id, { port_id, ...address })
}

/** Frees the floating IP, unless somebody has let it lead elsewhere meanwhile. */
async function dissociate(neutron: NeutronClient, { floatingip_id, port_id }: Association): Promise<void> {
  const floatingIp = await unlessGone(neutron.floatingIps.get(floatingip_id))
  if (floatingIp?.port_id === port_id)
    await unlessGone(neutron.floatingIps.update(floatingip_id, { port_id: null }))
}
