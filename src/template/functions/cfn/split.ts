import { kindOf } from '../../../base/text.ts'
import { entriesOf, itemsOf } from '../../expression.ts'
import { Refusal, templateFunction } from '../../function.ts'
import { spendItems } from '../../spend.ts'

/** Splits a text at a delimiter. */
export const split = templateFunction('Fn::Split', {
  summary: 'Splits a text at a delimiter.',
  usage: '"Fn::Split": [DELIMITER, TEXT]',
  arguments: [
    {
      name: 'DELIMITER',
      kind: 'text',
      meaning: 'What stands between two parts, written out: no call may give it.',
    },
    { name: 'TEXT', kind: 'text', meaning: 'What is split.' },
  ],
  examples: [
    { call: '"Fn::Split": [",", "apples,pears"]', gives: '[apples, pears]' },
    { shows: 'Spaces stay', call: '"Fn::Split": [",", "apples, pears,"]', gives: '[apples, " pears", ""]' },
    {
      shows: 'The delimiter must be written out',
      call: '"Fn::Split": [{ Ref: Delimiter }, "apples,pears"]',
      refuses: 'Delimiter for Fn::Split must be string',
      where: { parameters: { Delimiter: ',' } },
    },
  ],
  misuse: (args) =>
    args.is === 'call' || entriesOf(args) || itemsOf(args)?.length !== 2
      ? 'Incorrect arguments to "Fn::Split" should be: "Fn::Split" : [ ",", "str1,str2"]]'
      : undefined,
  evaluate(args, run, call) {
    const [delimiter, text] = args as readonly unknown[]
    if (itemsOf(call.args)?.[0]?.is !== 'data' || typeof delimiter !== 'string')
      throw new Refusal('Delimiter for Fn::Split must be string')
    if (typeof text !== 'string')
      throw new Refusal(`String to split must be string; got <class '${kindOf(text)}'>`)
    if (delimiter === '') throw new Refusal('empty separator')
    const parts = text.split(delimiter)
    spendItems(run, parts.length)
    return parts
  },
})
