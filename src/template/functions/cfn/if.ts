import { choosingFunction } from '../../function.ts'
import { chooseBranch, misuseOfIf, readBranches } from '../if.ts'
import { ofTwo } from '../if-documentation.ts'

/** One of two values, as a condition decides. */
export const ifInCfn = choosingFunction('Fn::If', {
  summary: 'Chooses a value by a condition.',
  usage: '"Fn::If": [CONDITION, VALUE, OTHER]',
  arguments: ofTwo.arguments ?? [],
  examples: [
    {
      call: '"Fn::If": [IsProduction, large, small]',
      gives: 'small',
      where: { conditions: { IsProduction: false } },
    },
    {
      shows: 'The condition may be written out',
      call: '"Fn::If": [{ "Fn::Equals": [{ Ref: Exposure }, public] }, 443, 8443]',
      gives: '443',
      where: { parameters: { Exposure: 'public' } },
    },
    {
      shows: 'The value that is not chosen may ask for what is not there',
      call: '"Fn::If": [WithVolume, { "Fn::GetAtt": [Volume, size] }, 0]',
      gives: '0',
      where: { conditions: { WithVolume: false } },
    },
    {
      shows: 'It takes both values',
      call: '"Fn::If": [IsProduction, large]',
      refuses: 'Arguments to "Fn::If" must be of the form: [condition_name, value_if_true, value_if_false]',
      where: { conditions: { IsProduction: false } },
    },
  ],
  notes: [
    'Only the value that is chosen is worked out. The other one may call for a resource that the same condition leaves out.',
    'A text as its first argument is always the name of a condition.',
    'There is no `AWS::NoValue`: to leave a property out, write the template in HOT, where `if` can.',
  ],
  names: 'condition',
  misuse: (args) => misuseOfIf('Fn::If', args, 3),
  parse: readBranches,
  choose: chooseBranch,
})
