import { UNKNOWN } from '../../schema/index.ts'
import type { Evaluation } from '../evaluate.ts'
import { dataOf } from '../expression.ts'
import { templateFunction } from '../function.ts'
import { truthOf } from './truth.ts'

/** The opposite of a condition. */
export const not = templateFunction('not', {
  summary: 'Negates a condition.',
  usage: 'not: CONDITION',
  arguments: [
    {
      name: 'CONDITION',
      kind: 'condition',
      meaning:
        'The name of a condition that the template defines, `true`, `false`, or a call that gives a condition.',
    },
  ],
  examples: [
    { call: 'not: is_production', where: { conditions: { is_production: true } }, gives: 'false' },
    {
      call: 'not: { equals: [{ get_param: zone }, north] }',
      where: { parameters: { zone: 'south' } },
      gives: 'true',
    },
    {
      shows: 'The condition must be there',
      call: 'not: is_prodution',
      where: { conditions: { is_production: true } },
      refuses: 'Invalid condition "is_prodution"',
    },
  ],
  notes: [
    'It may stand in `conditions`, in the `condition` of a resource or output, and as the first argument of `if`; nowhere else.',
    'It takes the condition itself, not a list with it: that is `Fn::Not` of CloudFormation.',
  ],
  names: 'conditions',
  misuse: (args) => (dataOf(args) === null ? 'Argument to "not" must be a condition' : undefined),
  evaluate: oppositeOf,
})

/** The opposite of a condition. */
export function oppositeOf(condition: unknown, run: Evaluation): boolean | typeof UNKNOWN {
  const truth = truthOf(condition, run)
  return truth === UNKNOWN ? UNKNOWN : !truth
}
