import { noted } from '../evaluate.ts'
import { Refusal, templateFunction } from '../function.ts'

/** What other resources know a resource by: usually its physical ID. */
export const getResource = templateFunction('get_resource', {
  summary: 'Gives what other resources know a resource by, usually its ID.',
  example: 'get_resource: server',
  evaluate(name, run, call) {
    if (typeof name !== 'string') throw new Refusal('Argument to "get_resource" must be a string')
    return noted(run.scope.reference(name, call), run)
  },
})
