import { isMap } from '../../base/json.ts'

/**
 * A text that values have in common which are the same to a template: the order of keys does not matter, and true and
 * false are also 1 and 0, as they are to Heat.
 */
export function identityOf(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'boolean') return Number(part)
    return isMap(part) ? Object.fromEntries(Object.entries(part).sort(byKey)) : part
  })
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0
