import type { Registry, Sibling, Siblings } from '../../plugin/index.ts'
import {
  dependencyOrder,
  evaluateProperties,
  type ResourceDefinition,
  type StackDefinition,
  type World,
} from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import { readProperties } from '../lifecycle/properties.ts'

type Needs = ReadonlyMap<string, readonly string[]>

/**
 * What every resource of a stack needs: what the template says, and what its type knows besides (a server needs the subnet
 * of its network). What a type adds never makes a circle: the template's own word counts more.
 */
export function needsOf(definition: StackDefinition, registry: Registry, world: World): Needs {
  const siblings = siblingsOf(definition, registry, world)
  const added = [...definition.resources.values()].flatMap((resource) => {
    const names = resource.externalId === undefined ? addedTo(resource) : []
    return names.length === 0 ? [] : [[resource.name, names] as const]
  })
  if (added.length === 0) return definition.needs
  const all = new Map(definition.needs)
  for (const [name, names] of added) {
    const known = all.get(name) ?? []
    const more = names.filter((one) => one !== name && definition.resources.has(one))
    all.set(name, [...new Set([...known, ...more])])
  }
  return 'cycle' in dependencyOrder(all) ? withoutCircles(definition.needs, all) : all

  function addedTo(resource: ResourceDefinition): readonly string[] {
    const ask = typeOf(definition, resource, registry)?.needs
    const self = ask && siblings.get(resource.name)
    try {
      return self === undefined ? [] : (ask?.(self, siblings) ?? [])
    } catch {
      // A type that can't make sense of its siblings knows of none that it needs: what is wrong with them, they tell themselves.
      return []
    }
  }
}

/** Of the needs that were added, those that make no circle, each in its turn. */
function withoutCircles(own: Needs, all: Needs): Needs {
  const kept = new Map(own)
  for (const [name, names] of all) {
    for (const one of names) {
      const known = kept.get(name) ?? []
      if (!known.includes(one) && !leadsTo(one, name, kept)) kept.set(name, [...known, one])
    }
  }
  return kept
}

function leadsTo(from: string, to: string, needs: Needs): boolean {
  const seen = new Set([from])
  for (const name of seen) {
    if (name === to) return true
    for (const need of needs.get(name) ?? []) seen.add(need)
  }
  return false
}

/** The resources of a stack as their types see each other; properties are evaluated only of those that are asked about. */
function siblingsOf(definition: StackDefinition, registry: Registry, world: World): Siblings {
  const seen = new Map<string, Sibling>()
  const byType = new Map<string, string[]>()
  for (const resource of definition.resources.values()) {
    const type = implementedBy(definition, registry, resource.name)
    const names = byType.get(type)
    if (names === undefined) byType.set(type, [resource.name])
    else names.push(resource.name)
  }
  const get = (name: string): Sibling | undefined => {
    const resource = definition.resources.get(name)
    const known = seen.get(name)
    if (resource === undefined || known !== undefined) return known
    const sibling: Sibling = {
      name,
      type: implementedBy(definition, registry, name),
      props: propertiesOf(definition, registry, { name, world }),
      needs: definition.needs.get(name) ?? [],
    }
    seen.set(name, sibling)
    return sibling
  }
  return { get, ofType: (type) => (byType.get(type) ?? []).flatMap((name) => get(name) ?? []) }
}

interface Asked {
  readonly name: string
  readonly world: World
}

/** A resource's properties under their present names; what is wrong with them is for others to say. */
function propertiesOf(
  definition: StackDefinition,
  registry: Registry,
  { name, world }: Asked,
): Readonly<Record<string, unknown>> {
  const given = evaluateProperties(definition, name, world)
  const resource = definition.resources.get(name)
  const type = resource && typeOf(definition, resource, registry)
  return type === undefined ? given : readProperties(type, name, given).values
}

function implementedBy(definition: StackDefinition, registry: Registry, name: string): string {
  const resource = definition.resources.get(name)
  if (resource === undefined) return ''
  return typeOf(definition, resource, registry)?.type ?? resource.type
}
