import { define, either, method } from '../definition.ts'
import { dictionary, keyOf, same, setOf } from '../equality.ts'
import { type Collection, gathered, itemsOf, iterable } from '../iterate.ts'
import { any, collection, collectionInOrder, integer, iterator, optional, rest, sequence } from '../kinds.ts'
import { typeError, YaqlError } from '../problem.ts'
import type { Run } from '../run.ts'
import { growingDictionary } from '../size.ts'
import {
  isDictionary,
  isIterable,
  isSequence,
  isSet,
  isStream,
  kindOf,
  list,
  type Sequence,
  stream,
  tuple,
  type Value,
} from '../values.ts'

/** Lists as such: making them, and changing them at a place. */
export const lists = [
  define('list', {
    says: 'A list of its arguments; streams among them are put in item by item.',
    takes: { args: rest(any) },
    example: ['list(1, range(2))', '[1, 0, 1]'],
    gives: ({ args }, { run }) => tuple([...flatStreams(args, run)]),
  }),
  define('set', {
    says: 'A set of its arguments; streams among them are put in item by item.',
    takes: { args: rest(any) },
    example: ['set(1, 2, 1)', '[1, 2]'],
    gives: ({ args }, { run }) => setOf(flatStreams(args, run), run),
  }),
  define('dict', {
    says: 'A dictionary of pairs.',
    keywords: false,
    takes: { items: collection },
    example: ['dict([[a, 1], [b, 2]])', '{"a": 1, "b": 2}'],
    gives: ({ items }, { run }) => dictionary(pairs(items, run), run),
  }),
  method('flatten', {
    says: 'The items, and in place of lists inside of it their items.',
    takes: { collection },
    example: ['[1, [2, [3]]].flatten()', '[1, 2, 3]'],
    gives: ({ collection }) => stream(flat(collection)),
  }),
  method('toList', {
    says: 'A list of the items.',
    takes: { collection },
    example: ['range(3).toList()', '[0, 1, 2]'],
    gives: ({ collection }, { run }) => tuple(gathered(collection, run)),
  }),
  method('toSet', {
    says: 'A set of the items.',
    takes: { collection },
    example: ['[1, 2, 1].toSet()', '[1, 2]'],
    gives: ({ collection }, { run }) => setOf(iterable(itemsOf(collection)), run),
  }),
  either('len', {
    says: 'The number of items.',
    takes: { sequence },
    example: ['[1, 2].len()', '2'],
    gives: ({ sequence }) => BigInt(sequence.items.length),
  }),
  either('len', {
    says: 'The number of items of a stream, which is gone through for that.',
    takes: { collection: iterator },
    example: ['range(5).len()', '5'],
    gives: ({ collection }, { run }) => count(collection, run),
  }),
  method('count', {
    says: 'The number of items of any collection.',
    takes: { collection },
    example: ['[1, 2, 3].where($ > 1).count()', '2'],
    gives: ({ collection }, { run }) => count(collection, run),
  }),
  define('isList', {
    says: 'Whether a value is a list.',
    takes: { arg: any },
    example: ['isList([])', 'true'],
    gives: ({ arg }) => isSequence(arg),
  }),
  define('isDict', {
    says: 'Whether a value is a dictionary.',
    takes: { arg: any },
    example: ['isDict({})', 'true'],
    gives: ({ arg }) => isDictionary(arg),
  }),
  define('isSet', {
    says: 'Whether a value is a set.',
    takes: { arg: any },
    example: ['isSet([])', 'false'],
    gives: ({ arg }) => isSet(arg),
  }),
  define('isIterable', {
    says: 'Whether a value is a list, a set or a stream.',
    takes: { value: any },
    example: ["isIterable('abc')", 'false'],
    gives: ({ value }) => isIterable(value),
  }),
  define('#operator_in', {
    says: 'Whether a collection has an item.',
    takes: { value: any, collection },
    example: ['2 in [1, 2]', 'true'],
    gives: ({ value, collection }, { run }) => has(collection, value, run),
  }),
  method('contains', {
    says: 'Whether a collection has an item.',
    takes: { collection, value: any },
    example: ['[1, 2].contains(2)', 'true'],
    gives: ({ value, collection }, { run }) => has(collection, value, run),
  }),
  define('#operator_+', {
    says: 'The items of one collection and then those of the other.',
    takes: { left: collection, right: collection },
    example: ['[1] + [2]', '[1, 2]'],
    gives({ left, right }, { run }) {
      run.weighAll([left, right])
      if (left.is === 'tuple' && right.is === 'tuple') return tuple([...left.items, ...right.items])
      if (left.is === 'set' && right.is === 'set')
        return setOf([...left.items.values(), ...right.items.values()], run)
      return stream(chained([left, right]), 'itertools.chain')
    },
  }),
  define('#operator_*', {
    says: 'A list so many times over.',
    takes: { left: sequence, right: integer },
    example: ['[1] * 3', '[1, 1, 1]'],
    gives: ({ left, right }, { run }) => repeated(left, right, run),
  }),
  define('#operator_*', {
    says: 'A list so many times over.',
    takes: { left: integer, right: sequence },
    example: ['2 * [1]', '[1, 1]'],
    gives: ({ left, right }, { run }) => repeated(right, left, run),
  }),
  method('delete', {
    says: 'The items without some from a place on; with a negative count without all from there on.',
    takes: { collection, position: integer, count: optional(integer, 1n) },
    example: ['[1, 2, 3, 4].delete(1, 2)', '[1, 4]'],
    gives: ({ collection, position, count }) => stream(exchanged(collection, { position, count }, [])),
  }),
  method('replace', {
    says: 'The items with a value in place of some from a place on.',
    takes: { collection, position: integer, value: any, count: optional(integer, 1n) },
    example: ['[1, 2, 3].replace(1, 0)', '[1, 0, 3]'],
    gives: ({ collection, position, value, count }) =>
      stream(exchanged(collection, { position, count }, [value])),
  }),
  method('replaceMany', {
    says: 'The items with several values in place of some from a place on.',
    takes: { collection, position: integer, values: collection, count: optional(integer, 1n) },
    example: ['[1, 2, 3].replaceMany(1, [7, 8])', '[1, 7, 8, 3]'],
    gives: ({ collection, position, values, count }) =>
      stream(exchanged(collection, { position, count }, iterable(itemsOf(values)))),
  }),
  method('insert', {
    says: 'The items with a value put in before a place.',
    takes: { collection: collectionInOrder, position: integer, value: any },
    example: ['range(2).insert(1, 9)', '[0, 9, 1]'],
    gives: ({ collection, position, value }) => stream(inserted(collection, position, [value])),
  }),
  method('insert', {
    says: 'A list with a value put in before a place; a negative place counts from the end.',
    takes: { collection: sequence, position: integer, value: any },
    example: ['[1, 2].insert(-1, 9)', '[1, 9, 2]'],
    gives({ collection, position, value }, { run }) {
      run.step(collection.items.length)
      const items = [...collection.items]
      items.splice(Number(position), 0, value)
      return list(items)
    },
  }),
  method('insertMany', {
    says: 'The items with several values put in before a place.',
    takes: { collection, position: integer, values: collection },
    example: ['[1, 2].insertMany(1, [8, 9])', '[1, 8, 9, 2]'],
    gives: ({ collection, position, values }) =>
      stream(insertedMany(collection, position, iterable(itemsOf(values)))),
  }),
]

function* flatStreams(values: Iterable<Value>, run: Run): Generator<Value> {
  for (const value of values) {
    run.step()
    if (isStream(value)) yield* flatStreams(iterable(itemsOf(value)), run)
    else yield value
  }
}

function* flat(value: Collection): Generator<Value> {
  for (const item of iterable(itemsOf(value))) {
    if (isIterable(item)) yield* flat(item)
    else yield item
  }
}

/** The items of some collections, one collection after the other. */
export function* chained(collections: readonly Collection[]): Generator<Value> {
  for (const collection of collections) yield* iterable(itemsOf(collection))
}

function* pairs(items: Collection, run: Run): Generator<readonly [Value, Value]> {
  let count = 0
  for (const item of iterable(itemsOf(items))) {
    const parts = partsOf(item)
    const [key, value] = [parts.next(), parts.next()]
    if (key.done || value.done) throw new YaqlError('StopIteration', '')
    run.weighBytes(growingDictionary(++count))
    yield [key.value, value.value]
  }
}

function partsOf(item: Value): Iterator<Value> {
  if (typeof item === 'string') return item[Symbol.iterator]()
  if (isDictionary(item)) return itemsOf({ is: 'view', of: item, shows: 'keys' })
  if (!isIterable(item)) throw typeError(`'${kindOf(item)}' object is not iterable`)
  return itemsOf(item)
}

function count(value: Collection, run: Run): bigint {
  let found = 0n
  for (const _ of iterable(itemsOf(value))) {
    run.step()
    found++
  }
  return found
}

function has(value: Collection, wanted: Value, run: Run): boolean {
  if (value.is === 'set') return value.items.has(keyOf(wanted, run))
  for (const item of iterable(itemsOf(value))) if (same(item, wanted, run)) return true
  return false
}

function repeated(sequence: Sequence, times: bigint, run: Run): Sequence {
  if (times > 0n) run.step(Number(times) * (sequence.items.length + 1))
  const items = Array.from({ length: Math.max(0, Number(times)) }, () => sequence.items).flat()
  return { is: sequence.is, items }
}

interface Place {
  readonly position: bigint
  readonly count: bigint
}

/** Items with others in the place of some of them. */
function* exchanged(
  collection: Collection,
  { position, count }: Place,
  others: Iterable<Value>,
): Generator<Value> {
  let at = 0n
  let done = false
  for (const item of iterable(itemsOf(collection))) {
    const isMeant = at >= position && (count < 0n || at < position + count)
    if (!isMeant) yield item
    else if (!done) {
      done = true
      yield* others
    }
    at++
  }
}

function* inserted(collection: Collection, position: bigint, values: Iterable<Value>): Generator<Value> {
  let at = 0n
  for (const item of iterable(itemsOf(collection))) {
    if (at === position) yield* values
    yield item
    at++
  }
  if (position >= at) yield* values
}

function* insertedMany(collection: Collection, position: bigint, values: Iterable<Value>): Generator<Value> {
  if (position < 0n) yield* values
  yield* inserted(collection, position, values)
}
