import { isMap } from '../../base/json.ts'
import type { PropertyChange } from '../../contract/views.ts'
import type { AnyType } from '../../plugin/index.ts'
import { hasUnknown, type Shape, UNKNOWN } from '../../schema/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import type { World } from '../../template/index.ts'
import { rememberedAttribute } from '../lifecycle/world.ts'
import { type Decision, decide } from './decide.ts'

/** What will become of a resource, as far as those that depend on it can tell. */
export type Fate = 'stays' | 'changes' | 'new'

/**
 * What templates read of resources while a change is only planned: a new object has no reference yet, and attributes of
 * what changes are not known until it has.
 */
export function plannedWorld(
  rows: ReadonlyMap<string, ResourceRow>,
  fates: ReadonlyMap<string, Fate>,
): World {
  return {
    reference: (name) => (fates.get(name) === 'new' ? UNKNOWN : (rows.get(name)?.reference ?? UNKNOWN)),
    attribute(name, path) {
      const row = rows.get(name)
      if (row === undefined || fates.get(name) !== 'stays') return UNKNOWN
      const known = rememberedAttribute(row, path)
      return known === null || known === undefined ? UNKNOWN : known
    },
  }
}

export interface Foreseen {
  readonly decision: Decision
  readonly fate: Fate
  readonly properties: readonly PropertyChange[]
  /** A value that is not known yet decides whether, or how far, this happens. */
  readonly perhaps: boolean
}

interface Question {
  readonly row: ResourceRow | undefined
  readonly type: AnyType
  readonly typeName: string
  readonly values: Readonly<Record<string, unknown>>
}

/** What the engine will do to a resource: the very decision that it takes when it comes to it, with what is known now. */
export function foresee({ row, type, typeName, values }: Question): Foreseen {
  const shape = type.properties as Shape
  const decision = decide(row, {
    type: typeName,
    properties: values,
    shape,
    nested: type.is === 'nested',
    open: type.open === true,
  })
  const properties = changesOf(decision, row, { values, shape })
  const perhaps =
    properties.length > 0 && properties.every(({ after }) => after === undefined || hasUnknown(after))
  return {
    decision,
    fate: fateOf(decision),
    properties: properties.map(shown),
    perhaps: decision.does !== 'create' && perhaps,
  }
}

function fateOf(decision: Decision): Fate {
  if (decision.does === 'create' || decision.does === 'replace') return 'new'
  return decision.does === 'leave' ? 'stays' : 'changes'
}

type Known = { readonly values: Readonly<Record<string, unknown>>; readonly shape: Shape }

function changesOf(
  decision: Decision,
  row: ResourceRow | undefined,
  { values, shape }: Known,
): readonly PropertyChange[] {
  if (decision.does !== 'update' && decision.does !== 'replace') return []
  return decision.difference.changed.map((path) => {
    const secret = row?.sealed === true || shape[path]?.options.secret === true
    return {
      path,
      ...(row?.properties && path in row.properties && { before: secret ? '******' : row.properties[path] }),
      ...(path in values && { after: secret ? '******' : values[path] }),
      replaces: decision.difference.replacing.includes(path),
    }
  })
}

/** A change as it can be sent: what isn't known is left out. */
function shown({ after, ...change }: PropertyChange): PropertyChange {
  if (after === undefined || after === UNKNOWN) return change
  return { ...change, after: hasUnknown(after) ? withoutUnknown(after) : after }
}

function withoutUnknown(value: unknown): unknown {
  if (value === UNKNOWN) return null
  if (Array.isArray(value)) return value.map(withoutUnknown)
  return isMap(value)
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutUnknown(part)]))
    : value
}
