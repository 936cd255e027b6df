import { isMap, own } from '../base/json.ts'
import { integerIn, UNKNOWN } from '../schema/index.ts'

/**
 * The part of a value that keys and indexes lead to; `undefined` where they lead nowhere, UNKNOWN inside what is unknown.
 * `indexesAsText`: an index into a list may be written as a text.
 */
export function select(value: unknown, path: readonly unknown[], indexesAsText?: 'indexesAsText'): unknown {
  let part = value
  for (const key of path) {
    if (part === UNKNOWN || part === undefined) return part
    const index = indexesAsText && isSequence(part) && typeof key === 'string' ? integerIn(key) : undefined
    part = step(part, index ?? key)
  }
  return part
}

function step(part: unknown, key: unknown): unknown {
  if (typeof key === 'boolean') return step(part, Number(key))
  if (typeof key === 'number') return isSequence(part) && Number.isInteger(key) ? part.at(key) : undefined
  return typeof key === 'string' && isMap(part) ? own(part, key) : undefined
}

const isSequence = (part: unknown): part is readonly unknown[] | string =>
  Array.isArray(part) || typeof part === 'string'
