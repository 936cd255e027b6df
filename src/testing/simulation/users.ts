import { messageOf, Problem } from '../../base/problem.ts'
import { isCloudError } from '../../cloud/index.ts'
import { Unavailable } from '../../contract/problems.ts'
import type { StackIdentity } from '../../contract/views.ts'
import type { Engine } from '../../engine/index.ts'
import { Chance } from '../chance.ts'
import { anna, type Scenario, type Worker } from '../scenario.ts'
import type { Faults } from './faults.ts'
import type { Deed } from './story.ts'
import { parameters } from './templates.ts'
import type { Trail } from './trail.ts'

type Calls = Engine['calls']

/** Something that was asked of a stack, and what came of it as far as its user knows. */
interface Asked {
  readonly stack: string
  /** What the template is known by; nothing for a deletion. */
  readonly mark: string | undefined
  /** When, counted in beginnings and ends of calls; one that may be carried out once more has no end. */
  readonly begun: number
  ended: number
  doubled: boolean
  as: 'accepted' | 'unknown' | 'refused'
}

export interface Place {
  readonly play: Scenario
  readonly faults: Faults
  readonly trail: Trail
  /** The engines that live; calls are spread over them. */
  readonly engines: () => readonly Worker[]
}

const callTimeoutMs = 60_000

/** The users of a run: they ask, by way of messages that may be lost, and remember what they were told. */
export class Users {
  readonly #place: Place
  readonly #chance: Chance
  readonly #asked: Asked[] = []
  /** The stacks of which only engines know what their target is. */
  readonly #obscured = new Set<string>()
  readonly #underWay = new Set<Promise<void>>()
  #count = 0
  /** What no user should ever be told. */
  readonly faults: string[] = []

  constructor(place: Place, seed: number) {
    this.#place = place
    this.#chance = new Chance(seed * 17 + 3)
  }

  get isWaiting(): boolean {
    return this.#underWay.size > 0
  }

  /** Asks for something, and does not wait for the answer. */
  ask(deed: Deed): void {
    const asking = this.#ask(deed)
    this.#underWay.add(asking)
    void asking.then(() => this.#underWay.delete(asking))
  }

  /** The templates that a stack may be on its way to, by their marks; `undefined` among them if it may be to be deleted. */
  possible(stack: string): readonly (string | undefined)[] {
    const all = this.#asked.filter((one) => one.stack === stack)
    // What a PATCH keeps, or a cancelled update goes back to, depends on what had happened before.
    if (this.#obscured.has(stack)) return [undefined, ...all.map(({ mark }) => mark)]
    const nothing: Asked = { stack, mark: undefined, begun: 0, ended: 0, doubled: false, as: 'accepted' }
    const own = [nothing, ...all].filter(({ as }) => as !== 'refused')
    const isOver = (one: Asked) => own.some(({ as, begun }) => as === 'accepted' && begun > one.ended)
    return own.filter((one) => !isOver(one)).map(({ mark }) => mark)
  }

  async #ask(deed: Deed): Promise<void> {
    if (!('stack' in deed) || deed.does === 'wait') return
    const { stack } = deed
    const mark = 'template' in deed ? String(deed.template.description) : undefined
    const asked: Asked = { stack, mark, begun: ++this.#count, ended: Infinity, doubled: false, as: 'unknown' }
    try {
      const identity = deed.does === 'create' ? undefined : await this.#find(stack)
      if (deed.does !== 'create' && identity === undefined) return this.#say(`nobody finds ${stack}`)
      if (mark !== undefined || deed.does === 'delete') this.#asked.push(asked)
      else this.#obscured.add(stack)
      await this.#call(asked, (calls) => carryOut(calls, deed, identity))
      asked.as = 'accepted'
      this.#say(`${stack} is to ${deed.does}: accepted`)
    } catch (error) {
      this.#failed(asked, deed, error)
    }
  }

  #failed(asked: Asked, deed: Deed, error: unknown): void {
    // Of a call that came twice the one may be refused because the other was not.
    asked.as = Unavailable.is(error) || asked.doubled ? 'unknown' : 'refused'
    this.#say(`${asked.stack} is to ${deed.does}: ${messageOf(error).slice(0, 300)}`)
    if (!(error instanceof Problem) && !isCloudError(error))
      this.faults.push(`to ${deed.does} ${asked.stack} was answered with ${String(error)}`)
  }

  async #find(stack: string): Promise<StackIdentity | undefined> {
    try {
      return await this.#place.play.calls.lookupStack(anna, { nameOrId: stack })
    } catch (error) {
      if (error instanceof Problem) return undefined
      throw error
    }
  }

  /** A call on its way through messages: it may be lost on the way there or back, or come twice. */
  async #call(asked: Asked, ask: (calls: Calls) => Promise<unknown>): Promise<void> {
    const { faults, play } = this.#place
    if (faults.comes('call lost')) {
      await play.clock.sleep(5000)
      asked.ended = ++this.#count
      throw away()
    }
    if (faults.comes('call late')) await play.clock.sleep(faults.chance('call late').below(5000))
    let left = faults.comes('call doubled') ? 2 : 1
    const one = async () => {
      await this.#answered(ask).finally(() => {
        if (--left === 0) asked.ended = ++this.#count
      })
    }
    if (left === 2) {
      asked.doubled = true
      const later = play.clock.sleep(faults.chance('call doubled').below(3000)).then(one)
      const second = later.catch((error: unknown) => this.#say(`the second of two: ${messageOf(error)}`))
      this.#underWay.add(second)
      void second.then(() => this.#underWay.delete(second))
    }
    await one()
    if (faults.comes('call unanswered')) throw away()
  }

  async #answered(ask: (calls: Calls) => Promise<unknown>): Promise<unknown> {
    const { play, engines } = this.#place
    const living = engines()
    const late = new AbortController()
    const timeout = play.clock.sleep(callTimeoutMs, late.signal).then(() => {
      throw away()
    })
    timeout.catch(() => {})
    if (living.length === 0) return await timeout
    try {
      return await Promise.race([ask(this.#chance.one(living).calls), timeout])
    } finally {
      late.abort()
    }
  }

  #say(what: string): void {
    this.#place.trail.say(what)
  }
}

const away = (): Problem => Unavailable({ message: 'The engine did not answer.' })

async function carryOut(calls: Calls, deed: Deed, stack: StackIdentity | undefined): Promise<unknown> {
  if (deed.does === 'create') {
    const { template, rollback } = deed
    return await calls.createStack(anna, {
      name: deed.stack,
      template,
      parameters,
      disableRollback: !rollback,
    })
  }
  if (stack === undefined) return undefined
  if (deed.does === 'update') {
    const { template, rollback } = deed
    return await calls.updateStack(anna, {
      stack,
      template,
      parameters,
      disableRollback: !rollback,
      existing: false,
    })
  }
  if (deed.does === 'patch')
    return await calls.updateStack(anna, { stack, parameters: deed.parameters, existing: true })
  if (deed.does === 'cancel') return await calls.cancelUpdate(anna, { stack, rollback: deed.rollback })
  if (deed.does === 'mark') return await mark(calls, stack, deed.resource)
  return await act(calls, stack, deed.does)
}

/** Says of a resource that something is wrong with it. */
async function mark(calls: Calls, stack: StackIdentity, resource: string): Promise<void> {
  const ask = { stack, resource, unhealthy: true, reason: 'somebody said so' }
  await calls.markUnhealthy(anna, ask)
}

async function act(calls: Calls, stack: StackIdentity, does: Deed['does']): Promise<unknown> {
  switch (does) {
    case 'suspend':
      return await calls.suspendStack(anna, { stack })
    case 'resume':
      return await calls.resumeStack(anna, { stack })
    case 'check':
      return await calls.checkStack(anna, { stack })
    case 'snapshot':
      return await calls.createSnapshot(anna, { stack })
    case 'restore':
      return await restore(calls, stack)
    default:
      return await calls.deleteStack(anna, { stack })
  }
}

/** Goes back to the last snapshot there is. */
async function restore(calls: Calls, stack: StackIdentity): Promise<void> {
  const last = (await calls.listSnapshots(anna, { stack })).at(-1)
  if (last !== undefined) await calls.restoreSnapshot(anna, { stack, snapshot: last.id })
}
