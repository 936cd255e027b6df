import { wordOf } from '../../base/text.ts'
import { UNKNOWN } from '../../schema/index.ts'
import type { Evaluation } from '../evaluate.ts'
import { Refusal } from '../function.ts'

/** Whether a condition holds: one that is known already, or the name of one that the template defines. */
export function truthOf(condition: unknown, run: Evaluation): boolean | typeof UNKNOWN {
  if (typeof condition === 'boolean') return condition
  if (condition === UNKNOWN) return UNKNOWN
  // Heat takes null for no condition at all, which always holds.
  if (condition === null) return true
  if (typeof condition === 'string') return run.scope.condition(condition)
  throw new Refusal(`Invalid condition "${wordOf(condition)}"`, 'InvalidCondition')
}
