import { BoundedMap } from './bounded-map.ts'
import type { Clock } from './clock.ts'

/** How much of something is let through: so much in a minute in the long run, and so much at once after a quiet time. */
export interface Pace {
  /** 0: any number. */
  readonly perMinute: number
  readonly burst: number
}

/** Lets each of many through at a pace of its own. */
export interface Pacer {
  /** Lets one more through and answers 0, or says in how many seconds it may come again. */
  take(key: string): number
  /** In how many seconds one may come; lets nothing through. */
  wait(key: string): number
}

interface Bucket {
  readonly tokens: number
  readonly at: number
}

/** Whoever comes when so many others were there since is taken for new. */
const mostKnown = 10_000

/** Each key has tokens, of which every piece takes one, and which come back with time. */
export function pacer({ perMinute, burst }: Pace, clock: Clock): Pacer {
  const buckets = new BoundedMap<Bucket>(mostKnown)
  const perMs = perMinute / 60_000
  const most = Math.max(1, burst)
  const now = () => clock.elapsed?.() ?? clock.now()

  function filled(key: string): Bucket {
    const at = now()
    const bucket = buckets.get(key)
    if (bucket === undefined) return { tokens: most, at }
    const tokens = Math.min(most, bucket.tokens + Math.max(0, at - bucket.at) * perMs)
    return { tokens, at }
  }

  /** To the nearest second above, for a client that comes too early would have to come again. */
  const secondsUntilOne = ({ tokens }: Bucket): number =>
    tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / perMs / 1000))

  return {
    take(key) {
      if (perMinute === 0) return 0
      const bucket = filled(key)
      const seconds = secondsUntilOne(bucket)
      if (seconds === 0) buckets.set(key, { ...bucket, tokens: bucket.tokens - 1 })
      return seconds
    },
    wait: (key) => (perMinute === 0 ? 0 : secondsUntilOne(filled(key))),
  }
}
