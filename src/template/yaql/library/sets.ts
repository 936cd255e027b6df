import { define, either, method } from '../definition.ts'
import { itemsOfSet, setOf } from '../equality.ts'
import { any, rest, set } from '../kinds.ts'
import { YaqlError } from '../problem.ts'
import type { Run } from '../run.ts'
import { kindOf, type SetOf, type Value, type View } from '../values.ts'

/** Sets. */
export const sets = [
  either('len', {
    says: 'The number of items.',
    takes: { set },
    example: ['set(1, 1).len()', '1'],
    gives: ({ set }, { run }) => BigInt(itemsOfSet(set, run).size),
  }),
  method('union', {
    says: 'What is in either set.',
    takes: { left: set, right: set },
    example: ['set(1).union(set(2))', '[1, 2]'],
    gives: ({ left, right }, { run }) =>
      setOf([...itemsIn(left, 'union'), ...itemsOfSet(right, run).values()], run),
  }),
  method('intersect', {
    says: 'What is in both sets.',
    takes: { left: set, right: set },
    example: ['set(1, 2).intersect(set(2, 3))', '[2]'],
    gives: ({ left, right }, { run }) => intersection(left, right, run),
  }),
  method('difference', {
    says: 'What is in the first set and not in the second.',
    takes: { left: set, right: set },
    example: ['set(1, 2).difference(set(2))', '[1]'],
    gives: ({ left, right }, { run }) => difference(left, right, run),
  }),
  define('#operator_-', {
    says: 'What is in the first set and not in the second.',
    takes: { left: set, right: set },
    example: ['set(1, 2) - set(2)', '[1]'],
    gives: ({ left, right }, { run }) => difference(left, right, run),
  }),
  method('symmetricDifference', {
    says: 'What is in one set and not in the other.',
    takes: { left: set, right: set },
    example: ['set(1, 2).symmetricDifference(set(2, 3))', '[1, 3]'],
    gives({ left, right }, { run }) {
      const items = [...itemsIn(left, 'symmetric_difference')]
      const [here, there] = [setOf(items, run), setOf(itemsOfSet(right, run).values(), run)]
      return setOf(
        [...difference(here, there, run).items.values(), ...difference(there, here, run).items.values()],
        run,
      )
    },
  }),
  method('add', {
    says: 'The set with further items.',
    takes: { set, values: rest(any) },
    example: ['set(1).add(2, 3)', '[1, 2, 3]'],
    gives: ({ set, values }, { run }) => setOf([...itemsIn(set, 'union'), ...values], run),
  }),
  method('remove', {
    says: 'The set without some items.',
    takes: { set, values: rest(any) },
    example: ['set(1, 2).remove(2)', '[1]'],
    gives: ({ set, values }, { run }) => difference(set, setOf(values, run), run),
  }),
]

/** The items of a set. Views of dictionaries are compared like sets, but nothing is made of them. */
function itemsIn(one: SetOf | View, doing: string): Iterable<Value> {
  if (one.is === 'set') return one.items.values()
  throw new YaqlError('AttributeError', `'${kindOf(one)}' object has no attribute '${doing}'`)
}

function intersection(left: SetOf | View, right: SetOf | View, run: Run): SetOf {
  itemsIn(left, 'intersection')
  const others = itemsOfSet(right, run)
  return kept(left, (key) => others.has(key), run)
}

function difference(left: SetOf | View, right: SetOf | View, run: Run): SetOf {
  itemsIn(left, 'difference')
  const others = itemsOfSet(right, run)
  return kept(left, (key) => !others.has(key), run)
}

function kept(one: SetOf | View, keeps: (key: string) => boolean, run: Run): SetOf {
  return { is: 'set', items: new Map([...itemsOfSet(one, run)].filter(([key]) => keeps(key))) }
}
