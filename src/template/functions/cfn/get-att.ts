import { itemsOf } from '../../expression.ts'
import { templateFunction } from '../../function.ts'
import { fetchAttribute } from '../get-attr.ts'

/** An attribute of a resource. */
export const getAtt = templateFunction('Fn::GetAtt', {
  summary: 'Gives an attribute of a resource.',
  example: '"Fn::GetAtt": [Server, first_address]',
  examples: [
    {
      call: '"Fn::GetAtt": [Server, first_address]',
      gives: '10.0.0.5',
      where: { attributes: { Server: { first_address: '10.0.0.5' } } },
    },
  ],
  notes: [
    'There is no path: to take a part of an attribute, put Fn::Select around it.',
    'Before the resource is made, or once it is deleted, its attributes are null.',
  ],
  partial: true,
  misuse: (args) =>
    itemsOf(args)?.length === 2
      ? undefined
      : 'Arguments to "Fn::GetAtt" must be of the form [resource_name, attribute]',
  evaluate: (args, run, call) =>
    fetchAttribute(args, { run, name: 'Fn::GetAtt' }, (resource, path) =>
      run.scope.attribute(resource, path, call),
    ),
})
