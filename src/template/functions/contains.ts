import { itemsOf } from '../expression.ts'
import { Refusal, templateFunction } from '../function.ts'
import { identityOf } from './same.ts'

/** Whether a list has a value, or a text a part. */
export const contains = templateFunction('contains', {
  summary: 'Tells whether a list or text contains a value.',
  usage: 'contains: [VALUE, SEQUENCE]',
  arguments: [
    { name: 'VALUE', kind: 'any value', meaning: 'What is looked for.' },
    { name: 'SEQUENCE', kind: 'list or text', meaning: 'Where it is looked for.' },
  ],
  examples: [
    {
      call: 'contains: [blue, { get_param: colours }]',
      where: { parameters: { colours: ['green', 'blue'] } },
      gives: 'true',
    },
    {
      shows: 'In a text, any part of it',
      call: 'contains: [ubuntu, { get_param: image }]',
      where: { parameters: { image: 'ubuntu-24.04-minimal' } },
      gives: 'true',
    },
    {
      shows: 'A number is not the text of its digits',
      call: 'contains: [80, ["80", "443"]]',
      gives: 'false',
    },
    {
      shows: 'A map is nothing to look in',
      call: 'contains: [a, { a: 1, b: 2 }]',
      refuses: 'Second argument to "contains" should be a sequence.',
    },
  ],
  notes: [
    'It gives a truth value. It may be called for a value as well as for a condition.',
    'Items are compared as `equals` compares: maps and lists by what is in them.',
  ],
  places: 2,
  misuse(args) {
    const count = itemsOf(args)?.length ?? 0
    if (count === 0)
      return 'Incorrect arguments to "contains" should be: "contains" : [ "value1", [ "value1", "value2"]]'
    return count === 2 ? undefined : 'Arguments to "contains" must be of the form: [value1, [value1, value2]]'
  },
  evaluate(args) {
    const [value, where] = args as readonly unknown[]
    if (Array.isArray(where)) {
      const sought = identityOf(value)
      return where.some((item) => identityOf(item) === sought)
    }
    if (typeof where === 'string') {
      if (typeof value === 'string') return where.includes(value)
      throw new Refusal('"contains" can only look for a string in a string')
    }
    throw new Refusal('Second argument to "contains" should be a sequence.')
  },
})
