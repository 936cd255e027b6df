import { sameJson } from '../../base/json.ts'
import { hasUnknown, type Shape } from '../../schema/index.ts'

/** How what is wanted of a resource differs from what it was last given. */
export interface Difference {
  /** Properties whose values differ, all of them. */
  readonly changed: readonly string[]
  /** Those that can't be changed in place. */
  readonly replacing: readonly string[]
  /** Those that may never change. */
  readonly forbidden: readonly string[]
  /** Those whose new value isn't known yet. */
  readonly undecided: readonly string[]
}

type Values = Readonly<Record<string, unknown>>

/** Compares property values; `doubtful` ones count as changed, because an interrupted update may have touched them. */
export function difference(
  shape: Shape,
  before: Values,
  after: Values,
  doubtful: readonly string[] = [],
): Difference {
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...doubtful])
  const changed: string[] = []
  const replacing: string[] = []
  const forbidden: string[] = []
  const undecided: string[] = []
  for (const name of names) {
    const field = shape[name]
    if (sameJson(before[name], after[name]) && !doubtful.includes(name)) continue
    if (hasUnknown(after[name])) undecided.push(name)
    changed.push(name)
    if (field?.options.immutable) forbidden.push(name)
    else if (!field?.options.updatable) replacing.push(name)
  }
  return { changed, replacing, forbidden, undecided }
}
