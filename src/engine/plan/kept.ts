import type { Registry } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import { dependencyOrder, evaluateProperties, type StackDefinition } from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import { readProperties } from '../lifecycle/properties.ts'
import { changesOf } from '../lifecycle/update.ts'
import { worldOf } from '../lifecycle/world.ts'
import { decide, kindOf } from './decide.ts'

/** For each wanted resource the row that stands for it, if there is one. */
export type Kept = ReadonlyMap<string, ResourceRow>

interface Choosing {
  readonly definition: StackDefinition
  readonly registry: Registry
  /** The template that is wanted: a row begun for it counts more. */
  readonly templateId: string
}

/** Chooses the rows to go on with. A resource has several while it is being replaced, or when that broke off. */
export function keptOf(rows: readonly ResourceRow[], choosing: Choosing): Kept {
  const { resources, needs } = choosing.definition
  const byName = Map.groupBy(
    rows.filter(({ name }) => resources.has(name)),
    ({ name }) => name,
  )
  const kept = new Map<string, ResourceRow>()
  const doubles = [...byName.values()].some((alike) => alike.length > 1)
  const ordered = doubles ? dependencyOrder(needs) : undefined
  // What fits depends on the rows that were chosen for what a resource needs, so those come first.
  const names = ordered !== undefined && 'order' in ordered ? ordered.order : byName.keys()
  for (const name of names) {
    const best = bestOf(byName.get(name) ?? [], kept, choosing)
    if (best !== undefined) kept.set(name, best)
  }
  return kept
}

function bestOf(alike: readonly ResourceRow[], kept: Kept, choosing: Choosing): ResourceRow | undefined {
  if (alike.length < 2) return alike[0]
  const scored = alike.map((row) => ({ row, score: scoreOf(row, kept, choosing) }))
  return scored.sort((a, b) => b.score - a.score || b.row.createdAt - a.row.createdAt)[0]?.row
}

/** Sound before failed; then the one that needs to change least, so that going back finds what was there before. */
function scoreOf(row: ResourceRow, kept: Kept, choosing: Choosing): number {
  return (
    (row.action === 'DELETE' ? -50 : 0) +
    (row.status === 'FAILED' ? -30 : 0) +
    (fits(row, kept, choosing) ? 20 : 0) +
    (row.templateId === choosing.templateId ? 10 : 0) +
    (row.replacedBy !== null ? -1 : 0)
  )
}

/** Whether a row can become what is wanted without another in its place. */
function fits(row: ResourceRow, kept: Kept, { definition, registry }: Choosing): boolean {
  const resource = definition.resources.get(row.name)
  const type = resource && typeOf(definition, resource, registry)
  if (resource === undefined || type === undefined) return false
  try {
    const { values } = readProperties(type, row.name, evaluateProperties(definition, row.name, worldOf(kept)))
    const shape = type.properties as Shape
    const wanted = { type: resource.type, properties: values, shape }
    const decision = decide(row, { ...wanted, ...kindOf(type) })
    if (decision.does !== 'update') return decision.does === 'leave'
    if (type.is === 'nested' || type.replaces === undefined) return true
    const changed = changesOf(type, values, decision.difference.changed)
    return type.replaces({ changed, props: values, before: row.properties ?? {} }) === undefined
  } catch {
    // Properties that can't be worked out are told of when the resource is made.
    return false
  }
}
