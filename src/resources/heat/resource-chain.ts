import { nested } from '../../plugin/index.ts'
import { anyList, boolean, map } from '../../schema/index.ts'
import { attributeOfMembers } from './group-attributes.ts'

interface Chained {
  readonly resources: readonly unknown[]
  readonly concurrent: boolean
  readonly resource_properties?: Readonly<Record<string, unknown>>
}

/** A resource of each of the types in a list, all with the same properties. */
export const ResourceChain = nested('OS::Heat::ResourceChain', {
  summary: 'One resource of each type in a list, all with the same properties, made one after the other.',
  since: '6.0.0',
  properties: {
    resources: anyList(
      'The types of the resources, in the order of their making. The same type may stand there several times.',
      { required: true, updatable: true },
    ),
    concurrent: boolean('Whether they are all made at once, and none waits for the one before it.', {
      default: false,
    }),
    resource_properties: map('The properties of each of them.'),
  },
  attributes: {
    refs: anyList('The references of all resources, in their order.'),
    attributes: map('The values of an attribute, by the names of the resources: [chain, attributes, name].'),
  },
  sampleChild: (props) => chained(props),
  next: ({ props }) => ({ template: chained(props) }),
  attribute: attributeOfMembers,
})

/** The resources are named by where they stand in the list; while that is not known, there are none. */
function chained({ resources, concurrent, resource_properties: properties }: Chained) {
  const members = (Array.isArray(resources) ? resources : []).map((type, index) => [
    String(index),
    {
      type,
      ...(properties && { properties }),
      ...(index > 0 && !concurrent && { depends_on: [String(index - 1)] }),
    },
  ])
  return { heat_template_version: '2015-04-30', resources: Object.fromEntries(members) }
}
