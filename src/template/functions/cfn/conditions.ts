import { type Expression, itemsOf } from '../../expression.ts'
import { templateFunction } from '../../function.ts'
import { allOf, conditionArguments, conditionsMisuse } from '../all-of.ts'
import { areEqual, misuseOfEquals } from '../equals.ts'
import { oppositeOf } from '../not.ts'

const wherever =
  'It may stand in `Conditions`, in the `Condition` of a resource or output, and as the first argument of `Fn::If`; nowhere else.'

/** Whether two values are the same, their kinds included. */
export const equalsInCfn = templateFunction('Fn::Equals', {
  summary: 'Tells whether two values are equal.',
  usage: '"Fn::Equals": [VALUE, VALUE]',
  arguments: [{ name: 'VALUE', kind: 'any value', meaning: 'The two values that are compared.' }],
  examples: [
    {
      call: '"Fn::Equals": [{ Ref: Environment }, production]',
      gives: 'true',
      where: { parameters: { Environment: 'production' } },
    },
    { shows: 'A number is not the text of its digits', call: '"Fn::Equals": [1, "1"]', gives: 'false' },
  ],
  notes: [
    wherever,
    'A parameter has the kind that its `Type` says: a `Number` equals `1`, a `String` equals `"1"`.',
  ],
  misuse: (args) => misuseOfEquals('Fn::Equals', args),
  evaluate: areEqual,
})

/** The opposite of a condition. */
export const notInCfn = templateFunction('Fn::Not', {
  summary: 'Negates a condition.',
  usage: '"Fn::Not": [CONDITION]',
  arguments: [
    {
      name: 'CONDITION',
      kind: 'condition',
      meaning:
        'The name of a condition that the template defines, `true`, `false`, or a call that gives a condition; in a list of its own.',
    },
  ],
  examples: [
    { call: '"Fn::Not": [IsProduction]', gives: 'false', where: { conditions: { IsProduction: true } } },
    {
      call: '"Fn::Not": [{ "Fn::Equals": [{ Ref: Zone }, north] }]',
      gives: 'true',
      where: { parameters: { Zone: 'south' } },
    },
    {
      shows: 'It takes a list, even of one',
      call: '"Fn::Not": IsProduction',
      refuses: 'Arguments to "Fn::Not" must be of the form: [condition]',
      where: { conditions: { IsProduction: true } },
    },
  ],
  notes: [wherever],
  names: 'conditions',
  misuse: misuseOfNot,
  evaluate: (args, run) => oppositeOf((args as readonly unknown[])[0], run),
})

/** Whether all of some conditions hold. */
export const andInCfn = templateFunction('Fn::And', {
  summary: 'Tells whether all conditions hold.',
  usage: '"Fn::And": [CONDITION, CONDITION, …]',
  arguments: conditionArguments,
  examples: [
    {
      call: '"Fn::And": [IsProduction, IsSmall]',
      gives: 'false',
      where: { conditions: { IsProduction: true, IsSmall: false } },
    },
    {
      shows: 'One condition alone is none to join',
      call: '"Fn::And": [IsProduction]',
      refuses: 'The minimum number of condition arguments to "Fn::And" is 2.',
      where: { conditions: { IsProduction: true } },
    },
  ],
  notes: [wherever],
  names: 'conditions',
  partial: true,
  misuse: (args) => conditionsMisuse('Fn::And', args),
  evaluate: (conditions, run) => allOf(conditions, run, { decisive: false }),
})

/** Whether at least one of some conditions holds. */
export const orInCfn = templateFunction('Fn::Or', {
  summary: 'Tells whether any condition holds.',
  usage: '"Fn::Or": [CONDITION, CONDITION, …]',
  arguments: conditionArguments,
  examples: [
    {
      call: '"Fn::Or": [IsProduction, IsStaging]',
      gives: 'true',
      where: { conditions: { IsProduction: false, IsStaging: true } },
    },
    {
      shows: 'The conditions must be there',
      call: '"Fn::Or": [IsProduction, IsStagging]',
      refuses: 'Invalid condition "IsStagging"',
      where: { conditions: { IsProduction: false, IsStaging: true } },
    },
  ],
  notes: [wherever],
  names: 'conditions',
  partial: true,
  misuse: (args) => conditionsMisuse('Fn::Or', args),
  evaluate: (conditions, run) => allOf(conditions, run, { decisive: true }),
})

function misuseOfNot(args: Expression): string | undefined {
  return itemsOf(args)?.length === 1 ? undefined : 'Arguments to "Fn::Not" must be of the form: [condition]'
}
