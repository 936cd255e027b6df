import type { JsonMap } from '../base/json.ts'
import { read, type Shape } from '../schema/index.ts'
import { noSite, type Site, type TypeCatalog, type TypeFacts } from '../template/index.ts'
import type { Registry } from './registry.ts'
import type { AnyNested, AnyType } from './resource.ts'

/** The resource types of a registry as the template language sees them; not those that a site took out of use. */
export function catalogOf(registry: Registry, site: Site = noSite): TypeCatalog {
  const known = new Map<string, TypeFacts>()
  const names = registry.names().filter((name) => !site.isRemoved(name))
  return {
    names: () => names,
    find(type) {
      if (site.isRemoved(type)) return undefined
      const found = known.get(type)
      if (found !== undefined) return found
      const declared = registry.find(type)
      if (declared === undefined) return undefined
      const facts = factsOf(declared)
      known.set(type, facts)
      return facts
    },
  }
}

function factsOf(type: AnyType): TypeFacts {
  return {
    properties: type.properties as Shape,
    attributes: type.attributes as Shape,
    ...(type.is === 'resource' && type.validate && { refusals: type.validate }),
    ...(type.support && { support: type.support }),
    ...(type.inert && { inert: true }),
    ...(type.needs && { needs: type.needs }),
    ...(type.open && { anyProperties: true, anyAttributes: true }),
    ...(type.is === 'nested' && { anyAttributes: true }),
    ...(type.is === 'resource' && type.snapshotThenDelete && { snapshots: true }),
    ...(type.is === 'nested' && type.sampleChild && { sample: (given) => sampleOf(type, given) }),
    ...(type.is === 'nested' && type.updatePolicy && { updatePolicy: type.updatePolicy }),
  }
}

function sampleOf(
  { properties, sampleChild }: AnyNested,
  given: Readonly<Record<string, unknown>>,
): JsonMap | undefined {
  const { value, faults } = read(properties as Shape, given)
  return faults.length > 0 ? undefined : (sampleChild?.(value) as JsonMap | undefined)
}
