/** Where time comes from. The engine and the simulator never ask the machine, so that tests can play time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Milliseconds since some moment; unlike `now` it never jumps. Where there is none, `now` stands in. */
  elapsed?(): number
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Node's timers hold no more; one that is asked to rings at once. */
const longestTimer = 2 ** 31 - 1

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  async sleep(ms, signal) {
    for (let left = ms; left > longestTimer; left -= longestTimer) await timer(longestTimer, signal)
    await timer(ms % longestTimer, signal)
  },
}

function timer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const stop = () => {
      clearTimeout(timeout)
      reject(signal?.reason)
    }
    const timeout = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

/** A moment as OpenStack's APIs write it: `2026-01-31T09:30:00Z`. */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** A moment as the services' databases write it: `2026-01-31T09:30:00.000000`. */
export const isoMicros = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}.000000`
