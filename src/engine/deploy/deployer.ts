import { messageOf } from '../../base/problem.ts'
import { Unavailable } from '../../contract/problems.ts'
import type { DeploymentRow } from '../../store/rows.ts'
import type { Ownership } from '../../store/store.ts'
import { heartOf } from '../heart.ts'
import type { EngineParts } from '../parts.ts'
import { type Deployment, deploy } from './deployment.ts'
import { Gauges } from './gauges.ts'
import { Leftovers } from './leftovers.ts'
import { Others } from './others.ts'

/** Takes up the deployments that wait for an engine, and says all the while that this engine is alive. */
export interface Deployer {
  /** Says that the engine is there, and begins to take up work. */
  start(): Promise<void>
  /** Takes nothing up any more, gives up what is under way, for others to go on with, and says goodbye. */
  stop(): Promise<void>
  /** Why it is of no use to others just now; `undefined`: it is. */
  whyNotReady(): string | undefined
  /** The stacks that this engine is deploying now. */
  readonly stacks: readonly string[]
}

export function deployer(parts: EngineParts): Deployer {
  return new Taker(parts)
}

/** So many heartbeats a deployment may wait for an engine that the bus gives it to, before it is looked for in the store. */
const patientBeats = 2

/** After so many heartbeats it is seen to again that what is of no use is forgotten. */
const beatsToForget = 600
/** The same of what only an engine that died in a bad moment leaves. */
const beatsToStrays = 3600

/** How many deployments are taken up at most with one heartbeat, so that other engines get some too. */
const mostAtOnce = 200

class Taker implements Deployer {
  readonly #parts: EngineParts
  readonly #others: Others
  readonly #leftovers: Leftovers
  readonly #mine = new Map<string, Deployment>()
  /** Deployments that broke off here: to be taken up again, if they still are this engine's. */
  readonly #broken = new Set<string>()
  /** The last look at each stack that is not over yet. */
  readonly #looking = new Map<string, Promise<void>>()
  /** Nothing more is taken up. */
  readonly #leaving = new AbortController()
  /** The heart stands still. */
  readonly #over = new AbortController()
  #taking: { close(): Promise<void> } | undefined
  #heart: Promise<void> = Promise.resolve()
  /** When it last said that it lives. */
  #saidAt: number | undefined
  readonly #gauges: Gauges

  constructor(parts: EngineParts) {
    this.#parts = parts
    this.#others = new Others(parts)
    this.#gauges = new Gauges(parts)
    this.#leftovers = new Leftovers(parts)
  }

  get stacks(): readonly string[] {
    return [...this.#mine.keys()]
  }

  whyNotReady(): string | undefined {
    const { clock, options } = this.#parts
    if (this.#leaving.signal.aborted) return 'The engine is stopping.'
    if (this.#saidAt === undefined)
      return 'The engine has not written into the database yet that it is there.'
    const quietMs = clock.now() - this.#saidAt
    if (quietMs <= options.deadAfterMs) return undefined
    return `The engine could not write into the database for ${Math.round(quietMs / 1000)} seconds.`
  }

  async start(): Promise<void> {
    const { hints, clock } = this.#parts
    const startedAt = clock.now()
    await this.#appear(startedAt)
    hints.onChanged((stackId) => void (this.#mine.has(stackId) && this.#attend(stackId)))
    this.#taking = await hints.onWork((stackId, again) => this.#take(stackId, again))
    this.#heart = this.#live(startedAt)
  }

  /** A store that is away just now is no reason not to begin. */
  async #appear(startedAt: number): Promise<void> {
    try {
      await this.#sayAlive(startedAt)
      await this.#others.forget()
      this.#leftovers.giveBackAll()
    } catch (error) {
      if (!Unavailable.is(error)) throw error
      this.#parts.log.error({ error: messageOf(error) }, 'The store can not be reached')
    }
  }

  async stop(): Promise<void> {
    const { clock, options, store, id } = this.#parts
    this.#leaving.abort()
    this.#stopAll()
    await this.#taking?.close()
    await Promise.all(this.#looking.values())
    // A look that was under way may have taken one up since.
    this.#stopAll()
    const enough = new AbortController()
    const patience = clock.sleep(options.drainMs, enough.signal).catch(() => {})
    await Promise.race([Promise.all([...this.#mine.values()].map(({ ended }) => ended)), patience])
    enough.abort()
    this.#over.abort()
    await this.#heart
    await store.forgetEngine(id).catch(() => {})
  }

  /** Has a stack in hand that there is something to do with: until that is done, or another engine has it. */
  async #take(stackId: string, again: boolean): Promise<void> {
    const { hints, log } = this.#parts
    if (this.#leaving.signal.aborted) return hints.work(stackId)
    // Its owner may have been lost in the middle of it.
    if (again) {
      await this.#inquireAfterOwner(stackId).catch((error: unknown) =>
        log.warn({ stack: stackId, error: messageOf(error) }, 'An owner could not be inquired after'),
      )
    }
    await this.#attend(stackId)
    await this.#mine.get(stackId)?.ended
  }

  async #inquireAfterOwner(stackId: string): Promise<void> {
    const { store, id } = this.#parts
    const deployment = await store.deployment(stackId)
    if (deployment?.pending !== true || deployment.engineId === null || deployment.engineId === id) return
    await this.#others.inquire(deployment.engineId, this.#leaving.signal)
  }

  #stopAll(): void {
    for (const deployment of this.#mine.values()) deployment.stop()
  }

  /** Takes a deployment up, or has the one that is under way look for news. One attempt at a time for each stack. */
  #attend(stackId: string): Promise<void> {
    const before = this.#looking.get(stackId) ?? Promise.resolve()
    const attempt = before
      .then(() => this.#look(stackId))
      .catch((error: unknown) => {
        this.#parts.log.warn(
          { stack: stackId, error: messageOf(error) },
          'A deployment could not be looked at',
        )
      })
    this.#looking.set(stackId, attempt)
    void attempt.then(() => this.#looking.get(stackId) === attempt && this.#looking.delete(stackId))
    return attempt
  }

  async #look(stackId: string): Promise<void> {
    if (this.#leaving.signal.aborted) return
    const under = this.#mine.get(stackId)
    if (under !== undefined) return await under.look()
    const owner = await this.#claim(stackId)
    this.#broken.delete(stackId)
    if (owner === undefined) return
    const { hints } = this.#parts
    const begun = deploy(this.#parts, owner)
    this.#mine.set(stackId, begun)
    void begun.ended.then((left) => {
      this.#mine.delete(stackId)
      if (left === 'lost') this.#broken.add(stackId)
      if (left === 'released') hints.work(stackId)
      if (left === 'gone') this.#leftovers.add(stackId)
      // Something may have been asked while this one ended.
      if (left === 'done' || left === 'gone') void this.#attend(stackId)
    })
  }

  async #claim(stackId: string): Promise<Ownership | undefined> {
    const { store, id, hints } = this.#parts
    const deployment = await store.deployment(stackId)
    if (deployment?.pending !== true) return undefined
    if (await this.#isFree(deployment.engineId)) {
      const owner = await store.claim(deployment, id)
      if (owner !== undefined) this.#gauges.claimed(deployment)
      return owner
    }
    // Its owner may not know yet that something new is asked.
    hints.changed(stackId)
    return undefined
  }

  /** Whether a deployment of this owner may be taken; one of this engine's own that it does not work on broke off. */
  async #isFree(engineId: string | null): Promise<boolean> {
    if (engineId === null || engineId === this.#parts.id) return true
    await this.#others.look()
    return this.#others.isDead(engineId)
  }

  async #live(startedAt: number): Promise<void> {
    const { clock, log, options } = this.#parts
    const { signal } = this.#over
    for (let beat = 1; !signal.aborted; beat++) {
      try {
        await this.#sayAlive(startedAt)
        if (beat % beatsToForget === 0) {
          await this.#others.forget()
          this.#leftovers.giveBackAll()
        }
        if (beat % beatsToStrays === beatsToForget / 2) this.#leftovers.giveBackStrays()
        this.#leftovers.giveBack()
        if (!this.#leaving.signal.aborted) await this.#lookAround()
      } catch (error) {
        log.error({ error: messageOf(error) }, 'The store can not be reached')
      }
      this.#gauges.inHand([...this.#mine.values()])
      await clock.sleep(options.heartbeatMs, signal).catch(() => {})
    }
  }

  /** Looks for what no message told of, and for news of what is this engine's. */
  async #lookAround(): Promise<void> {
    await this.#others.look()
    const living = this.#others.living()
    const waiting = await this.#parts.store.claimable(living)
    this.#gauges.around(living, waiting)
    const found = waiting.filter((one) => this.#isDue(one))
    const from = Math.floor(this.#parts.random() * found.length)
    const some = [...found.slice(from), ...found.slice(0, from)].slice(0, mostAtOnce)
    const own = [...(await this.#withNews()), ...this.#broken]
    for (const stackId of new Set([...some.map((one) => one.stackId), ...own])) {
      if (!this.#looking.has(stackId)) void this.#attend(stackId)
    }
  }

  /** The stacks in hand of which something newer is asked than what is worked on. */
  async #withNews(): Promise<readonly string[]> {
    const rows = await this.#parts.store.deployments(this.stacks)
    const isNews = ({ stackId, request }: DeploymentRow) => {
      const present = this.#mine.get(stackId)?.request ?? 0
      return present > 0 && present !== request
    }
    return rows.filter(isNews).map(({ stackId }) => stackId)
  }

  /** What was asked just now the bus gives to one of the engines, in turn. */
  #isDue({ engineId, askedAt }: DeploymentRow): boolean {
    const { clock, options } = this.#parts
    return engineId !== null || Math.abs(clock.now() - askedAt) > patientBeats * options.heartbeatMs
  }

  async #sayAlive(startedAt: number): Promise<void> {
    const { store, clock, options, id } = this.#parts
    await heartOf(this.#parts).beat(async () => {
      await store.heartbeat({ id, host: options.host, startedAt, seenAt: clock.now() })
      return await store.now()
    })
    this.#saidAt = clock.now()
    this.#gauges.beat()
  }
}
