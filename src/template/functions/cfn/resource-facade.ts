import { dataOf } from '../../expression.ts'
import { Refusal, templateFunction } from '../../function.ts'

const parts = {
  Metadata: 'metadata',
  DeletionPolicy: 'deletion_policy',
  UpdatePolicy: 'update_policy',
} as const

const allowed = Object.keys(parts)

/** What the resource that a nested template implements says of itself in the outer template. */
export const resourceFacadeInCfn = templateFunction('Fn::ResourceFacade', {
  summary: 'Gives what the resource that this nested template implements says of itself.',
  usage: '"Fn::ResourceFacade": PART',
  arguments: [{ name: 'PART', kind: 'text', meaning: '`Metadata`, `DeletionPolicy` or `UpdatePolicy`.' }],
  examples: [
    {
      call: '"Fn::ResourceFacade": DeletionPolicy',
      gives: 'Retain',
      where: { facade: { deletion_policy: 'Retain' } },
    },
    {
      shows: 'What the resource does not say is null',
      call: '"Fn::ResourceFacade": Metadata',
      gives: 'null',
    },
    {
      shows: 'Nothing else can be asked for',
      call: '"Fn::ResourceFacade": Properties',
      refuses:
        'Incorrect arguments to "Fn::ResourceFacade" should be one of: Metadata, DeletionPolicy, UpdatePolicy',
    },
  ],
  notes: [
    'A template that stands in for a resource type is a resource in an outer template. This is how it reads what the outer template says of that resource besides its properties, which are its parameters.',
  ],
  misuse: (args) => (partNamed(dataOf(args)) ? undefined : wrong),
  evaluate(what, run) {
    const part = partNamed(what)
    if (part === undefined) throw new Refusal(wrong)
    return run.scope.facade(part) ?? null
  },
})

const wrong = `Incorrect arguments to "Fn::ResourceFacade" should be one of: ${allowed.join(', ')}`

function partNamed(name: unknown): (typeof parts)[keyof typeof parts] | undefined {
  return typeof name === 'string' && Object.hasOwn(parts, name)
    ? parts[name as keyof typeof parts]
    : undefined
}
