import { isMap, type JsonMap } from '../../base/json.ts'
import { mask } from '../../base/text.ts'
import type { PropertyChange } from '../../contract/views.ts'
import { hasUnknown, UNKNOWN } from '../../schema/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import type { World } from '../../template/index.ts'
import { rememberedAttribute } from '../lifecycle/world.ts'
import type { Decision } from './decide.ts'

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
      try {
        return rememberedAttribute(row, path) ?? UNKNOWN
      } catch {
        // That there was none of it does not mean that there will be none.
        return UNKNOWN
      }
    },
  }
}

export function fateOf(does: Decision['does']): Fate {
  if (does === 'create' || does === 'replace') return 'new'
  return does === 'leave' ? 'stays' : 'changes'
}

type Values = Readonly<Record<string, unknown>>

/** The values with those that are not known yet as they were: what will surely change, and no more. */
export function certain(values: Values, before: JsonMap | null): Values {
  const known = Object.entries(values).filter(([, value]) => !hasUnknown(value))
  const kept = Object.entries(before ?? {}).filter(([name]) => hasUnknown(values[name]))
  return Object.fromEntries([...known, ...kept])
}

interface Changing {
  readonly names: readonly string[]
  readonly replacing: readonly string[]
  readonly before: JsonMap | null
  readonly after: Values
  readonly isSecret: (name: string) => boolean
}

/** Property changes as they can be sent: secrets are masked, and what isn't known yet is left out. */
export function shownChanges({
  names,
  replacing,
  before,
  after,
  isSecret,
}: Changing): readonly PropertyChange[] {
  return names.map((path) => {
    const shown = (value: unknown): unknown => (isSecret(path) ? mask : value)
    const next = after[path]
    return {
      path,
      ...(before !== null && path in before && { before: shown(before[path]) }),
      ...(path in after && next !== UNKNOWN && { after: shown(withoutUnknown(next)) }),
      replaces: replacing.includes(path),
    }
  })
}

function withoutUnknown(value: unknown): unknown {
  if (value === UNKNOWN) return null
  if (Array.isArray(value)) return value.map(withoutUnknown)
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutUnknown(part)]))
}
