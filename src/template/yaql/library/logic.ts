import { define, method } from '../definition.ts'
import { any, integer, lambda, lazyRule, rest } from '../kinds.ts'
import { isTrue, stream, type Value } from '../values.ts'

/** Truth values, and choosing by them. */
export const logic = [
  define('#operator_and', {
    says: 'The left value if it counts as false, else the right one, which is only then worked out.',
    takes: { left: lambda, right: lambda },
    example: ['true and false', 'false'],
    gives({ left, right }) {
      const value = left()
      return isTrue(value) ? right() : value
    },
  }),
  define('#operator_or', {
    says: 'The left value if it counts as true, else the right one, which is only then worked out.',
    takes: { left: lambda, right: lambda },
    example: ["'' or 'x'", '"x"'],
    gives({ left, right }) {
      const value = left()
      return isTrue(value) ? value : right()
    },
  }),
  define('#unary_operator_not', {
    says: 'Whether a value counts as false: false, null, 0, and what is empty.',
    takes: { arg: any },
    example: ['not []', 'true'],
    gives: ({ arg }) => !isTrue(arg),
  }),
  define('bool', {
    says: 'Whether a value counts as true.',
    takes: { value: any },
    example: ["bool('x')", 'true'],
    gives: ({ value }) => isTrue(value),
  }),
  define('isBoolean', {
    says: 'Whether a value is true or false.',
    takes: { value: any },
    example: ['isBoolean(1)', 'false'],
    gives: ({ value }) => typeof value === 'boolean',
  }),
  define('switch', {
    says: 'The value of the first condition that holds; null if none does.',
    keywords: false,
    takes: { args: rest(lazyRule) },
    example: ["switch(1 > 2 => 'a', true => 'b')", '"b"'],
    gives: ({ args }) => args.find(({ key }) => isTrue(key()))?.value() ?? null,
  }),
  define('selectCase', {
    says: 'The number of the first condition that holds, counted from 0; of one too many if none does.',
    takes: { args: rest(lambda) },
    example: ['selectCase(1 > 2, 2 > 1)', '1'],
    gives({ args }) {
      const found = args.findIndex((condition) => isTrue(condition()))
      return BigInt(found < 0 ? args.length : found)
    },
  }),
  define('selectAllCases', {
    says: 'The numbers of all conditions that hold.',
    takes: { args: rest(lambda) },
    example: ['selectAllCases(true, false, true)', '[0, 2]'],
    gives: ({ args }) => stream(numbersOfTrue(args)),
  }),
  define('examine', {
    says: 'Whether each condition holds.',
    takes: { args: rest(lambda) },
    example: ['examine(1, 0)', '[true, false]'],
    gives: ({ args }) => stream(truths(args)),
  }),
  method('switchCase', {
    says: 'The argument of that number; of the last one for all other numbers.',
    takes: { case: integer, args: rest(lambda) },
    example: ["1.switchCase('a', 'b', 'c')", '"b"'],
    gives({ case: number, args }) {
      const chosen = number >= 0n ? args[Number(number)] : undefined
      return (chosen ?? args.at(-1))?.() ?? null
    },
  }),
  define('coalesce', {
    says: 'The first value that is not null.',
    takes: { args: rest(lambda) },
    example: ['coalesce(null, 1)', '1'],
    gives({ args }) {
      for (const arg of args) {
        const value = arg()
        if (value !== null) return value
      }
      return null
    },
  }),
]

function* numbersOfTrue(conditions: readonly (() => Value)[]): Iterator<Value> {
  for (const [i, condition] of conditions.entries()) if (isTrue(condition())) yield BigInt(i)
}

function* truths(conditions: readonly (() => Value)[]): Iterator<Value> {
  for (const condition of conditions) yield isTrue(condition())
}
