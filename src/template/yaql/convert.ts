import { isMap, put } from '../../base/json.ts'
import { type Collection, itemsOf, iterable, limited } from './iterate.ts'
import { strftime } from './library/strftime.ts'
import { typeError, YaqlError } from './problem.ts'
import { depths, type Run } from './run.ts'
import { brief } from './text.ts'
import { type Dictionary, isDictionary, isIterable, isSet, kindOf, tuple, type Value } from './values.ts'

/** Data of a template as a value of the language: lists are tuples, whole numbers are integers. */
export function fromData(data: unknown): Value {
  if (typeof data === 'number') return Number.isSafeInteger(data) ? BigInt(data) : data
  if (typeof data === 'string' || typeof data === 'boolean') return data
  if (Array.isArray(data)) return tuple(data.map(fromData))
  if (!isMap(data)) return null
  const entries = new Map<string, readonly [Value, Value]>()
  for (const [key, value] of Object.entries(data)) entries.set(`s${key}`, [key, fromData(value)])
  return { is: 'dictionary', frozen: true, entries }
}

/** A value as data of a template. Streams are gone through for it, and no collection may be larger than the limit. */
export function toData(value: Value, run: Run): unknown {
  if (typeof value === 'bigint') return numberIn(Number(value))
  if (typeof value === 'number') return numberIn(value)
  if (typeof value !== 'object' || value === null) return value
  if (value.is === 'dictionary') return mapIn(value, run)
  if (isIterable(value)) return run.within(() => listIn(value, run), depths.call)
  // As the original writes it into JSON: what its clock shows, without the offset.
  if (value.is === 'moment') return strftime(value, '%Y-%m-%dT%H:%M:%S.%f')
  throw new YaqlError('Unusable', `It gives ${kindOf(value)}, which is no value for a template`)
}

function listIn(value: Collection, run: Run): unknown {
  const isUnordered = isSet(value)
  return Array.from(iterable(itemsOf(limited(value, run))), (item) => {
    const data = toData(item, run)
    if (isUnordered) checkHashable(item)
    return data
  })
}

/** What was made of an item must still be fit to be an item of a set, or a key: lists and maps are not. */
function checkHashable(item: Value): void {
  const made = isSet(item) ? 'set' : isIterable(item) ? 'list' : isDictionary(item) ? 'dict' : undefined
  if (made !== undefined) throw typeError(`unhashable type: '${made}'`)
}

function numberIn(value: number): number {
  if (Number.isFinite(value)) return Object.is(value, -0) ? 0 : value
  throw new YaqlError('Unusable', `It gives ${brief(value)}, which is no value for a template`)
}

function mapIn(dictionary: Dictionary, run: Run): unknown {
  return run.within(() => {
    limited({ is: 'view', of: dictionary, shows: 'items' }, run)
    const map: Record<string, unknown> = {}
    for (const [key, value] of dictionary.entries.values()) put(map, keyIn(key, run), toData(value, run))
    return map
  }, depths.call)
}

/** A key as JSON has it. */
function keyIn(key: Value, run: Run): string {
  if (typeof key === 'string') return key
  if (key === null || typeof key === 'boolean') return String(key)
  toData(key, run)
  checkHashable(key)
  return brief(key)
}
