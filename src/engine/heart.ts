import type { Clock } from '../base/clock.ts'
import type { EngineParts } from './parts.ts'

/**
 * What an engine knows by its own heartbeats: the site's time, which is the database's, for engines' own clocks differ and
 * jump; and whether all others surely believe it alive, so that what it owns is still its own.
 */
export interface Heart {
  /** The site's clock: it goes on from the last heartbeat, however this machine's is set meanwhile. */
  readonly clock: Clock
  /** How often this engine was silent for so long that others may have taken its place. */
  readonly lapses: number
  /** Whether it said so lately that it is alive that no other can have taken its place. */
  isBelieved(): boolean
  /** Resolves when it is believed alive. */
  believed(): Promise<void>
  /** Says that it is alive: `say` does so, and answers with the database's time. */
  beat(say: () => Promise<number>): Promise<void>
}

/** Others wait for two missed heartbeats at least. */
const trustedBeats = 1.5

const hearts = new WeakMap<EngineParts, Heart>()

/** The parts of an engine that lives by the site's clock. */
export function withHeart(parts: EngineParts): EngineParts {
  const heart = newHeart(parts)
  const living = { ...parts, clock: heart.clock }
  hearts.set(living, heart)
  return living
}

/** The heart of an engine; a new one, if it never was given any. */
export function heartOf(parts: EngineParts): Heart {
  const known = hearts.get(parts) ?? newHeart(parts)
  hearts.set(parts, known)
  return known
}

function newHeart({ clock: own, options }: EngineParts): Heart {
  const elapsed = () => own.elapsed?.() ?? own.now()
  const trustedMs = options.alone ? Number.POSITIVE_INFINITY : options.heartbeatMs * trustedBeats
  let site: { readonly time: number; readonly at: number } | undefined
  let believedSince: number | undefined
  let lapses = 0
  let next = Promise.withResolvers<void>()

  const isBelieved = () => believedSince === undefined || elapsed() - believedSince <= trustedMs

  return {
    clock: {
      now: () => (site === undefined ? own.now() : site.time + Math.floor(elapsed() - site.at)),
      elapsed,
      sleep: (ms, signal) => own.sleep(ms, signal),
    },
    get lapses() {
      return lapses
    },
    isBelieved,
    async believed() {
      while (!isBelieved()) await next.promise
    },
    async beat(say) {
      const begun = elapsed()
      const time = await say()
      site = { time, at: elapsed() }
      if (!isBelieved()) lapses++
      believedSince = begun
      next.resolve()
      next = Promise.withResolvers()
    },
  }
}
