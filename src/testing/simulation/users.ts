import type { JsonMap } from '../../base/json.ts'
import { messageOf, Problem } from '../../base/problem.ts'
import { isCloudError } from '../../cloud/index.ts'
import type { CallContext } from '../../contract/call.ts'
import { Unavailable } from '../../contract/problems.ts'
import type { StackIdentity } from '../../contract/views.ts'
import { Random } from '../../simulator/world/random.ts'
import { Chance } from '../chance.ts'
import { anna, type Scenario, type Worker } from '../scenario.ts'
import { type Abandoned, isFree, isTakingOver, isWhole } from './abandoned.ts'
import { type Ask, carryOut, tell } from './carry-out.ts'
import type { Faults } from './faults.ts'
import type { Deed, Telling } from './story.ts'
import { parameters } from './templates.ts'
import type { Said } from './told-laws.ts'
import type { Trail } from './trail.ts'
import { clearings } from './waiting.ts'

/** Something that was asked of a stack, and what came of it as far as its user knows. */
interface Asked {
  readonly stack: string
  /** What the template is known by; nothing for a deletion. */
  mark: string | undefined
  /** When, counted in beginnings and ends of calls; one that may be carried out once more has no end. */
  readonly begun: number
  ended: number
  doubled: boolean
  as: 'accepted' | 'unknown' | 'refused'
}

/** Somebody's wish, while it is carried out. */
interface Wish<D extends Deed = Deed> {
  readonly deed: D
  readonly asked: Asked
  readonly stack: StackIdentity
}

export interface Place {
  readonly play: Scenario
  readonly faults: Faults
  readonly trail: Trail
  /** The engines that live; calls are spread over them. */
  readonly engines: () => readonly Worker[]
}

const callTimeoutMs = 60_000

/** How often somebody asks again who needs the answer. */
const patience = 20

/** What is asked of a stack that is not there yet; what gives one a target that is known; and what changes no target. */
const beginnings: ReadonlySet<Deed['does']> = new Set(['create', 'adopt'])
const targets: ReadonlySet<Deed['does']> = new Set([...beginnings, 'update', 'delete', 'abandon'])
const asides: ReadonlySet<Deed['does']> = new Set(['signal', 'clear'])

/** The users of a run: they ask, by way of messages that may be lost, and remember what they were told. */
export class Users {
  readonly #place: Place
  readonly #chance: Chance
  readonly #ids: Random
  readonly #asked: Asked[] = []
  /** The stacks of which only engines know what their target is. */
  readonly #obscured = new Set<string>()
  readonly #underWay = new Set<Promise<void>>()
  #count = 0
  /** What no user should ever be told. */
  readonly faults: string[] = []
  /** What resources were told. */
  readonly said: Said[] = []
  /** What is left of the stacks that were abandoned. */
  readonly abandoned: Abandoned[] = []

  constructor(place: Place, seed: number) {
    this.#place = place
    this.#chance = new Chance(seed * 17 + 3)
    this.#ids = new Random(seed * 19 + 11)
  }

  get isWaiting(): boolean {
    return this.#underWay.size > 0
  }

  /** Asks for something, and does not wait for the answer. */
  ask(deed: Deed): void {
    const times = deed.does === 'signal' ? deed.times : 1
    for (let time = 0; time < times; time++) {
      const asking = this.#ask(deed)
      this.#underWay.add(asking)
      void asking.then(() => this.#underWay.delete(asking))
    }
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
      const identity = beginnings.has(deed.does) ? undefined : await this.#find(stack)
      if (!beginnings.has(deed.does) && identity === undefined) return this.#say(`nobody finds ${stack}`)
      if (targets.has(deed.does)) this.#asked.push(asked)
      else if (!asides.has(deed.does)) this.#obscured.add(stack)
      await this.#carryOut(asked, deed, identity)
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
    if (!(error instanceof Problem) && !isCloudError(error) && !(error instanceof NotAsked))
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

  async #carryOut(asked: Asked, deed: Deed, stack?: StackIdentity): Promise<void> {
    const ask: Ask = (calls, context) => carryOut(calls, deed, stack, context)
    if (!asides.has(deed.does) && (await isTakingOver(this.#place.play, stack?.id, this.abandoned)))
      throw new NotAsked('it has not taken over yet what was abandoned')
    if (deed.does === 'adopt') await this.#adopt(asked, deed)
    else if (stack === undefined) await this.#call(asked, ask)
    else if (deed.does === 'signal') await this.#signal({ asked, deed, stack })
    else if (deed.does === 'clear') await this.#clear({ asked, deed, stack })
    else if (deed.does === 'abandon') await this.#abandon({ asked, deed, stack })
    else if (deed.does === 'mark') await this.#insist(asked, ask)
    else await this.#call(asked, ask)
  }

  async #signal({ asked, deed, stack }: Wish<Telling>): Promise<void> {
    const said: Said = { word: `said ${asked.begun}.`, as: 'unknown' }
    this.said.push(said)
    try {
      await this.#insist(asked, tell(deed, stack, said.word))
      said.as = 'accepted'
    } catch (error) {
      if (!Unavailable.is(error) && !asked.doubled) said.as = 'refused'
      throw error
    }
  }

  async #clear({ asked, deed }: Wish<Extract<Deed, { does: 'clear' }>>): Promise<void> {
    const { play } = this.#place
    for (const { stack, resource, details } of await clearings(play, deed.stack)) {
      this.#say(`  ${resource}: ${JSON.stringify(details)}`)
      await this.#insist(asked, (calls, context) =>
        calls.signalResource(anna, { stack, resource, details }, context),
      )
    }
  }

  async #abandon({ asked, stack }: Wish): Promise<void> {
    const { status } = await this.#place.play.calls.showStack(anna, { stack, resolveOutputs: false })
    if (status !== 'COMPLETE') throw new NotAsked(`it is not abandoned, for it is ${status}`)
    const ask: Ask = (calls, context) => calls.abandonStack(anna, { stack }, context)
    const document = (await this.#insist(asked, ask, { tries: patience })) as JsonMap
    this.abandoned.push({ stack: stack.name, document, heir: undefined })
  }

  async #adopt(asked: Asked, { stack, rollback }: Extract<Deed, { does: 'adopt' }>): Promise<void> {
    const { play } = this.#place
    const left = await this.#leftOf(stack)
    if (left === undefined) throw new NotAsked('there is nothing to adopt')
    if (!isWhole(play, left)) throw new NotAsked('what was abandoned is not whole')
    const { template } = left.document
    asked.mark = String((template as JsonMap).description)
    left.heir = this.#ids.uuid()
    const adopt = JSON.stringify(left.document)
    const ask = { name: stack, adopt, parameters, disableRollback: !rollback }
    await this.#insist(asked, (calls, context) => calls.createStack(anna, ask, context), { id: left.heir })
  }

  /** What is left of the last stack of a name that was abandoned, if nobody took it over. */
  async #leftOf(stack: string): Promise<Abandoned | undefined> {
    for (const one of this.abandoned.toReversed()) {
      if (one.stack === stack && (await isFree(this.#place.play, one))) return one
    }
    return undefined
  }

  /** A call that engines know again: it is made anew, as the same, if nobody answers. */
  async #insist(
    asked: Asked,
    ask: Ask,
    { id = this.#ids.uuid(), tries = 1 + this.#chance.below(3) } = {},
  ): Promise<unknown> {
    const { signal } = new AbortController()
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#call(asked, ask, { id, again: attempt > 1, signal })
      } catch (error) {
        if (!Unavailable.is(error) || attempt === tries) throw error
        asked.doubled = true
        await this.#place.play.clock.sleep(1000)
      }
    }
  }

  /** A call on its way through messages: it may be lost on the way there or back, or come twice. */
  async #call(asked: Asked, ask: Ask, context?: CallContext): Promise<unknown> {
    const { faults, play } = this.#place
    if (faults.comes('call lost')) {
      await play.clock.sleep(5000)
      asked.ended = ++this.#count
      throw away()
    }
    if (faults.comes('call late')) await play.clock.sleep(faults.chance('call late').below(5000))
    let left = faults.comes('call doubled') ? 2 : 1
    const one = (as: CallContext | undefined) =>
      this.#answered(ask, as).finally(() => {
        if (--left === 0) asked.ended = ++this.#count
      })
    if (left === 2) {
      asked.doubled = true
      const again = context && { ...context, again: true }
      const later = play.clock.sleep(faults.chance('call doubled').below(3000)).then(() => one(again))
      const second = later.then(
        () => {},
        (error: unknown) => this.#say(`the second of two: ${messageOf(error)}`),
      )
      this.#underWay.add(second)
      void second.then(() => this.#underWay.delete(second))
    }
    const answer = await one(context)
    if (faults.comes('call unanswered')) throw away()
    return answer
  }

  async #answered(ask: Ask, context: CallContext | undefined): Promise<unknown> {
    const { play, engines } = this.#place
    const living = engines()
    const late = new AbortController()
    const timeout = play.clock.sleep(callTimeoutMs, late.signal).then(() => {
      throw away()
    })
    timeout.catch(() => {})
    if (living.length === 0) return await timeout
    try {
      return await Promise.race([ask(this.#chance.one(living).calls, context), timeout])
    } finally {
      late.abort()
    }
  }

  #say(what: string): void {
    this.#place.trail.say(what)
  }
}

/** What a user had in mind is not asked, by what the user sees. */
class NotAsked extends Error {}

const away = (): Problem => Unavailable({ message: 'The engine did not answer.' })
