import { itemsOf } from '../expression.ts'
import { Refusal, templateFunction } from '../function.ts'
import { sameValue } from './same.ts'

/** Whether a list has a value, or a text a part. */
export const contains = templateFunction('contains', {
  summary: 'Tells whether a list or text contains a value.',
  example: 'contains: [blue, { get_param: colours }]',
  misuse(args) {
    const count = itemsOf(args)?.length ?? 0
    if (count === 0)
      return 'Incorrect arguments to "contains" should be: "contains" : [ "value1", [ "value1", "value2"]]'
    return count === 2 ? undefined : 'Arguments to "contains" must be of the form: [value1, [value1, value2]]'
  },
  evaluate(args) {
    const [value, where] = args as readonly unknown[]
    if (Array.isArray(where)) return where.some((item) => sameValue(item, value))
    if (typeof where === 'string' && typeof value === 'string') return where.includes(value)
    throw new Refusal('Second argument to "contains" should be a sequence.')
  },
})
