import { sameJson } from '../../base/json.ts'
import { itemsOf } from '../expression.ts'
import { templateFunction } from '../function.ts'

/** Whether two values are the same, their kinds included: the text '1' is not the number 1. */
export const equals = templateFunction('equals', {
  summary: 'Tells whether two values are equal.',
  example: 'equals: [{ get_param: environment }, production]',
  misuse: (args) =>
    itemsOf(args)?.length === 2 ? undefined : 'Arguments to "equals" must be of the form: [value_1, value_2]',
  evaluate(args) {
    const [one, other] = args as readonly unknown[]
    return sameJson(one, other)
  },
})
