import { unlessGone } from '../../cloud/error.ts'
import { neutron } from '../../cloud/neutron/index.ts'
import type { Found } from '../../cloud/service.ts'
import { atLeastOne, notTogether, requestOf, resource } from '../../plugin/index.ts'
import { string } from '../../schema/index.ts'
import { mayBeMadeSince } from './common.ts'

/** A router's place on a subnet. Its physical ID is `<router>:subnet_id=<subnet>` or `<router>:port_id=<port>`. */
export const RouterInterface = resource('OS::Neutron::RouterInterface', {
  summary: 'Joins a router to a subnet, by an address that Neutron chooses or by a port.',
  uses: { neutron },
  extension: 'router',
  lives: neutron.collection('routerInterfaces'),

  properties: {
    router: string('The name or ID of the router.', {
      required: true,
      finds: neutron.find.router,
      live: 'router_id',
    }),
    router_id: string('The router, as this property was called before.', {
      support: 'HIDDEN',
      since: '6.0.0',
      spells: 'router',
      finds: neutron.find.router,
    }),
    subnet_id: string('The subnet, as this property was called before.', {
      support: 'HIDDEN',
      since: '5.0.0',
      spells: 'subnet',
      finds: neutron.find.subnet,
    }),
    subnet: string('The name or ID of the subnet. Give either a subnet or a port.', {
      finds: neutron.find.subnet,
      live: 'subnet_id',
    }),
    port_id: string('The port, as this property was called before.', {
      support: 'HIDDEN',
      since: '6.0.0',
      spells: 'port',
      finds: neutron.find.port,
    }),
    port: string('The name or ID of the port. Give either a subnet or a port.', {
      since: '2015.1',
      finds: neutron.find.port,
      live: 'port_id',
    }),
  },

  attributes: {},

  validate: (props) => [...notTogether(props, 'subnet', 'port'), ...atLeastOne(props, 'subnet', 'port')],

  /** A port is older than its interface; the one that Neutron makes on a subnet is not. */
  async find({ neutron, props, since }): Promise<Found | undefined> {
    const found = await unlessGone(neutron.routerInterfaces.find(requestOf(RouterInterface, props)))
    return found && (props.port !== undefined || mayBeMadeSince(found, since)) ? found : undefined
  },
})
