import { anna } from '../scenario.ts'
import { pairs } from './read-resource.ts'
import { readTemplate } from './read-story.ts'
import { type CarryOut, type Phrase, stackOf, type Telling } from './telling.ts'

const create: CarryOut = async (telling, { stack = '', rollback, minutes }, block) => {
  const more = {
    disableRollback: rollback === undefined,
    ...(minutes !== undefined && { timeoutMins: Number(minutes) }),
  }
  telling.stacks.set(stack, await telling.play.create(stack, readTemplate(block), more))
}

const update: CarryOut = async (telling, { stack = '', rollback }, block) => {
  const more = { disableRollback: rollback === undefined }
  await telling.play.update(stackOf(telling, stack), readTemplate(block), more)
}

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
  [/^(?<stack>\w+) is created(?<rollback> with rollback)?(?: within (?<minutes>\d+) minutes?)?$/, create],
  [/^(?<stack>\w+) is updated(?<rollback> with rollback)?$/, update],
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
]
