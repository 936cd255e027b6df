import { itemsOf } from '../expression.ts'
import { Refusal, templateFunction } from '../function.ts'
import { isNothing } from '../nothing.ts'
import { identityOf } from './same.ts'

/** A list without the values that another list names. */
export const filter = templateFunction('filter', {
  summary: 'Leaves values out of a list.',
  usage: 'filter: [VALUES, LIST]',
  arguments: [
    { name: 'VALUES', kind: 'list', meaning: 'What is to be left out.' },
    { name: 'LIST', kind: 'list', meaning: 'What it is left out of; the order stays.' },
  ],
  examples: [
    { call: 'filter: [[b, d], [a, b, c, d, b]]', gives: '[a, c]' },
    {
      shows: 'Nothing and empty texts go',
      call: 'filter: [[null, ""], { get_attr: [group, names] }]',
      where: { attributes: { group: { names: ['web', '', null, 'db'] } } },
      gives: '[web, db]',
    },
    { shows: 'A list that is null stays null', call: 'filter: [[a], null]', gives: 'null' },
    {
      shows: 'A text is no list',
      call: 'filter: [[a], abc]',
      refuses: '"filter" only works with lists',
    },
  ],
  notes: ['Items are compared as `equals` compares: the text `"1"` is not the number `1`.'],
  places: 2,
  misuse(args) {
    const count = itemsOf(args)?.length
    if (count === undefined) return 'Argument to "filter" must be a list'
    return count === 2
      ? undefined
      : `"filter" expected 2 arguments of the form [values, sequence] but got ${count} arguments instead`
  },
  evaluate(args) {
    const [values, list] = args as readonly unknown[]
    if (isNothing(list)) return list
    if (!Array.isArray(list)) throw new Refusal('"filter" only works with lists')
    if (isNothing(values)) return list
    if (!Array.isArray(values)) throw new Refusal('"filter" filters a list of values')
    const unwanted = new Set(values.map(identityOf))
    return list.filter((item: unknown) => !unwanted.has(identityOf(item)))
  },
})
