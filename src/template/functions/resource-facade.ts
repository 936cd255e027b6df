import { dataOf } from '../expression.ts'
import { Refusal, templateFunction } from '../function.ts'

const allowed = ['metadata', 'deletion_policy', 'update_policy'] as const

/** What the resource that a nested template implements says of itself in the outer template. */
export const resourceFacade = templateFunction('resource_facade', {
  summary: 'Gives what the resource that this nested template implements says of itself.',
  usage: 'resource_facade: PART',
  arguments: [{ name: 'PART', kind: 'text', meaning: '`metadata`, `deletion_policy` or `update_policy`.' }],
  examples: [
    {
      call: 'resource_facade: metadata',
      where: { facade: { metadata: { role: 'web' } } },
      gives: '{ role: web }',
    },
    {
      call: 'resource_facade: deletion_policy',
      where: { facade: { deletion_policy: 'Retain' } },
      gives: 'Retain',
    },
    {
      shows: 'What the resource does not say is null',
      call: 'resource_facade: update_policy',
      gives: 'null',
    },
    {
      shows: 'Nothing else can be asked for',
      call: 'resource_facade: properties',
      refuses:
        'Incorrect arguments to "resource_facade" should be one of: metadata, deletion_policy, update_policy',
    },
  ],
  notes: [
    'A template that stands in for a resource type is a resource in an outer template. This is how it reads what the outer template says of that resource besides its properties, which are its parameters.',
    'In a template that is not nested there is no such resource, and all three are null.',
  ],
  misuse: (args) => (partNamed(dataOf(args)) ? undefined : wrong),
  evaluate(what, run) {
    const part = partNamed(what)
    if (part === undefined) throw new Refusal(wrong)
    return run.scope.facade(part) ?? null
  },
})

const wrong = `Incorrect arguments to "resource_facade" should be one of: ${allowed.join(', ')}`

const partNamed = (name: unknown): (typeof allowed)[number] | undefined => allowed.find((one) => one === name)
