import { type Expression, itemsOf } from '../expression.ts'
import { templateFunction } from '../function.ts'
import { sameValue } from './same.ts'

/** Whether two values are the same, their kinds included: the text '1' is not the number 1. */
export const equals = templateFunction('equals', {
  summary: 'Tells whether two values are equal.',
  example: 'equals: [{ get_param: environment }, production]',
  misuse: (args) => misuseOfEquals('equals', args),
  evaluate: areEqual,
})

/** What is wrong with the arguments of a function that compares two values. */
export function misuseOfEquals(name: string, args: Expression): string | undefined {
  return itemsOf(args)?.length === 2
    ? undefined
    : `Arguments to "${name}" must be of the form: [value_1, value_2]`
}

/** Whether the two values of a list are the same. */
export function areEqual(args: unknown): boolean {
  const [one, other] = args as readonly unknown[]
  return sameValue(one, other)
}
