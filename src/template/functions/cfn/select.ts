import { isMap, parseShallowJson } from '../../../base/json.ts'
import { messageOf } from '../../../base/problem.ts'
import { hasUnknown, integerIn, UNKNOWN } from '../../../schema/index.ts'
import { itemsOf } from '../../expression.ts'
import { Refusal, templateFunction } from '../../function.ts'

/** An item of a list, or a value of a map. */
export const select = templateFunction('Fn::Select', {
  summary: 'Gives an item of a list by its index, or a value of a map by its key.',
  usage: '"Fn::Select": [INDEX, COLLECTION]',
  arguments: [
    {
      name: 'INDEX',
      kind: 'number or text',
      meaning: 'An index of a list, counted from zero, or a key of a map.',
    },
    {
      name: 'COLLECTION',
      kind: 'list, map or text',
      meaning: 'What it is taken from; a text is read as JSON.',
    },
  ],
  examples: [
    { call: '"Fn::Select": [1, [red, green, blue]]', gives: 'green' },
    { call: '"Fn::Select": [colour, { colour: red }]', gives: 'red' },
    { call: `"Fn::Select": [colour, '{"colour": "red"}']`, gives: 'red', shows: 'A text is read as JSON' },
    { call: '"Fn::Select": [7, [red]]', gives: '""', shows: 'What is not there is an empty text' },
    {
      shows: 'A list has no keys',
      call: '"Fn::Select": [colour, [red]]',
      refuses: 'Index to "Fn::Select" must be an integer',
    },
  ],
  notes: [
    'An index may be written as a text; a negative one counts from the end.',
    'Out of an empty text, or out of null, comes an empty text.',
  ],
  partial: true,
  misuse: (args) =>
    itemsOf(args)?.length === 2
      ? undefined
      : 'Arguments to "Fn::Select" must be of the form [index, collection]',
  evaluate(args) {
    const [index, from] = args as readonly unknown[]
    if (hasUnknown(index) || from === UNKNOWN) return UNKNOWN
    const collection = typeof from === 'string' && from !== '' ? parsed(from) : from
    if (collection === null || from === '') return ''
    if (isMap(collection)) return valueIn(collection, index)
    if (Array.isArray(collection)) return itemOf(collection, index)
    throw new Refusal('Arguments to Fn::Select not fully resolved')
  },
})

function parsed(text: string): unknown {
  try {
    return parseShallowJson(text)
  } catch (error) {
    throw new Refusal(`"Fn::Select": ${messageOf(error)}`)
  }
}

function valueIn(map: Readonly<Record<string, unknown>>, key: unknown): unknown {
  if (typeof key !== 'string') throw new Refusal('Index to "Fn::Select" must be a string')
  return Object.hasOwn(map, key) ? map[key] : ''
}

function itemOf(list: readonly unknown[], index: unknown): unknown {
  const number = typeof index === 'string' ? (integerIn(index) ?? index) : index
  if (typeof number !== 'number' && typeof number !== 'boolean')
    throw new Refusal('Index to "Fn::Select" must be an integer')
  const found = list.at(Math.trunc(Number(number)))
  return found === undefined ? '' : found
}
