import { templateFunction } from '../function.ts'
import { allOf, conditionsMisuse } from './all-of.ts'

/** Whether at least one of some conditions holds. */
export const or = templateFunction('or', {
  summary: 'Tells whether any condition holds.',
  example: 'or: [is_production, is_staging]',
  partial: true,
  misuse: (args) => conditionsMisuse('or', args),
  evaluate: (conditions, run) => allOf(conditions, run, { decisive: true }),
})
