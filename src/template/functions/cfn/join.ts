import { templateFunction } from '../../function.ts'
import { joinOne, misuseOfJoin } from '../list-join.ts'

/** Joins the texts of a list. */
export const join = templateFunction('Fn::Join', {
  summary: 'Joins the texts of a list into one.',
  usage: '"Fn::Join": [DELIMITER, LIST]',
  arguments: [
    { name: 'DELIMITER', kind: 'text', meaning: 'What stands between two items; it may be empty.' },
    { name: 'LIST', kind: 'list of texts', meaning: 'What is joined.' },
  ],
  examples: [
    { call: '"Fn::Join": ["-", [web, { Ref: Zone }]]', gives: 'web-a', where: { parameters: { Zone: 'a' } } },
    {
      shows: 'An item that is null is an empty text',
      call: '"Fn::Join": [",", [one, null, two]]',
      gives: 'one,,two',
    },
    {
      shows: 'Only texts are joined',
      call: '"Fn::Join": ["", [eth, 0]]',
      refuses: 'Items to join must be strings not 0',
    },
  ],
  notes: [
    'Numbers, truth values, maps and lists among the items are errors. A list that is null counts as empty.',
  ],
  misuse: (args) => misuseOfJoin('Fn::Join', args),
  evaluate: joinOne,
})
