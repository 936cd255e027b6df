import { isMap } from '../../../base/json.ts'
import type { Sibling, Siblings } from '../../../plugin/index.ts'

const isName = (value: unknown): value is string => typeof value === 'string' && value !== ''

/**
 * The subnets of the stack that a server may get an address on. It is not told which one that will be, so all on its
 * networks must be there before it; where one of the two networks is not known, they may be the same.
 */
export function subnetsOf({ props }: Sibling, siblings: Siblings): readonly string[] {
  const entries = Array.isArray(props.networks) ? props.networks.filter(isMap) : []
  if (entries.length === 0) return []
  const isPossible = (subnet: Sibling): boolean => {
    const { network } = subnet.props
    return !isName(network) || entries.some((entry) => !isName(entry.network) || entry.network === network)
  }
  return siblings.ofType('OS::Neutron::Subnet').flatMap((subnet) => (isPossible(subnet) ? [subnet.name] : []))
}
