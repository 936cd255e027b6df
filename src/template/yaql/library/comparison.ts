import { type Definition, define } from '../definition.ts'
import { itemsOfSet, same } from '../equality.ts'
import { any, type Kind, moment, nothing, notNull, number, set, span, text } from '../kinds.ts'
import type { Run } from '../run.ts'
import { compareTexts } from '../text.ts'
import type { SetOf, Value, View } from '../values.ts'

const signs: readonly (readonly [name: string, holds: (order: number) => boolean])[] = [
  ['<', (order) => order < 0],
  ['<=', (order) => order <= 0],
  ['>', (order) => order > 0],
  ['>=', (order) => order >= 0],
]

/** What the operators of comparison mean for values of each kind. */
export const comparison: readonly Definition[] = [
  define('*equal', {
    says: 'Whether values are equal. 1, 1.0 and true are.',
    takes: { left: any, right: any },
    example: ['1 = 1.0', 'true'],
    gives: ({ left, right }, { run }) => same(left, right, run),
  }),
  define('*not_equal', {
    says: 'Whether values differ.',
    takes: { left: any, right: any },
    example: ["1 != '1'", 'true'],
    gives: ({ left, right }, { run }) => !same(left, right, run),
  }),
  ...ordered('numbers', number, '1 < 2', (left, right) =>
    left < right ? -1 : left > right ? 1 : left >= right ? 0 : undefined,
  ),
  ...ordered('strings, character by character', text, "'a' < 'b'", compareTexts),
  ...ordered('datetimes', moment, 'datetime(2020, 1, 1) < datetime(2020, 1, 2)', (left, right) =>
    Number(left.at - right.at),
  ),
  ...ordered('timespans', span, 'timespan(minutes => 1) < timespan(hours => 1)', (left, right) =>
    Number(left.microseconds - right.microseconds),
  ),
  ...ordered('sets: whether one is part of the other', set, 'set(1) < set(1, 2)', compareSets),
  ...signs.flatMap(([name, holds]) => [
    nullComparison(name, { left: notNull, right: nothing }, holds(1)),
    nullComparison(name, { left: nothing, right: notNull }, holds(-1)),
    nullComparison(name, { left: nothing, right: nothing }, holds(0)),
  ]),
]

type Sides = { readonly left: Kind<Value>; readonly right: Kind<Value> }

function nullComparison(name: string, takes: Sides, result: boolean): Definition {
  return define(`#operator_${name}`, {
    says: 'Null comes before everything else.',
    takes,
    example: [`null ${name} 1`, String(['<', '<='].includes(name))],
    gives: () => result,
  })
}

/** The four comparisons of values that have an order; `undefined` where two of them have none. */
function ordered<T extends Value>(
  what: string,
  kind: Kind<T>,
  example: string,
  compare: (left: T, right: T, run: Run) => number | undefined,
): readonly Definition[] {
  return signs.map(([name, holds]) =>
    define(`#operator_${name}`, {
      says: `Compares ${what}.`,
      takes: { left: kind, right: kind },
      example: [example.replace('<', name), String(holds(-1))],
      gives({ left, right }, { run }) {
        const order = compare(left, right, run)
        return order !== undefined && holds(order)
      },
    }),
  )
}

function compareSets(left: SetOf | View, right: SetOf | View, run: Run): number | undefined {
  const [one, other] = [itemsOfSet(left, run), itemsOfSet(right, run)]
  const isPart = [...one.keys()].every((key) => other.has(key))
  if (isPart) return one.size - other.size
  return [...other.keys()].every((key) => one.has(key)) ? 1 : undefined
}
