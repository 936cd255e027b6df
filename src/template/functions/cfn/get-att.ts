import { itemsOf } from '../../expression.ts'
import { templateFunction } from '../../function.ts'
import { fetchAttribute } from '../get-attr.ts'

/** An attribute of a resource. */
export const getAtt = templateFunction('Fn::GetAtt', {
  summary: 'Gives an attribute of a resource.',
  usage: '"Fn::GetAtt": [RESOURCE, ATTRIBUTE]',
  arguments: [
    { name: 'RESOURCE', kind: 'text', meaning: 'A resource of this template.' },
    { name: 'ATTRIBUTE', kind: 'text', meaning: 'One of the attributes of its type.' },
  ],
  examples: [
    {
      call: '"Fn::GetAtt": [Server, first_address]',
      gives: '10.0.0.5',
      where: { attributes: { Server: { first_address: '10.0.0.5' } } },
    },
    {
      shows: 'A part of an attribute',
      call: '"Fn::Select": [1, { "Fn::GetAtt": [Group, refs] }]',
      gives: 'd5a1',
      where: { attributes: { Group: { refs: ['c7e0', 'd5a1'] } } },
    },
    {
      shows: 'The resource must be there',
      call: '"Fn::GetAtt": [Sever, first_address]',
      refuses: 'The specified reference "Sever" (in unknown) is incorrect.',
      where: { attributes: { Server: { first_address: '10.0.0.5' } } },
    },
  ],
  notes: [
    'A resource whose properties or metadata call it waits until the other one is there.',
    'There is no path into an attribute: `Fn::Select` around it takes a part.',
    'An attribute that the type does not have is an error before anything is made.',
    'Where the other resource was never made, or has been deleted, it gives null.',
  ],
  names: 'attribute',
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
