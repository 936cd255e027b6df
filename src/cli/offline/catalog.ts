import { nearest } from '../../schema/index.ts'
import type { TypeCatalog, TypeFacts } from '../../template/index.ts'
import type { OfflineTypes } from '../parts.ts'

/** The types that a template is checked against, and which it used of those that nothing is known of. */
export interface UsedTypes {
  readonly catalog: TypeCatalog
  readonly unchecked: ReadonlySet<string>
}

/** Lets a resource pass with whatever is said of it. */
const anything: TypeFacts = {
  properties: {},
  attributes: {},
  anyProperties: true,
  anyAttributes: true,
  snapshots: true,
}

/** Lets every type pass, so that all the rest can be checked. */
export const anyType: UsedTypes = {
  catalog: { find: () => anything, names: () => [] },
  unchecked: new Set(),
}

/**
 * The types that are known here. Others pass if a service may well have them: those that Heat has, and those of a
 * vendor's own, unless such a name looks like a slip of the finger.
 */
export function typesKnownHere({ catalog, others }: OfflineTypes): UsedTypes {
  const unchecked = new Set<string>()
  const elsewhere = new Set(others)
  const names = [...catalog.names(), ...others].toSorted()
  const mayExist = (type: string) =>
    elsewhere.has(type) || (/^(?!OS::|AWS::)\w+::/.test(type) && nearest(type, names) === undefined)
  return {
    unchecked,
    catalog: {
      names: () => names,
      find(type) {
        const known = catalog.find(type)
        if (known !== undefined || !mayExist(type)) return known
        unchecked.add(type)
        return anything
      },
    },
  }
}
