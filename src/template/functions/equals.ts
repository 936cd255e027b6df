import { type Expression, itemsOf } from '../expression.ts'
import { templateFunction } from '../function.ts'
import { identityOf } from './same.ts'

/** Whether two values are the same, their kinds included: the text '1' is not the number 1. */
export const equals = templateFunction('equals', {
  summary: 'Tells whether two values are equal.',
  usage: 'equals: [VALUE, VALUE]',
  arguments: [{ name: 'VALUE', kind: 'any value', meaning: 'The two values that are compared.' }],
  examples: [
    {
      call: 'equals: [{ get_param: environment }, production]',
      where: { parameters: { environment: 'production' } },
      gives: 'true',
    },
    { shows: 'A number is not the text of its digits', call: 'equals: [1, "1"]', gives: 'false' },
    { shows: 'Letters count as they are', call: 'equals: [Production, production]', gives: 'false' },
    {
      shows: 'Maps and lists are compared by what is in them',
      call: 'equals: [{ get_param: sizes }, { disk: 10, memory: 512 }]',
      where: { parameters: { sizes: { memory: 512, disk: 10 } } },
      gives: 'true',
    },
  ],
  notes: [
    'It may stand in `conditions`, in the `condition` of a resource or output, and as the first argument of `if`; nowhere else.',
    'A parameter has the kind that it is declared with: one of type `number` equals `1`, one of type `string` equals `"1"`, and one of type `boolean` equals `true`.',
  ],
  places: 2,
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
  return identityOf(one) === identityOf(other)
}
