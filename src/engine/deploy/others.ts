import type { EngineParts } from '../parts.ts'
import { Sightings } from './sightings.ts'

/** How many heartbeats an engine misses before it is believed that it is gone, where the bus says so. */
const missedBeats = 2

/** How long dead engines stay listed, so that an operator can see that they are down. */
const rememberedMs = 24 * 3600 * 1000
const rememberedHereMs = 60_000

/** Much longer than anybody waits for an answer. */
const callsRememberedMs = 3600 * 1000

/** The other engines of the site, as far as this one knows whether they live. */
export class Others {
  readonly #parts: EngineParts
  readonly #sightings: Sightings
  readonly #inquiries = new Map<string, Promise<void>>()
  #looking: Promise<void> | undefined

  constructor(parts: EngineParts) {
    this.#parts = parts
    this.#sightings = new Sightings(parts.options.heartbeatMs)
  }

  /** Looks how the engines are recorded now. Who asks while a look is under way has that. */
  look(): Promise<void> {
    if (this.#parts.options.alone) return Promise.resolve()
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async #look(): Promise<void> {
    const { store, clock } = this.#parts
    this.#sightings.look(await store.engines(), clock.now())
  }

  /**
   * Forgets engines that died without a goodbye, those of this host before long, for this one stands in for them; and calls
   * that nobody makes again any more.
   */
  async forget(): Promise<void> {
    const { store, clock, options } = this.#parts
    const now = clock.now()
    for (const { id, host, seenAt } of await store.engines()) {
      if (now - seenAt > (host === options.host ? rememberedHereMs : rememberedMs))
        await store.forgetEngine(id)
    }
    await store.forgetCalls(now - callsRememberedMs)
  }

  /** The engines whose work is not to be touched, this one included. */
  living(): readonly string[] {
    const { id, options } = this.#parts
    return options.alone ? [id] : [id, ...this.#sightings.heardWithin(options.deadAfterMs)]
  }

  /** Whether what an engine owns may be taken from it, as of the last look. */
  isDead(id: string): boolean {
    const { options } = this.#parts
    return options.alone || this.#sightings.quietMs(id) > options.deadAfterMs
  }

  /**
   * Finds out whether an engine is gone of which the bus says so; it may have lost no more than its connection. Resolves
   * once it was heard of, or has been quiet for too long.
   */
  inquire(id: string, signal: AbortSignal): Promise<void> {
    const under = this.#inquiries.get(id) ?? this.#listenFor(id, signal)
    this.#inquiries.set(id, under)
    return under.finally(() => this.#inquiries.delete(id))
  }

  async #listenFor(id: string, signal: AbortSignal): Promise<void> {
    const { clock, options } = this.#parts
    await this.look()
    const before = this.#sightings.seenAt(id)
    while (this.#sightings.seenAt(id) === before && !this.isDead(id) && !signal.aborted) {
      if (this.#sightings.quietMs(id) > missedBeats * options.heartbeatMs) return this.#sightings.giveUp(id)
      await clock.sleep(options.heartbeatMs / 4, signal).catch(() => {})
      await this.look()
    }
  }
}
