import { isMap } from '../../base/json.ts'
import type { Sibling, Siblings } from '../../plugin/index.ts'

/** Whether two values name the same thing, as far as that is known. */
const sameThing = (a: unknown, b: unknown): boolean => typeof a === 'string' && a !== '' && a === b

const namesOf = (siblings: readonly Sibling[]): readonly string[] => siblings.map(({ name }) => name)

/** The subnets of the stack that are on a network: what gets an address there must wait for all of them. */
export function subnetsOn(network: unknown, siblings: Siblings): readonly string[] {
  return namesOf(
    siblings.ofType('OS::Neutron::Subnet').filter(({ props }) => sameThing(props.network, network)),
  )
}

/** The network that a router's external gateway is on. */
export function gatewayNetwork({ props }: Sibling): unknown {
  return isMap(props.external_gateway_info) ? props.external_gateway_info.network : undefined
}

/** The routers of the stack that lead to a network. */
export function routersTo(network: unknown, siblings: Siblings): readonly string[] {
  return namesOf(
    siblings.ofType('OS::Neutron::Router').filter((router) => sameThing(gatewayNetwork(router), network)),
  )
}

/** The router interfaces by which a floating IP reaches its port: on a subnet where a port it depends on has an address. */
export function interfacesToPortsOf(self: Sibling, siblings: Siblings): readonly string[] {
  const ports = siblings.ofType('OS::Neutron::Port').filter(({ name }) => self.needs.includes(name))
  const interfaces = siblings.ofType('OS::Neutron::RouterInterface')
  return namesOf(interfaces.filter((one) => ports.some((port) => mayServe(one, port, siblings))))
}

/** Whether the port has, or may be given, an address on the interface's subnet. */
function mayServe({ props: { subnet }, needs }: Sibling, port: Sibling, siblings: Siblings): boolean {
  const { fixed_ips: fixedIps, network } = port.props
  if (Array.isArray(fixedIps) && fixedIps.length > 0) {
    return fixedIps.some((fixedIp) => isMap(fixedIp) && sameThing(fixedIp.subnet, subnet))
  }
  const ownSubnets = siblings.ofType('OS::Neutron::Subnet').filter(({ name }) => needs.includes(name))
  if (ownSubnets.length > 0) return ownSubnets.some(({ props }) => sameThing(props.network, network))
  // A subnet from outside the stack can only be on a network from outside the stack.
  return !siblings.ofType('OS::Neutron::Net').some(({ name }) => port.needs.includes(name))
}
