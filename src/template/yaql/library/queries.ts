import { alias, ask, type Definition, define, either, method } from '../definition.ts'
import { type Collection, itemsOf, iterable, memorized } from '../iterate.ts'
import { any, collection, integer, type Lambda, lambda, named, nullable, optional, rest } from '../kinds.ts'
import { typeError, valueError, YaqlError } from '../problem.ts'
import type { Run } from '../run.ts'
import { MISSING } from '../tree.ts'
import { isIterable, isTrue, list, stream, tuple, type Value } from '../values.ts'
import { chained } from './lists.ts'

const where = method('where', {
  says: 'The items for which a condition holds.',
  takes: { collection, predicate: lambda },
  example: ['[1, 2, 3].where($ > 1)', '[2, 3]'],
  gives: ({ collection, predicate }) => stream(filtered(collection, predicate), 'filter'),
})

const select = method('select', {
  says: 'What an expression makes of each item.',
  takes: { collection, selector: lambda },
  example: ['[1, 2].select($ * 10)', '[10, 20]'],
  gives: ({ collection, selector }) => stream(mapped(collection, selector), 'map'),
})

const limit = method('limit', {
  says: 'So many items from the start.',
  takes: { collection, count: integer },
  example: ['[1, 2, 3].limit(2)', '[1, 2]'],
  gives: ({ collection, count }) =>
    stream(sliced(collection, 0n, nonNegative(count, 'limit')), 'itertools.islice'),
})

const aggregate = method('aggregate', {
  says: 'Works the items into one value: `$1` is what came out so far, `$2` the next item.',
  takes: { collection, selector: lambda, seed: optional(any, MISSING) },
  example: ['[1, 2, 3].aggregate($1 + $2)', '6'],
  gives: ({ collection, selector, seed }) => reduced(collection, selector, seed),
})

/** Queries over collections, item by item. */
export const queries: readonly Definition[] = [
  where,
  alias('filter', where),
  select,
  alias('map', select),
  limit,
  alias('take', limit),
  aggregate,
  alias('reduce', aggregate),
  method('skip', {
    says: 'The items behind the first so many.',
    takes: { collection, count: integer },
    example: ['[1, 2, 3].skip(1)', '[2, 3]'],
    gives: ({ collection, count }) =>
      stream(sliced(collection, nonNegative(count, 'skip')), 'itertools.islice'),
  }),
  method('takeWhile', {
    says: 'The items up to the first for which a condition does not hold.',
    takes: { collection, predicate: lambda },
    example: ['[1, 2, 3, 1].takeWhile($ < 3)', '[1, 2]'],
    gives: ({ collection, predicate }) => stream(takenWhile(collection, predicate), 'itertools.takewhile'),
  }),
  method('skipWhile', {
    says: 'The items from the first on for which a condition does not hold.',
    takes: { collection, predicate: lambda },
    example: ['[1, 2, 3, 1].skipWhile($ < 3)', '[3, 1]'],
    gives: ({ collection, predicate }) => stream(skippedWhile(collection, predicate), 'itertools.dropwhile'),
  }),
  either('append', {
    says: 'The items and some more.',
    takes: { collection, args: rest(any) },
    example: ['[1].append(2, 3)', '[1, 2, 3]'],
    gives: ({ collection, args }) => stream(chained([collection, tuple(args)])),
  }),
  either('concat', {
    says: 'The items of several collections, one after the other.',
    takes: { collections: rest(collection) },
    example: ['[1].concat([2], [3])', '[1, 2, 3]'],
    gives: ({ collections }) => stream(chained(collections), 'itertools.chain'),
  }),
  either('enumerate', {
    says: 'Each item in a list with its number.',
    takes: { collection, start: optional(nullable(integer), 0n) },
    example: ['[a, b].enumerate(1)', '[[1, "a"], [2, "b"]]'],
    gives: ({ collection, start }) => stream(numbered(collection, start)),
  }),
  either('any', {
    says: 'Whether there is an item, or one for which a condition holds.',
    takes: { collection, predicate: optional(lambda, null) },
    example: ['[1, 2].any($ > 1)', 'true'],
    gives({ collection, predicate }) {
      for (const item of iterable(itemsOf(collection)))
        if (predicate === null || isTrue(predicate(item))) return true
      return false
    },
  }),
  either('all', {
    says: 'Whether a condition holds for all items; without one whether they count as true.',
    takes: { collection, predicate: optional(lambda, null) },
    example: ['[1, 2].all($ > 1)', 'false'],
    gives({ collection, predicate }) {
      for (const item of iterable(itemsOf(collection)))
        if (!isTrue(predicate === null ? item : predicate(item))) return false
      return true
    },
  }),
  method('memorize', {
    says: 'A stream that can be gone through more than once.',
    takes: { collection },
    example: ['let(x => range(3).memorize()) -> [$x.len(), $x.sum()]', '[3, 3]'],
    gives: ({ collection }, { run }) => memorized(collection, run),
  }),
  method('sum', {
    says: 'The items added up; an initial value counts too.',
    takes: { collection, initial: optional(any, MISSING) },
    example: ['[1, 2, 3].sum()', '6'],
    gives: ({ collection, initial }, call) =>
      reduced(collection, (left, right) => ask('#operator_+', [left, right], call), initial),
  }),
  method('max', {
    says: 'The largest item.',
    takes: { collection, initial: optional(any, MISSING) },
    example: ['[1, 3, 2].max()', '3'],
    gives: ({ collection, initial }, call) =>
      reduced(collection, (left, right) => ask('max', [left, right], call), initial),
  }),
  method('min', {
    says: 'The smallest item.',
    takes: { collection, initial: optional(any, MISSING) },
    example: ['[3, 1, 2].min()', '1'],
    gives: ({ collection, initial }, call) =>
      reduced(collection, (left, right) => ask('min', [left, right], call), initial),
  }),
  method('first', {
    says: 'The first item, or something else if there is none.',
    takes: { collection, default: optional(any, MISSING) },
    example: ['[1, 2].first()', '1'],
    gives({ collection, default: otherwise }) {
      const { done, value } = itemsOf(collection).next()
      return done ? present(otherwise) : value
    },
  }),
  method('last', {
    says: 'The last item, or something else if there is none.',
    takes: { collection, default: optional(any, MISSING) },
    example: ['[1, 2].last()', '2'],
    gives({ collection, default: otherwise }) {
      let last: Value | typeof MISSING = otherwise
      for (const item of iterable(itemsOf(collection))) last = item
      return present(last)
    },
  }),
  method('single', {
    says: 'The only item; it is an error if there is not exactly one.',
    takes: { collection },
    example: ['[1].single()', '1'],
    gives({ collection }) {
      const iterator = itemsOf(collection)
      const [first, second] = [iterator.next(), iterator.next()]
      if (first.done) throw new YaqlError('StopIteration', '')
      if (!second.done) throw new YaqlError('StopIteration', 'Collection contains more than one item')
      return first.value
    },
  }),
  method('selectMany', {
    says: 'What an expression makes of each item; in place of lists their items.',
    takes: { collection, selector: lambda },
    example: ['[[1, 2], [3]].selectMany($)', '[1, 2, 3]'],
    gives: ({ collection, selector }) => stream(mappedFlat(collection, selector)),
  }),
  method('zip', {
    says: 'The first items of all collections in a list, then the second ones, up to the end of the shortest.',
    takes: { collections: rest(collection) },
    example: ['[1, 2].zip([a, b])', '[[1, "a"], [2, "b"]]'],
    gives: ({ collections }) => stream(zipped(collections, MISSING), 'zip'),
  }),
  method('zipLongest', {
    says: 'As `zip`, up to the end of the longest; `default` stands for what is missing.',
    takes: { collections: rest(collection), named: named(any) },
    example: ['[1, 2].zipLongest([a], default => 0)', '[[1, "a"], [2, 0]]'],
    gives: ({ collections, named: values }) =>
      stream(zipped(collections, values.get('default') ?? null), 'itertools.zip_longest'),
  }),
  method('join', {
    says: 'Every pair of items of two collections for which a condition holds, as an expression makes it.',
    takes: { collection1: collection, collection2: collection, predicate: lambda, selector: lambda },
    example: ['[1, 2].join([2, 3], $1 = $2, $1)', '[2]'],
    gives: ({ collection1, collection2, predicate, selector }, { run }) =>
      stream(joined(collection1, memorized(collection2, run), { predicate, selector })),
  }),
  method('repeat', {
    says: 'A value so many times; without a number for ever.',
    takes: { value: any, times: optional(integer, -1n) },
    example: ['x.repeat(2)', '["x", "x"]'],
    gives: ({ value, times }) => stream(repeated(value, times), 'itertools.repeat'),
  }),
  method('cycle', {
    says: 'The items again and again.',
    takes: { collection },
    example: ['[1, 2].cycle().take(3)', '[1, 2, 1]'],
    gives: ({ collection }, { run }) => stream(cycled(collection, run), 'itertools.cycle'),
  }),
  method('accumulate', {
    says: 'As `aggregate`, but everything that comes out on the way.',
    takes: { collection, selector: lambda, seed: optional(any, MISSING) },
    example: ['[1, 2, 3].accumulate($1 + $2)', '[1, 3, 6]'],
    gives: ({ collection, selector, seed }) => stream(accumulated(collection, selector, seed)),
  }),
  method('defaultIfEmpty', {
    says: 'The collection, or another one if it is empty.',
    takes: { collection, default: collection },
    example: ['[].defaultIfEmpty([1])', '[1]'],
    gives({ collection, default: otherwise }, { run }) {
      const memorable = memorized(collection, run)
      return itemsOf(memorable).next().done ? otherwise : memorable
    },
  }),
  define('range', {
    says: 'Integers from 0 up to a number, without it.',
    takes: { stop: integer },
    example: ['range(3)', '[0, 1, 2]'],
    gives: ({ stop }) => stream(integers(0n, 1n, stop), 'range_iterator'),
  }),
  define('range', {
    says: 'Integers from a number up to another, without that.',
    takes: { start: integer, stop: integer, step: optional(integer, 1n) },
    example: ['range(1, 6, 2)', '[1, 3, 5]'],
    gives({ start, stop, step }) {
      if (step === 0n) throw new YaqlError('ValueError', 'range() arg 3 must not be zero')
      return stream(integers(start, step, stop), 'range_iterator')
    },
  }),
  define('sequence', {
    says: 'Integers from a number on, without end.',
    takes: { start: optional(integer, 0n), step: optional(integer, 1n) },
    example: ['sequence(5, 2).take(2)', '[5, 7]'],
    gives: ({ start, step }) => stream(integers(start, step), 'itertools.count'),
  }),
]

function* filtered(value: Collection, predicate: Lambda): Generator<Value> {
  for (const item of iterable(itemsOf(value))) if (isTrue(predicate(item))) yield item
}

function* mapped(value: Collection, selector: Lambda): Generator<Value> {
  for (const item of iterable(itemsOf(value))) yield selector(item)
}

function* mappedFlat(value: Collection, selector: Lambda): Generator<Value> {
  for (const item of iterable(itemsOf(value))) {
    const made = selector(item)
    if (isIterable(made)) yield* iterable(itemsOf(made))
    else yield made
  }
}

function nonNegative(count: bigint, name: 'skip' | 'limit'): bigint {
  if (count >= 0n) return count
  throw badPlace(name === 'limit' && count === -1n)
}

/** What the original says of numbers that are no places; it has other words for a stop of -1. */
export const badPlace = (isStop: boolean): YaqlError =>
  valueError(
    `${isStop ? 'Stop argument' : 'Indices'} for islice() must be None or an integer: 0 <= x <= sys.maxsize.`,
  )

function* sliced(value: Collection, from: bigint, to?: bigint): Generator<Value> {
  const iterator = itemsOf(value)
  for (let at = 0n; to === undefined || at < to; at++) {
    const { done, value: item } = iterator.next()
    if (done) return
    if (at >= from) yield item
  }
}

function* takenWhile(value: Collection, predicate: Lambda): Generator<Value> {
  for (const item of iterable(itemsOf(value))) {
    if (!isTrue(predicate(item))) return
    yield item
  }
}

function* skippedWhile(value: Collection, predicate: Lambda): Generator<Value> {
  let isOver = false
  for (const item of iterable(itemsOf(value))) {
    isOver ||= !isTrue(predicate(item))
    if (isOver) yield item
  }
}

function* numbered(value: Collection, start: bigint | null): Generator<Value> {
  if (start === null) throw typeError("'NoneType' object cannot be interpreted as an integer")
  let number = start
  for (const item of iterable(itemsOf(value))) yield list([number++, item])
}

/** What is there; an error that has no words if there is nothing. */
function present(value: Value | typeof MISSING): Value {
  if (value === MISSING) throw new YaqlError('StopIteration', '')
  return value
}

function reduced(
  value: Collection,
  combine: (left: Value, right: Value) => Value,
  seed: Value | typeof MISSING,
): Value {
  let result = seed
  for (const item of iterable(itemsOf(value))) result = result === MISSING ? item : combine(result, item)
  if (result === MISSING) throw typeError('reduce() of empty iterable with no initial value')
  return result
}

function* accumulated(value: Collection, selector: Lambda, seed: Value | typeof MISSING): Generator<Value> {
  let result = seed
  if (result !== MISSING) yield result
  for (const item of iterable(itemsOf(value))) {
    result = result === MISSING ? item : selector(result, item)
    yield result
  }
  if (result === MISSING) throw typeError('accumulate() of empty sequence with no initial value')
}

function* zipped(values: readonly Collection[], missing: Value | typeof MISSING): Generator<Value> {
  const iterators = values.map(itemsOf)
  while (iterators.length > 0) {
    const row: Value[] = []
    let ended = 0
    for (const iterator of iterators) {
      const { done, value } = iterator.next()
      if (done && missing === MISSING) return
      if (done) ended++
      row.push(done ? (missing as Value) : value)
    }
    if (ended === iterators.length) return
    yield tuple(row)
  }
}

function* joined(
  left: Collection,
  right: Collection,
  { predicate, selector }: { readonly predicate: Lambda; readonly selector: Lambda },
): Generator<Value> {
  for (const one of iterable(itemsOf(left))) {
    for (const other of iterable(itemsOf(right)))
      if (isTrue(predicate(one, other))) yield selector(one, other)
  }
}

function* repeated(value: Value, times: bigint): Generator<Value> {
  for (let i = 0n; times < 0n || i < times; i++) yield value
}

function* cycled(value: Collection, run: Run): Generator<Value> {
  const items: Value[] = []
  for (const item of iterable(itemsOf(value))) {
    items.push(item)
    yield item
  }
  while (items.length > 0) {
    run.step(items.length)
    yield* items
  }
}

function* integers(start: bigint, step: bigint, stop?: bigint): Generator<Value> {
  for (let at = start; stop === undefined || (step > 0n ? at < stop : at > stop); at += step) yield at
}
