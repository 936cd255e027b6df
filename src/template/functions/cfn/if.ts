import { choosingFunction } from '../../function.ts'
import { chooseBranch, misuseOfIf, readBranches } from '../if.ts'

/** One of two values, as a condition decides. */
export const ifInCfn = choosingFunction('Fn::If', {
  summary: 'Chooses a value by a condition.',
  example: '"Fn::If": [IsProduction, large, small]',
  examples: [
    {
      call: '"Fn::If": [IsProduction, large, small]',
      gives: 'small',
      where: { conditions: { IsProduction: false } },
    },
  ],
  notes: ['Only the value that is chosen is evaluated.', 'The condition is a name, or written out.'],
  misuse: (args) => misuseOfIf('Fn::If', args, 3),
  parse: readBranches,
  choose: chooseBranch,
})
