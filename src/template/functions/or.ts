import { templateFunction } from '../function.ts'
import { allOf, conditionArguments, conditionNotes, conditionsMisuse } from './all-of.ts'

/** Whether at least one of some conditions holds. */
export const or = templateFunction('or', {
  summary: 'Tells whether any condition holds.',
  usage: 'or: [CONDITION, CONDITION, …]',
  arguments: conditionArguments,
  examples: [
    {
      call: 'or: [is_production, is_staging]',
      where: { conditions: { is_production: false, is_staging: true } },
      gives: 'true',
    },
    {
      shows: 'None of them holds',
      call: 'or: [is_production, { equals: [{ get_param: zone }, north] }]',
      where: { conditions: { is_production: false }, parameters: { zone: 'south' } },
      gives: 'false',
    },
    {
      shows: 'A text is the name of a condition, never a truth value',
      call: 'or: [is_production, "yes"]',
      where: { conditions: { is_production: false } },
      refuses: 'Invalid condition "yes"',
    },
  ],
  notes: conditionNotes,
  names: 'conditions',
  partial: true,
  misuse: (args) => conditionsMisuse('or', args),
  evaluate: (conditions, run) => allOf(conditions, run, { decisive: true }),
})
