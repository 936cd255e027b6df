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
  example: '"Fn::ResourceFacade": Metadata',
  examples: [
    {
      call: '"Fn::ResourceFacade": DeletionPolicy',
      gives: 'Retain',
      where: { facade: { deletion_policy: 'Retain' } },
    },
  ],
  notes: ['It has a meaning only in a template that is a resource of another.'],
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
