import { entriesOf } from '../expression.ts'
import { Refusal, templateFunction } from '../function.ts'
import { spendItems } from '../spend.ts'

const form = '"str_split" : [ ",", "apples,pears", <index>]'

/** Splits a text at a delimiter; with an index, one of its parts. */
export const strSplit = templateFunction('str_split', {
  summary: 'Splits a text at a delimiter.',
  usage: 'str_split: [DELIMITER, TEXT]\nstr_split: [DELIMITER, TEXT, INDEX]',
  arguments: [
    {
      name: 'DELIMITER',
      kind: 'text',
      meaning: 'What stands between two parts; it is a plain text, no pattern.',
    },
    { name: 'TEXT', kind: 'text', meaning: 'What is split.' },
    {
      name: 'INDEX',
      kind: 'number',
      meaning: 'Which part is wanted, counted from zero; a negative one counts from the end.',
      optional: true,
    },
  ],
  examples: [
    { call: 'str_split: [",", "apples,pears"]', gives: '[apples, pears]' },
    {
      shows: 'One of the parts',
      call: 'str_split: [":", { get_param: image }, 1]',
      where: { parameters: { image: 'ubuntu:24.04' } },
      gives: '"24.04"',
    },
    { shows: 'Spaces stay', call: 'str_split: [",", "apples, pears,"]', gives: '[apples, " pears", ""]' },
    {
      shows: 'There must be such a part',
      call: 'str_split: [",", "apples,pears", 2]',
      refuses: 'Incorrect index to "str_split" should be between 0 and 1',
    },
  ],
  notes: ['A text that is null gives null. An empty delimiter is an error.'],
  misuse: (args) =>
    (args.is === 'data' && typeof args.value === 'string') || entriesOf(args)
      ? `Incorrect arguments to "str_split" should be: ${form}`
      : undefined,
  evaluate(args, run) {
    const [delimiter, text, index] = Array.isArray(args) ? (args as readonly unknown[]) : []
    if (!Array.isArray(args) || args.length < 2)
      throw new Refusal(`Incorrect arguments to "str_split" should be: ${form}`)
    if (text === null) return null
    if (typeof text !== 'string' || (typeof delimiter !== 'string' && delimiter !== null))
      throw new Refusal(`Incorrect arguments to "str_split" should be: ${form}`)
    if (delimiter === '') throw new Refusal(`The delimiter of "str_split" is empty; it should be: ${form}`)
    // Without a delimiter it is the white space, and what stands between.
    const parts = delimiter === null ? text.split(/\s+/).filter(Boolean) : text.split(delimiter)
    spendItems(run, parts.length)
    return args.length > 2 ? part(parts, index) : parts
  },
})

function part(parts: readonly string[], index: unknown): string {
  const number =
    typeof index === 'number' || typeof index === 'boolean'
      ? Math.trunc(Number(index))
      : typeof index === 'string' && /^\s*[-+]?\d+(_\d+)*\s*$/.test(index)
        ? Number(index.replaceAll('_', ''))
        : undefined
  if (number === undefined) throw new Refusal(`Incorrect index to "str_split" should be: ${form}`)
  const found = parts.at(number)
  if (found !== undefined) return found
  throw new Refusal(`Incorrect index to "str_split" should be between 0 and ${parts.length - 1}`)
}
