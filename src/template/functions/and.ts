import { templateFunction } from '../function.ts'
import { allOf, conditionArguments, conditionNotes, conditionsMisuse } from './all-of.ts'

/** Whether all of some conditions hold. */
export const and = templateFunction('and', {
  summary: 'Tells whether all conditions hold.',
  usage: 'and: [CONDITION, CONDITION, …]',
  arguments: conditionArguments,
  examples: [
    {
      call: 'and: [is_production, { equals: [{ get_param: zone }, north] }]',
      where: { conditions: { is_production: true }, parameters: { zone: 'north' } },
      gives: 'true',
    },
    {
      shows: 'One that does not hold decides',
      call: 'and: [is_production, is_large, { not: is_production }]',
      where: { conditions: { is_production: true, is_large: true } },
      gives: 'false',
    },
    {
      shows: 'One condition alone is none to join',
      call: 'and: [is_production]',
      where: { conditions: { is_production: true } },
      refuses: 'The minimum number of condition arguments to "and" is 2.',
    },
  ],
  notes: conditionNotes,
  names: 'conditions',
  partial: true,
  misuse: (args) => conditionsMisuse('and', args),
  evaluate: (conditions, run) => allOf(conditions, run, { decisive: false }),
})
