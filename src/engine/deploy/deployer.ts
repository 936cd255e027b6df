import { messageOf } from '../../base/problem.ts'
import type { EngineParts } from '../parts.ts'
import { type Deployment, deploy } from './deployment.ts'

/** Takes up the deployments that wait for an engine, and says all the while that this engine is alive. */
export interface Deployer {
  /** Says that the engine is there, and begins to take up work. */
  start(): Promise<void>
  /** Gives up what is under way, for others to go on with, and says goodbye. */
  stop(): Promise<void>
  /** The stacks that this engine is deploying now. */
  readonly stacks: readonly string[]
}

export function deployer(parts: EngineParts): Deployer {
  return new Taker(parts)
}

class Taker implements Deployer {
  readonly #parts: EngineParts
  readonly #mine = new Map<string, Deployment>()
  /** Deployments that broke off here: to be taken up again, if they still are this engine's. */
  readonly #broken = new Set<string>()
  /** The last look at each stack that is not over yet. */
  readonly #looking = new Map<string, Promise<void>>()
  readonly #stopping = new AbortController()
  #heart: Promise<void> = Promise.resolve()

  constructor(parts: EngineParts) {
    this.#parts = parts
  }

  get stacks(): readonly string[] {
    return [...this.#mine.keys()]
  }

  async start(): Promise<void> {
    const startedAt = this.#parts.clock.now()
    await this.#sayAlive(startedAt)
    this.#parts.hints.onWork((stackId) => void this.#attend(stackId))
    this.#heart = this.#live(startedAt)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#stopAll()
    await this.#heart
    await Promise.all(this.#looking.values())
    // A look that was under way may have taken one up since.
    this.#stopAll()
    await Promise.all([...this.#mine.values()].map(({ ended }) => ended))
    await this.#parts.store.forgetEngine(this.#parts.id).catch(() => {})
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
    if (this.#stopping.signal.aborted) return
    const under = this.#mine.get(stackId)
    if (under !== undefined) return await under.look()
    const { store, id } = this.#parts
    const deployment = await store.deployment(stackId)
    const isFree = deployment?.pending === true && (await this.#isFree(deployment.engineId))
    const owner = isFree ? await store.claim(deployment, id) : undefined
    this.#broken.delete(stackId)
    if (owner === undefined) return
    const begun = deploy(this.#parts, owner)
    this.#mine.set(stackId, begun)
    void begun.ended.then((left) => {
      this.#mine.delete(stackId)
      if (left === 'lost') this.#broken.add(stackId)
      // Something may have been asked while this one ended.
      if (left === 'done') void this.#attend(stackId)
    })
  }

  /** Whether a deployment of this owner may be taken; one of this engine's own that it does not work on broke off. */
  async #isFree(engineId: string | null): Promise<boolean> {
    const { id, options, store, clock } = this.#parts
    if (engineId === null || engineId === id || options.alone) return true
    const owner = (await store.engines()).find((engine) => engine.id === engineId)
    return owner === undefined || owner.seenAt < clock.now() - options.deadAfterMs
  }

  async #live(startedAt: number): Promise<void> {
    const { clock, log, options } = this.#parts
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        await this.#beat(startedAt)
      } catch (error) {
        log.error({ error: messageOf(error) }, 'The store can not be reached')
      }
      await clock.sleep(options.heartbeatMs, signal).catch(() => {})
    }
  }

  async #beat(startedAt: number): Promise<void> {
    const { store, clock, options, id } = this.#parts
    await this.#sayAlive(startedAt)
    const deadBefore = options.alone ? Number.MAX_SAFE_INTEGER : clock.now() - options.deadAfterMs
    const claimable = await store.claimable(deadBefore)
    const others = claimable.filter(({ engineId }) => engineId !== id).map(({ stackId }) => stackId)
    const own = [...this.#mine.keys(), ...this.#broken]
    for (const stackId of new Set([...others, ...own])) {
      if (!this.#looking.has(stackId)) void this.#attend(stackId)
    }
  }

  async #sayAlive(startedAt: number): Promise<void> {
    const { store, clock, options, id } = this.#parts
    await store.heartbeat({ id, host: options.host, startedAt, seenAt: clock.now() })
  }
}
