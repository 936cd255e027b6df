import type { Clock } from '../../base/clock.ts'

const firstMs = 200

/** A clock for polling: sleeps begin short, so that quick work is seen at once, and grow until they are as long as asked. */
export function eagerClock(clock: Clock): Clock {
  let nextMs = firstMs
  return {
    now: clock.now,
    sleep(ms, signal) {
      const pause = Math.min(ms, nextMs)
      nextMs = Math.min(nextMs * 1.5, Number.MAX_SAFE_INTEGER)
      return clock.sleep(pause, signal)
    },
  }
}
