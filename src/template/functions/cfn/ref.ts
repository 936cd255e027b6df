import { wordOf } from '../../../base/text.ts'
import { isCompound } from '../../expression.ts'
import { Refusal, templateFunction } from '../../function.ts'
import { noted } from '../../spend.ts'

const wrong = 'Argument to "Ref" must be the name of a resource or parameter'

/** What a resource is known by or, if no resource has the name, the value of a parameter. */
export const ref = templateFunction('Ref', {
  summary: 'Gives what other resources know a resource by, or the value of a parameter.',
  usage: 'Ref: NAME',
  arguments: [
    {
      name: 'NAME',
      kind: 'text',
      meaning: 'A resource or parameter of this template, written out.',
    },
  ],
  examples: [
    { call: 'Ref: InstanceType', gives: 'm1.small', where: { parameters: { InstanceType: 'm1.small' } } },
    { call: 'Ref: Server', gives: 'd5a1', where: { references: { Server: 'd5a1' } } },
    {
      shows: 'One of the two must be there',
      call: 'Ref: Sever',
      refuses: 'The specified reference "Sever" (in unknown) is incorrect.',
      where: { references: { Server: 'd5a1' } },
    },
  ],
  notes: [
    'If a resource has the name, it is the resource; otherwise it is the parameter.',
    'Of a resource it gives the ID, or what else the type is known by; whoever calls it in properties or metadata waits for the resource.',
    'Templates of CloudFormation have `AWS::StackName`, `AWS::StackId` and `AWS::Region` without declaring them, those of HOT `OS::stack_name`, `OS::stack_id` and `OS::project_id`.',
    'In a condition it gives parameters only.',
  ],
  names: 'resource or parameter',
  misuse: (args) => (args.is === 'data' && !isCompound(args) ? undefined : wrong),
  evaluate(args, run, call) {
    const name = wordOf(args)
    const { scope } = run
    if (scope.kindOf(name) === 'parameter') return noted(scope.parameter(name, call), run)
    if (!call.decides) return noted(scope.reference(name, call), run)
    throw new Refusal(`The specified reference "${name}" (in unknown) is incorrect.`, 'InvalidReference')
  },
})
