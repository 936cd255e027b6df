import { UNKNOWN } from '../../schema/index.ts'
import type { Argument } from '../documentation.ts'
import type { Evaluation } from '../evaluate.ts'
import { type Expression, itemsOf } from '../expression.ts'
import { Refusal } from '../function.ts'
import { truthOf } from './truth.ts'

/** The arguments of `and` and `or`, for their pages. */
export const conditionArguments: readonly Argument[] = [
  {
    name: 'CONDITION',
    kind: 'condition',
    meaning:
      'The name of a condition that the template defines, `true`, `false`, or a call that gives a condition; two of them or more.',
  },
]

/** What authors of an `and` or `or` should know. */
export const conditionNotes: readonly string[] = [
  'It may stand in `conditions`, in the `condition` of a resource or output, and as the first argument of `if`; nowhere else.',
]

/** What is wrong with the arguments of `and` or `or` as they were written. */
export function conditionsMisuse(name: string, args: Expression): string | undefined {
  const items = itemsOf(args)
  if (items === undefined) return `Arguments to "${name}" must be a list of conditions`
  return items.length < 2 ? `The minimum number of condition arguments to "${name}" is 2.` : undefined
}

/** What conditions come to together: the decisive truth value as soon as one of them has it, otherwise the other one. */
export function allOf(
  conditions: unknown,
  run: Evaluation,
  { decisive }: { readonly decisive: boolean },
): boolean | typeof UNKNOWN {
  if (!Array.isArray(conditions)) throw new Refusal('The conditions must be a list')
  let result: boolean | typeof UNKNOWN = !decisive
  for (const condition of conditions as readonly unknown[]) {
    const truth = truthOf(condition, run)
    if (truth === decisive) return decisive
    if (truth === UNKNOWN) result = UNKNOWN
  }
  return result
}
