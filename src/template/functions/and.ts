import { templateFunction } from '../function.ts'
import { allOf, conditionsMisuse } from './all-of.ts'

/** Whether all of some conditions hold. */
export const and = templateFunction('and', {
  summary: 'Tells whether all conditions hold.',
  example: 'and: [is_production, { not: is_small }]',
  partial: true,
  misuse: (args) => conditionsMisuse('and', args),
  evaluate: (conditions, run) => allOf(conditions, run, { decisive: false }),
})
