import { templateFunction } from '../../function.ts'
import { joinOne, misuseOfJoin } from '../list-join.ts'

/** Joins the texts of a list. */
export const join = templateFunction('Fn::Join', {
  summary: 'Joins the texts of a list into one.',
  example: '"Fn::Join": [", ", [one, two]]',
  examples: [
    { call: '"Fn::Join": ["-", [web, { Ref: Zone }]]', gives: 'web-a', where: { parameters: { Zone: 'a' } } },
    { call: '"Fn::Join": [",", [one, null, two]]', gives: 'one,,two', shows: 'null is an empty text.' },
  ],
  notes: ['Items must be texts; numbers, truth values, maps and lists are errors.'],
  misuse: (args) => misuseOfJoin('Fn::Join', args),
  evaluate: joinOne,
})
