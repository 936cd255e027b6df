import { UNKNOWN } from '../../schema/index.ts'
import type { Evaluation } from '../evaluate.ts'
import { dataOf } from '../expression.ts'
import { templateFunction } from '../function.ts'
import { truthOf } from './truth.ts'

/** The opposite of a condition. */
export const not = templateFunction('not', {
  summary: 'Negates a condition.',
  example: 'not: is_production',
  misuse: (args) => (dataOf(args) === null ? 'Argument to "not" must be a condition' : undefined),
  evaluate: oppositeOf,
})

/** The opposite of a condition. */
export function oppositeOf(condition: unknown, run: Evaluation): boolean | typeof UNKNOWN {
  const truth = truthOf(condition, run)
  return truth === UNKNOWN ? UNKNOWN : !truth
}
