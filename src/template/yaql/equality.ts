import { typeError } from './problem.ts'
import type { Run } from './run.ts'
import {
  type Dictionary,
  isDictionary,
  isSequence,
  isSet,
  kindOf,
  type Sequence,
  type SetOf,
  tuple,
  type Value,
  type View,
} from './values.ts'

/** Whether two values are equal: 1, 1.0 and true are, as everywhere in the original. */
export function same(left: Value, right: Value, run: Run): boolean {
  if (left === right) return true
  if (isNumeric(left) && isNumeric(right)) return numeric(left) === numeric(right)
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  run.step(1 + (sizeOfAll(left) >> 2))
  return sameCompounds(left, right, run)
}

type Compound = Extract<Value, object>

/** How many items a value has that are looked at. */
function sizeOfAll(value: Compound): number {
  if (isSequence(value)) return value.items.length
  if (isDictionary(value)) return value.entries.size
  return value.is === 'set' ? value.items.size : 0
}

function sameCompounds(left: Compound, right: Compound, run: Run): boolean {
  if (isSequence(left)) return left.is === right.is && sameItems(left, right as Sequence, run)
  if (isDictionary(left)) return isDictionary(right) && sameEntries(left, right, run)
  if (isSet(left)) return isSet(right) && sameSets(left, right, run)
  if (left.is === 'moment') return right.is === 'moment' && left.at === right.at
  if (left.is === 'span') return right.is === 'span' && left.microseconds === right.microseconds
  return (
    left.is === 'regex' && right.is === 'regex' && left.source === right.source && left.flags === right.flags
  )
}

const isNumeric = (value: Value): value is bigint | number | boolean =>
  typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean'

/** A number such that equal numbers are identical, of whatever kind they are. */
function numeric(value: bigint | number | boolean): bigint | number {
  if (typeof value === 'boolean') return value ? 1n : 0n
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value
}

const sameItems = (left: Sequence, right: Sequence, run: Run): boolean =>
  left.items.length === right.items.length &&
  left.items.every((item, i) => same(item, right.items[i] ?? null, run))

function sameEntries(left: Dictionary, right: Dictionary, run: Run): boolean {
  if (left.entries.size !== right.entries.size) return false
  for (const [key, [, value]] of left.entries) {
    const other = right.entries.get(key)
    if (other === undefined || !same(value, other[1], run)) return false
  }
  return true
}

function sameSets(left: SetOf | View, right: SetOf | View, run: Run): boolean {
  const [one, other] = [itemsOfSet(left, run), itemsOfSet(right, run)]
  return one.size === other.size && [...one.keys()].every((key) => other.has(key))
}

/** What a set holds, by what makes items equal. */
export function itemsOfSet(set: SetOf | View, run: Run): ReadonlyMap<string, Value> {
  if (set.is === 'set') return set.items
  const pairs = [...set.of.entries.values()]
  return itemsByKey(set.shows === 'keys' ? pairs.map(([key]) => key) : pairs.map(tuple), run)
}

/** A text that is the same for equal values, by which sets and dictionaries find them. Lists and the like have none. */
export function keyOf(value: Value, run: Run): string {
  if (value === null) return '0'
  if (typeof value === 'string') return `s${value}`
  if (isNumeric(value)) return `n${numeric(value).toString(16)}`
  run.step(1 + (sizeOfAll(value) >> 2))
  switch (value.is) {
    case 'tuple':
      return `(${JSON.stringify(value.items.map((item) => keyOf(item, run)))}`
    case 'dictionary':
      if (value.frozen)
        return `{${JSON.stringify([...value.entries].map((entry) => entryKey(entry, run)).sort())}`
      break
    case 'set':
      return `<${JSON.stringify([...value.items.keys()].sort())}`
    case 'moment':
      return `m${value.at}`
    case 'span':
      return `t${value.microseconds}`
    case 'regex':
      return `r${JSON.stringify([value.source, value.flags])}`
    case 'list':
    case 'view':
      break
    default:
      return identityOf(value)
  }
  throw typeError(`unhashable type: '${kindOf(value)}'`)
}

const entryKey = ([key, [, value]]: readonly [string, readonly [Value, Value]], run: Run): string =>
  framed([key, keyOf(value, run)])

/** Texts in one, each behind its length: nested ones do not grow as they would with escapes. */
const framed = (texts: readonly string[]): string => texts.map((text) => `${text.length}:${text}`).join('')

const identities = new WeakMap<object, string>()
let lastIdentity = 0

/** Values that are equal to themselves only. */
function identityOf(value: object): string {
  const known = identities.get(value) ?? `i${++lastIdentity}`
  identities.set(value, known)
  return known
}

/** A set of items. */
export const setOf = (items: Iterable<Value>, run: Run): SetOf => ({
  is: 'set',
  items: itemsByKey(items, run),
})

function itemsByKey(items: Iterable<Value>, run: Run): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>()
  for (const item of items) {
    run.step()
    const key = keyOf(item, run)
    if (!found.has(key)) found.set(key, item)
  }
  return found
}

/** A dictionary of pairs; of equal keys the first keeps its place and the last its value. */
export function dictionary(pairs: Iterable<readonly [Value, Value]>, run: Run, frozen = true): Dictionary {
  const entries = new Map<string, readonly [Value, Value]>()
  for (const [key, value] of pairs) {
    run.step()
    const hash = keyOf(key, run)
    entries.set(hash, [entries.get(hash)?.[0] ?? key, value])
  }
  return { is: 'dictionary', frozen, entries }
}
