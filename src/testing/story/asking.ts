import type { JsonMap } from '../../base/json.ts'
import { anna } from '../scenario.ts'
import { pairs } from './read-resource.ts'
import { readTemplate } from './read-story.ts'
import { type CarryOut, type Phrase, stackOf, type Telling } from './telling.ts'

const create: CarryOut = async (telling, { stack = '', rollback, minutes, ...said }, block) => {
  const more = {
    disableRollback: rollback === undefined,
    ...hookIn(said),
    ...(minutes !== undefined && { timeoutMins: Number(minutes) }),
  }
  telling.stacks.set(stack, await telling.play.create(stack, readTemplate(block), more))
}

const update: CarryOut = async (telling, { stack = '', rollback, ...said }, block) => {
  const more = { disableRollback: rollback === undefined, ...hookIn(said) }
  await telling.play.update(stackOf(telling, stack), readTemplate(block), more)
}

/** The environment that has a resource wait at a hook, if one is said. */
function hookIn({ hook, place }: Readonly<Record<string, string>>): { readonly environment?: JsonMap } {
  if (hook === undefined || place === undefined) return {}
  return { environment: { resource_registry: { resources: { [place]: { hooks: hook } } } } }
}

const tell: CarryOut = async (telling, { stack = '', resource = '', news, hook }) => {
  const { play } = telling
  const good = news === 'good'
  const ofHandle = { status: good ? 'SUCCESS' : 'FAILURE', reason: `${news} news` }
  const [row] = (await play.rows(stackOf(telling, stack))).filter(({ name }) => name === resource)
  const words = row?.type === 'OS::Heat::WaitConditionHandle' ? ofHandle : { good }
  await play.signal(stackOf(telling, stack), resource, hook === undefined ? words : { unset_hook: hook })
}

const abandon: CarryOut = async (telling, { stack = '' }) => {
  const { play, documents } = telling
  const identity = stackOf(telling, stack)
  documents.set(stack, await play.clock.until(play.calls.abandonStack(anna, { stack: identity })))
  await play.settled(identity)
}

const adopt: CarryOut = async (telling, { stack = '', from = '' }) => {
  const { play, stacks, documents } = telling
  const ask = { name: stack, adopt: JSON.stringify(documents.get(from)) }
  stacks.set(stack, await play.clock.until(play.calls.createStack(anna, ask)))
}

const mark: CarryOut = ({ play, ...telling }, { stack = '', resource = '' }) =>
  play.mark(stackOf({ play, ...telling }, stack), resource)

const patch: CarryOut = async ({ play, ...telling }, { stack = '', parameters = '' }) => {
  const ask = { stack: stackOf({ play, ...telling }, stack), existing: true }
  await play.clock.until(
    play.calls.updateStack(anna, { ...ask, parameters: Object.fromEntries(pairs(parameters)) }),
  )
}

const acts = {
  deleted: 'deleteStack',
  suspended: 'suspendStack',
  resumed: 'resumeStack',
  checked: 'checkStack',
} as const

const act: CarryOut = async (telling, { stack = '', act: word = 'deleted' }) => {
  const { play } = telling
  const call = play.calls[acts[word as keyof typeof acts]]
  await play.clock.until(call(anna, { stack: stackOf(telling, stack) }))
}

const cancel: CarryOut = async (telling, { stack = '', without }) => {
  const { play } = telling
  const ask = { stack: stackOf(telling, stack), rollback: without === undefined }
  await play.clock.until(play.calls.cancelUpdate(anna, ask))
}

/** Does what another sentence says, which must be refused in such words. */
async function refused(carryOut: () => Promise<void> | void, words: string): Promise<void> {
  let message: string
  try {
    await carryOut()
    message = ''
  } catch (error) {
    message = error instanceof Error ? error.message : String(error)
  }
  if (message === '') throw new Error('It was not refused.')
  if (!message.includes(words)) throw new Error(`It was refused in other words: ${message}`)
}

/** What users ask. */
export const asking: readonly Phrase[] = [
  [
    /^(?<stack>\w+) is created(?<rollback> with rollback)?(?: within (?<minutes>\d+) minutes?)?(?: with the hook (?<hook>[a-z-]+) at (?<place>\w+))?$/,
    create,
  ],
  [
    /^(?<stack>\w+) is updated(?<rollback> with rollback)?(?: with the hook (?<hook>[a-z-]+) at (?<place>\w+))?$/,
    update,
  ],
  [/^(?<resource>\w+) of (?<stack>\w+) is told (?<news>good|bad) news$/, tell],
  [/^the hook (?<hook>[a-z-]+) at (?<resource>\w+) of (?<stack>\w+) is cleared$/, tell],
  [/^(?<resource>\w+) of (?<stack>\w+) is marked unhealthy$/, mark],
  [/^(?<stack>\w+) is abandoned$/, abandon],
  [/^(?<stack>\w+) is adopted from what was (?<from>\w+)$/, adopt],
  [/^(?<stack>\w+) is updated with (?<parameters>\w+=.*)$/, patch],
  [/^(?<stack>\w+) is (?<act>deleted|suspended|resumed|checked)$/, act],
  [/^the update of (?<stack>\w+) is cancelled(?<without> without rollback)?$/, cancel],
  [
    /^(?<stack>\w+) can't be updated: (?<words>.*)$/,
    (telling, said, block) => refused(() => update(telling, said, block), said.words ?? ''),
  ],
  [
    /^(?<stack>\w+) can't be created: (?<words>.*)$/,
    (telling: Telling, said, block) => refused(() => create(telling, said, block), said.words ?? ''),
  ],
  [
    /^(?<stack>\w+) can't be (?<act>deleted|suspended|resumed|checked): (?<words>.*)$/,
    (telling, said, block) => refused(() => act(telling, said, block), said.words ?? ''),
  ],
  [
    /^(?<resource>\w+) of (?<stack>\w+) can't be told (?<news>good|bad) news: (?<words>.*)$/,
    (telling, said, block) => refused(() => tell(telling, said, block), said.words ?? ''),
  ],
]
