import { ask, type Definition, define, either, method } from '../definition.ts'
import { keyOf, same } from '../equality.ts'
import { type Collection, gathered, itemsOf, iterable } from '../iterate.ts'
import {
  any,
  type Calling,
  collection,
  integer,
  type Lambda,
  lambda,
  optional,
  ordering,
  truth,
} from '../kinds.ts'
import { typeError, YaqlError } from '../problem.ts'
import type { Run } from '../run.ts'
import { growingDictionary, growingList, growingSet } from '../size.ts'
import {
  isDictionary,
  isIterable,
  isSequence,
  isTrue,
  kindOf,
  list,
  type Ordering,
  stream,
  tuple,
  type Value,
} from '../values.ts'
import { badPlace } from './queries.ts'

/** Putting items in order, into groups and into pieces, and finding them. */
export const order: readonly Definition[] = [
  method('orderBy', {
    says: 'The items in the order of what an expression gives for them.',
    takes: { collection, selector: lambda },
    example: ['[3, 1, 2].orderBy($)', '[1, 2, 3]'],
    gives: ({ collection, selector }, call) => ordered(collection, selector, call, true),
  }),
  method('orderByDescending', {
    says: 'As `orderBy`, the largest first.',
    takes: { collection, selector: lambda },
    example: ['[3, 1, 2].orderByDescending($)', '[3, 2, 1]'],
    gives: ({ collection, selector }, call) => ordered(collection, selector, call, false),
  }),
  method('thenBy', {
    says: 'What decides between items that are equal so far.',
    takes: { collection: ordering, selector: lambda },
    example: ["['bb', 'c', 'a'].orderBy($.len()).thenBy($)", '["a", "c", "bb"]'],
    gives: ({ collection, selector }) => further(collection, selector, true),
  }),
  method('thenByDescending', {
    says: 'As `thenBy`, the largest first.',
    takes: { collection: ordering, selector: lambda },
    example: ["['bb', 'a', 'c'].orderBy($.len()).thenByDescending($)", '["c", "a", "bb"]'],
    gives: ({ collection, selector }) => further(collection, selector, false),
  }),
  method('groupBy', {
    says: 'Pairs of a key and the list of items with that key. An aggregator makes something else of each list.',
    takes: {
      collection,
      keySelector: lambda,
      valueSelector: optional(lambda, null),
      aggregator: optional(lambda, null),
    },
    example: ['[1, 2, 3].groupBy($ mod 2)', '[[1, [1, 3]], [0, [2]]]'],
    gives({ collection, keySelector, valueSelector, aggregator }, { run }) {
      const groups = new Map<string, readonly [key: Value, items: Value[]]>()
      for (const item of iterable(itemsOf(collection))) {
        const value = valueSelector === null ? item : valueSelector(item)
        const key = keySelector(item)
        const hash = keyOf(key, run)
        const group = groups.get(hash) ?? ([key, []] as const)
        groups.set(hash, group)
        group[1].push(value)
        run.weighBytes(growingDictionary(groups.size))
      }
      return stream(aggregated([...groups.values()], aggregator, run))
    },
  }),
  either('distinct', {
    says: 'The items without those that are equal to an earlier one, or have an equal key.',
    takes: { collection, keySelector: optional(lambda, null) },
    example: ['[1, 2, 1].distinct()', '[1, 2]'],
    gives: ({ collection, keySelector }, { run }) => stream(distinctItems(collection, keySelector, run)),
  }),
  method('reverse', {
    says: 'The items from the last to the first.',
    takes: { collection },
    example: ['[1, 2].reverse()', '[2, 1]'],
    gives: ({ collection }, { run }) => stream(gathered(collection, run).toReversed().values(), 'reversed'),
  }),
  method('indexOf', {
    says: 'The place of an item, counted from 0; -1 if it is not there.',
    takes: { collection, item: any },
    example: ['[1, 2].indexOf(2)', '1'],
    gives: ({ collection, item }, { run }) => place(collection, (one) => same(one, item, run)),
  }),
  method('lastIndexOf', {
    says: 'The last place of an item.',
    takes: { collection, item: any },
    example: ['[1, 2, 1].lastIndexOf(1)', '2'],
    gives: ({ collection, item }, { run }) => lastPlace(collection, (one) => same(one, item, run)),
  }),
  method('indexWhere', {
    says: 'The place of the first item for which a condition holds.',
    takes: { collection, predicate: lambda },
    example: ['[1, 2].indexWhere($ > 1)', '1'],
    gives: ({ collection, predicate }) => place(collection, (item) => isTrue(predicate(item))),
  }),
  method('lastIndexWhere', {
    says: 'The place of the last item for which a condition holds.',
    takes: { collection, predicate: lambda },
    example: ['[1, 2, 3].lastIndexWhere($ < 3)', '1'],
    gives: ({ collection, predicate }) => lastPlace(collection, (item) => isTrue(predicate(item))),
  }),
  method('slice', {
    says: 'Lists of so many items each.',
    takes: { collection, length: integer },
    example: ['range(5).slice(2)', '[[0, 1], [2, 3], [4]]'],
    gives: ({ collection, length }, { run }) => stream(pieces(collection, length, run)),
  }),
  method('splitWhere', {
    says: 'Lists of the items between those for which a condition holds.',
    takes: { collection, predicate: lambda },
    example: ['[1, 0, 2, 3].splitWhere($ = 0)', '[[1], [2, 3]]'],
    gives: ({ collection, predicate }, { run }) => stream(splitWhere(collection, predicate, run)),
  }),
  method('sliceWhere', {
    says: 'Lists of neighbours for which an expression gives the same.',
    takes: { collection, predicate: lambda },
    example: ['[1, 3, 2, 5].sliceWhere($ mod 2)', '[[1, 3], [2], [5]]'],
    gives: ({ collection, predicate }, { run }) => stream(sliceWhere(collection, predicate, run)),
  }),
  method('splitAt', {
    says: 'The items before a place and those from it on.',
    takes: { collection, index: integer },
    example: ['[1, 2, 3].splitAt(1)', '[[1], [2, 3]]'],
    gives({ collection, index }, { run }) {
      const items = gathered(collection, run)
      return list([tuple(items.slice(0, Number(index))), tuple(items.slice(Number(index)))])
    },
  }),
  define('generate', {
    says: 'A value, what an expression makes of it, what it makes of that, and so on, while a condition holds.',
    takes: {
      initial: any,
      predicate: lambda,
      producer: lambda,
      selector: optional(lambda, null),
      decycle: optional(truth, false),
    },
    example: ['generate(1, $ < 10, $ * 2)', '[1, 2, 4, 8]'],
    gives: (args, { run }) => stream(generated(args, run)),
  }),
  define('generateMany', {
    says: 'A value, what an expression makes of it (a list), what it makes of each of those, and so on.',
    takes: {
      initial: any,
      producer: lambda,
      selector: optional(lambda, null),
      decycle: optional(truth, false),
      depthFirst: optional(truth, false),
    },
    example: ['generateMany(1, [$ * 2, $ * 3].where($ < 7))', '[1, 2, 3, 4, 6, 6]'],
    gives: (args, { run }) => stream(generatedMany(args, run)),
  }),
]

function ordered(collection: Collection, select: Lambda, call: Calling, ascending: boolean): Ordering {
  const holds = (name: string, left: Value, right: Value) => isTrue(ask(name, [left, right], call))
  return {
    is: 'ordering',
    items: () => itemsOf(collection),
    criteria: [{ select, ascending }],
    compare: (left, right) =>
      holds('#operator_<', left, right) ? -1 : holds('#operator_>', left, right) ? 1 : 0,
  }
}

const further = (collection: Ordering, select: Lambda, ascending: boolean): Ordering => ({
  ...collection,
  criteria: [...collection.criteria, { select, ascending }],
})

type Group = readonly [key: Value, items: readonly Value[]]

/**
 * Groups as their aggregator makes them. In an older form of the language the aggregator was given the whole pair: if it
 * fails on the list, and has not worked on one before, it is tried that way.
 */
function* aggregated(groups: readonly Group[], aggregator: Lambda | null, run: Run): Generator<Value> {
  let failure: YaqlError | undefined
  let mayBeOld = true
  for (const [key, items] of groups) {
    if (aggregator === null) {
      yield tuple([key, list(items)])
      continue
    }
    if (failure === undefined) {
      const result = attempt(() => aggregator(list(items)))
      if (!(result instanceof YaqlError)) {
        mayBeOld &&= looksOld(result, items, run)
        yield tuple([key, result])
        continue
      }
      failure = result
    }
    yield inOldForm(aggregator, [key, items], { failure, mayBeOld })
  }
}

const fallible = new Set(['NoMatchingMethodException', 'NoMatchingFunctionException', 'IndexError'])

function attempt(does: () => Value): Value | YaqlError {
  try {
    return does()
  } catch (error) {
    if (error instanceof YaqlError && fallible.has(error.kind)) return error
    throw error
  }
}

const looksOld = (result: Value, items: readonly Value[], run: Run): boolean =>
  items.length === 2 &&
  isSequence(result) &&
  result.items.length === 2 &&
  same(result.items[0] ?? null, items[0] ?? null, run)

function inOldForm(
  aggregator: Lambda,
  [key, items]: Group,
  { failure, mayBeOld }: { readonly failure: YaqlError; readonly mayBeOld: boolean },
): Value {
  if (!mayBeOld) throw failure
  try {
    const result = aggregator(tuple([key, list(items)]))
    if (lengthOf(result) === 2) return result
  } catch (error) {
    if (!(error instanceof YaqlError) || error.kind === 'TooManySteps') throw error
  }
  throw failure
}

function lengthOf(value: Value): number | undefined {
  if (typeof value === 'string') return value.length
  if (isDictionary(value)) return value.entries.size
  return isSequence(value) ? value.items.length : undefined
}

/** Items without those that are equal to an earlier one. */
export function* distinctItems(collection: Collection, select: Lambda | null, run: Run): Generator<Value> {
  const seen = new Set<string>()
  for (const item of iterable(itemsOf(collection))) {
    const key = keyOf(select === null ? item : select(item), run)
    if (seen.has(key)) continue
    seen.add(key)
    run.weighBytes(growingSet(seen.size))
    yield item
  }
}

function place(collection: Collection, isIt: (item: Value) => boolean): bigint {
  let at = 0n
  for (const item of iterable(itemsOf(collection))) {
    if (isIt(item)) return at
    at++
  }
  return -1n
}

function lastPlace(collection: Collection, isIt: (item: Value) => boolean): bigint {
  let at = 0n
  let last = -1n
  for (const item of iterable(itemsOf(collection))) {
    if (isIt(item)) last = at
    at++
  }
  return last
}

function* pieces(collection: Collection, length: bigint, run: Run): Generator<Value> {
  if (length < 0n) throw badPlace(length === -1n)
  const iterator = itemsOf(collection)
  for (;;) {
    const items: Value[] = []
    while (items.length < length) {
      const { done, value } = iterator.next()
      if (done) break
      items.push(value)
    }
    if (items.length === 0) return
    yield run.weigh(tuple(items))
  }
}

function* splitWhere(collection: Collection, isBetween: Lambda, run: Run): Generator<Value> {
  const items = gathered(collection, run)
  let start = 0
  for (const [i, item] of items.entries()) {
    if (!isTrue(isBetween(item))) continue
    yield tuple(items.slice(start, i))
    start = i + 1
  }
  if (start !== items.length) yield tuple(items.slice(start))
}

function* sliceWhere(collection: Collection, select: Lambda, run: Run): Generator<Value> {
  const items = gathered(collection, run)
  let start = 0
  let before: Value | undefined
  for (const [i, item] of items.entries()) {
    const now = select(item)
    if (before !== undefined && !same(before, now, run)) {
      yield tuple(items.slice(start, i))
      start = i
    }
    before = now
  }
  if (start !== items.length) yield tuple(items.slice(start))
}

interface Generating {
  readonly initial: Value
  readonly producer: Lambda
  readonly selector: Lambda | null
  readonly decycle: boolean
}

function* generated(
  { initial, predicate, producer, selector, decycle }: Generating & { readonly predicate: Lambda },
  run: Run,
): Generator<Value> {
  const seen = new Set<string>()
  for (let value = initial; isTrue(predicate(value)); value = producer(value)) {
    if (decycle && isRepeated(value, seen, run)) return
    yield selector === null ? value : selector(value)
  }
}

function* generatedMany(
  { initial, producer, selector, decycle, depthFirst }: Generating & { readonly depthFirst: boolean },
  run: Run,
): Generator<Value> {
  const seen = new Set<string>()
  let queue: Value[] = [initial]
  for (let value = queue.shift(); value !== undefined; value = queue.shift()) {
    run.step(queue.length >> 6)
    if (decycle && isRepeated(value, seen, run)) continue
    yield selector === null ? value : selector(value)
    const produced = gathered(queueable(producer(value)), run)
    queue = depthFirst ? [...produced, ...queue] : [...queue, ...produced]
    run.weighBytes(growingList(queue.length))
  }
}

function isRepeated(value: Value, seen: Set<string>, run: Run): boolean {
  const key = keyOf(value, run)
  if (seen.has(key)) return true
  seen.add(key)
  run.weighBytes(growingSet(seen.size))
  return false
}

function queueable(value: Value): Collection {
  if (isIterable(value)) return value
  if (typeof value === 'string') return tuple([...value])
  if (isDictionary(value)) return { is: 'view', of: value, shows: 'keys' }
  throw typeError(`'${kindOf(value)}' object is not iterable`)
}
