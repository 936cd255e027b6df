import { read, UNKNOWN } from '../../schema/index.ts'
import type { Sibling, Siblings, TypeCatalog } from '../catalog.ts'
import { stackInside } from '../check/inside.ts'
import { type Kind, kindOf } from '../check/kind.ts'
import type { StackDefinition } from '../definition.ts'
import { evaluateProperties } from '../stack/evaluate.ts'
import { usesIn } from '../uses.ts'
import { circlesIn } from './circles.ts'
import { needless } from './needless.ts'

/**
 * Why one resource waits for another: `explicit`, because `depends_on` says so; `reference`, because a property refers to
 * it; `implicit`, because its type knows that it must, and nothing else says it.
 */
export type Because = 'explicit' | 'reference' | 'implicit'

/** One resource must be there before another. */
export interface Edge {
  readonly from: string
  readonly to: string
  readonly because: Because
  /** It is part of a circle: none of these resources can be made first. */
  readonly inCircle: boolean
}

/** A resource, and the stack that it is if it is one. */
export interface Node {
  readonly name: string
  readonly type: string
  readonly inside?: Graph
}

/** The resources of a stack and what they wait for. Edges are between resources of the same stack, by name. */
export interface Graph {
  /** The file of the template; absent: the root. */
  readonly file?: string
  readonly nodes: readonly Node[]
  readonly edges: readonly Edge[]
}

/** How deep to look. */
export interface GraphOptions {
  readonly catalog: TypeCatalog
  /** How many levels of nested stacks to show what is inside of. */
  readonly nestedDepth: number
}

/** Enough for every picture that somebody can look at. */
const mostNested = 500

/** The dependency graph of a stack. */
export function stackGraph(definition: StackDefinition, options: GraphOptions): Graph {
  return graphOf(definition, { ...options, left: { count: mostNested } })
}

type Looking = GraphOptions & { readonly left: { count: number } }

function graphOf(definition: StackDefinition, looking: Looking): Graph {
  const { resources, template } = definition
  const search = { catalog: looking.catalog, nested: false, told: new Set<string>() }
  const kinds = new Map([...resources.values()].map((one) => [one.name, kindOf(one, definition, search)]))
  const reasons = distinct([...written(definition), ...implicit(definition, kinds)])
  const added = reasons.filter(({ because }) => because === 'implicit')
  const left = needless(added, reasons)
  const edges = reasons.filter((one) => !left.has(one))
  const inCircle = circlesIn([...resources.keys()], edges)
  return {
    ...(template.file !== undefined && { file: template.file }),
    nodes: [...resources.values()].map((resource) => {
      const { name, type } = resource
      const kind = kinds.get(name)
      const inner =
        kind === undefined || looking.nestedDepth <= 0 ? undefined : stackInside(resource, definition, kind)
      if (inner === undefined || looking.left.count-- <= 0) return { name, type }
      const inside = graphOf(inner.define().value, { ...looking, nestedDepth: looking.nestedDepth - 1 })
      return { name, type, inside }
    }),
    edges: edges.map((edge) => ({ ...edge, inCircle: inCircle(edge.from, edge.to) })),
  }
}

type Reason = Omit<Edge, 'inCircle'>

/** Of two resources only the first reason counts. */
const distinct = (reasons: readonly Reason[]): readonly Reason[] =>
  [
    ...new Map(
      reasons.toReversed().map((one) => [JSON.stringify([one.from, one.to]), one] as const),
    ).values(),
  ].toReversed()

/** What the template itself says; what is said twice is explicit. */
function written({ resources, template }: StackDefinition): readonly Reason[] {
  const { references } = usesIn(template)
  const section = template.version.words.resources
  return [...resources.values()].flatMap(({ name, dependsOn }) => {
    const named = (others: Iterable<string>, because: Because) =>
      [...others].filter((other) => resources.has(other)).map((from): Reason => ({ from, to: name, because }))
    return [
      ...named(dependsOn, 'explicit'),
      ...named(references.get(`${section}.${name}`) ?? [], 'reference'),
    ]
  })
}

/** What the types know besides: a server needs the subnet of its network. */
function implicit(definition: StackDefinition, kinds: ReadonlyMap<string, Kind>): readonly Reason[] {
  const seen = new Map<string, Sibling>()
  const get = (name: string): Sibling | undefined => {
    const known = seen.get(name) ?? siblingOf(name, definition, kinds)
    if (known !== undefined) seen.set(name, known)
    return known
  }
  const byType = Map.groupBy(definition.resources.values(), ({ type }) => type)
  const siblings: Siblings = {
    get,
    ofType: (type) => (byType.get(type) ?? []).flatMap(({ name }) => get(name) ?? []),
  }
  return [...definition.resources.keys()].flatMap((name): readonly Reason[] => {
    const kind = kinds.get(name)
    const ask = kind?.is === 'type' ? kind.facts.needs : undefined
    const self = ask && get(name)
    if (ask === undefined || self === undefined) return []
    return ask(self, siblings)
      .filter((from) => from !== name && definition.resources.has(from))
      .map((from) => ({ from, to: name, because: 'implicit' }))
  })
}

function siblingOf(
  name: string,
  definition: StackDefinition,
  kinds: ReadonlyMap<string, Kind>,
): Sibling | undefined {
  const resource = definition.resources.get(name)
  if (resource === undefined) return undefined
  const kind = kinds.get(name)
  const given = propertiesOf(name, definition)
  const props = kind?.is === 'type' ? read(kind.facts.properties, given).value : given
  return { name, type: resource.type, props, needs: definition.needs.get(name) ?? [] }
}

/** References read as the names of what they refer to; a resource whose functions fail tells nothing. */
function propertiesOf(name: string, definition: StackDefinition): Readonly<Record<string, unknown>> {
  try {
    return evaluateProperties(definition, name, {
      reference: (resource) => resource,
      attribute: () => UNKNOWN,
    })
  } catch {
    return {}
  }
}
