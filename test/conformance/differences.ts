import type { PropertyFact } from './facts.ts'

/** Where a declaration says something else than Heat on purpose: what it says instead, and why. */
export interface Difference {
  readonly property: string
  readonly says: Partial<PropertyFact>
  readonly because: string
}

/** Nested properties are written with dots; `*` is an item of a list. */
export const differences: readonly Difference[] = [
  {
    property: 'OS::Neutron::Port.security_groups',
    says: { items: { type: 'String', constraints: [{ custom_constraint: 'neutron.security_group' }] } },
    because:
      'Heat looks the groups up in its handlers; here the declaration says so, and a wrong name is found before anything is made.',
  },
  {
    property: 'OS::Neutron::Router.external_gateway_info.network',
    says: { constraints: [{ custom_constraint: 'neutron.network' }] },
    because: 'Heat looks the network up without declaring that it must exist.',
  },
]
