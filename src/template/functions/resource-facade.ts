import { dataOf } from '../expression.ts'
import { Refusal, templateFunction } from '../function.ts'

const allowed = ['metadata', 'deletion_policy', 'update_policy'] as const

/** What the resource that a nested template implements says of itself in the outer template. */
export const resourceFacade = templateFunction('resource_facade', {
  summary: 'Gives what the resource that this nested template implements says of itself.',
  example: 'resource_facade: metadata',
  misuse: (args) =>
    allowed.some((one) => one === dataOf(args))
      ? undefined
      : `Incorrect arguments to "resource_facade" should be one of: ${allowed.join(', ')}`,
  evaluate(what, run) {
    const known = allowed.find((one) => one === what)
    if (known === undefined)
      throw new Refusal(`Incorrect arguments to "resource_facade" should be one of: ${allowed.join(', ')}`)
    return run.scope.facade(known) ?? null
  },
})
