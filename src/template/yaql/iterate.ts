import { YaqlError } from './problem.ts'
import { depths, type Run } from './run.ts'
import {
  compound,
  isSequence,
  isSet,
  type Ordering,
  type Sequence,
  type SetOf,
  type Stream,
  stream,
  tuple,
  type Value,
  type View,
} from './values.ts'

/** What can be gone through. */
export type Collection = Sequence | SetOf | View | Stream | Ordering

/** The items of a value, each worked out when it is asked for. */
export function itemsOf(value: Collection): Iterator<Value> {
  switch (value.is) {
    case 'tuple':
    case 'list':
      return value.items.values()
    case 'set':
      return value.items.values()
    case 'view':
      return itemsOfView(value)
    case 'stream':
      return value.from()
    case 'ordering':
      return inOrder(value)
  }
}

function* itemsOfView({ of, shows }: View): Iterator<Value> {
  for (const [key, value] of of.entries.values())
    yield shows === 'keys' ? key : shows === 'values' ? value : tuple([key, value])
}

function* inOrder({ items, criteria, compare }: Ordering): Iterator<Value> {
  const all = [...iterable(items())]
  const ordered = all.sort((left, right) => {
    for (const { select, ascending } of criteria) {
      const order = compare(select(left), select(right))
      if (order !== 0) return ascending ? order : -order
    }
    return 0
  })
  yield* ordered
}

/** An iterator for `for` loops. */
export const iterable = <T>(iterator: Iterator<T>): Iterable<T> => ({ [Symbol.iterator]: () => iterator })

/** A collection such that no more items are taken of it than the limit allows. */
export function limited(value: Collection, run: Run): Collection {
  const most = run.limits.iterators
  const size = isSequence(value)
    ? value.items.length
    : isSet(value)
      ? value.is === 'set'
        ? value.items.size
        : value.of.entries.size
      : undefined
  if (size === undefined) return stream(counted(value, run))
  if (most >= 0 && size > most) throw tooLarge(most)
  run.step(size)
  return value
}

function* counted(value: Collection, run: Run): Generator<Value> {
  const iterator = itemsOf(value)
  const most = run.limits.iterators
  for (let count = 0; ; count++) {
    run.step()
    const { done, value: item } = run.within(() => iterator.next(), depths.items)
    if (done) return
    if (most >= 0 && count >= most) throw tooLarge(most)
    yield item
  }
}

const tooLarge = (most: number): YaqlError =>
  new YaqlError('CollectionTooLargeException', `Collection length exceeds ${most} elements`)

/** The items of a collection as a list. */
export function gathered(value: Collection, run: Run): readonly Value[] {
  if (isSequence(value)) return value.items
  const items: Value[] = []
  for (const item of iterable(itemsOf(value))) {
    run.step()
    items.push(item)
  }
  return items
}

/** Goes through a stream once, and through what it gave as often as is asked for. */
export function memorized(value: Collection, run: Run): Collection {
  if (compound(value) !== 'stream') return value
  const source = itemsOf(value)
  const known: Value[] = []
  function* from(): Generator<Value> {
    for (let i = 0; ; i++) {
      if (i === known.length) {
        const { done, value: item } = source.next()
        if (done) return
        known.push(item)
        run.weighBytes(56 + 8 * known.length)
      }
      run.step()
      yield known[i] ?? null
    }
  }
  return { is: 'stream', from }
}
