import { type Expression, itemsOf } from '../../expression.ts'
import { templateFunction } from '../../function.ts'
import { allOf, conditionsMisuse } from '../all-of.ts'
import { areEqual, misuseOfEquals } from '../equals.ts'
import { oppositeOf } from '../not.ts'

/** Whether two values are the same, their kinds included. */
export const equalsInCfn = templateFunction('Fn::Equals', {
  summary: 'Tells whether two values are equal.',
  example: '"Fn::Equals": [{ Ref: Environment }, production]',
  examples: [
    {
      call: '"Fn::Equals": [{ Ref: Environment }, production]',
      gives: 'true',
      where: { parameters: { Environment: 'production' } },
    },
  ],
  notes: ['The text "1" is not the number 1.'],
  misuse: (args) => misuseOfEquals('Fn::Equals', args),
  evaluate: areEqual,
})

/** The opposite of a condition. */
export const notInCfn = templateFunction('Fn::Not', {
  summary: 'Negates a condition.',
  example: '"Fn::Not": [IsProduction]',
  examples: [
    { call: '"Fn::Not": [IsProduction]', gives: 'false', where: { conditions: { IsProduction: true } } },
  ],
  notes: ['Its argument is a list of one condition.'],
  misuse: misuseOfNot,
  evaluate: (args, run) => oppositeOf((args as readonly unknown[])[0], run),
})

/** Whether all of some conditions hold. */
export const andInCfn = templateFunction('Fn::And', {
  summary: 'Tells whether all conditions hold.',
  example: '"Fn::And": [IsProduction, { "Fn::Not": [IsSmall] }]',
  examples: [
    {
      call: '"Fn::And": [IsProduction, IsSmall]',
      gives: 'false',
      where: { conditions: { IsProduction: true, IsSmall: false } },
    },
  ],
  notes: ['There must be two conditions or more.'],
  partial: true,
  misuse: (args) => conditionsMisuse('Fn::And', args),
  evaluate: (conditions, run) => allOf(conditions, run, { decisive: false }),
})

/** Whether at least one of some conditions holds. */
export const orInCfn = templateFunction('Fn::Or', {
  summary: 'Tells whether any condition holds.',
  example: '"Fn::Or": [IsProduction, IsStaging]',
  examples: [
    {
      call: '"Fn::Or": [IsProduction, IsStaging]',
      gives: 'true',
      where: { conditions: { IsProduction: false, IsStaging: true } },
    },
  ],
  notes: ['There must be two conditions or more.'],
  partial: true,
  misuse: (args) => conditionsMisuse('Fn::Or', args),
  evaluate: (conditions, run) => allOf(conditions, run, { decisive: true }),
})

function misuseOfNot(args: Expression): string | undefined {
  return itemsOf(args)?.length === 1 ? undefined : 'Arguments to "Fn::Not" must be of the form: [condition]'
}
