import { wordOf } from '../../base/text.ts'
import { isCompound } from '../expression.ts'
import { Refusal, templateFunction } from '../function.ts'
import { noted } from '../spend.ts'

const notAName = 'Argument to "get_resource" must be a string'

/** What other resources know a resource by: usually its physical ID. */
export const getResource = templateFunction('get_resource', {
  summary: 'Gives what other resources know a resource by, usually its ID.',
  usage: 'get_resource: NAME',
  arguments: [{ name: 'NAME', kind: 'text', meaning: 'A resource of this template.' }],
  examples: [
    {
      call: 'get_resource: network',
      where: { references: { network: '0b9c5a3e-7a52-4c0e-9d35-6a3ac1f2d9b4' } },
      gives: '0b9c5a3e-7a52-4c0e-9d35-6a3ac1f2d9b4',
    },
    {
      shows: 'The resource must be there',
      call: 'get_resource: nettwork',
      where: { references: { network: '0b9c5a3e-7a52-4c0e-9d35-6a3ac1f2d9b4' } },
      refuses: 'The specified reference "nettwork" (in unknown) is incorrect.',
    },
    {
      shows: 'It takes one name, no path',
      call: 'get_resource: [network, id]',
      where: { references: { network: '0b9c5a3e-7a52-4c0e-9d35-6a3ac1f2d9b4' } },
      refuses: 'Argument to "get_resource" must be a string',
    },
  ],
  notes: [
    'A resource whose properties or metadata call it waits until the other one is there: no `depends_on` is needed.',
    'Most resources are known by the ID of what they made. Some are known by their name or something else that those who refer to them need, as a key pair is.',
    'A resource that its `condition` leaves out is not there; a call for it belongs in an `if` with the same condition.',
  ],
  names: 'resource',
  misuse: (args) => (isCompound(args) ? notAName : undefined),
  evaluate(name, run, call) {
    if (typeof name === 'object' && name !== null) throw new Refusal(notAName)
    return noted(run.scope.reference(wordOf(name), call), run)
  },
})
