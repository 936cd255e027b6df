import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../base/clock.ts'

/** Time that passes only when it is told to. */
export interface TestClock extends Clock {
  /** Lets so much time pass; whoever sleeps wakes in order, and does what can be done without more time. */
  pass(ms: number): Promise<void>
  /** Lets time pass, from one sleeper's waking to the next, until the work is done; answers as the work does. */
  until<T>(work: Promise<T>): Promise<T>
  /** Lets time pass, from one sleeper's waking to the next, until something is true. */
  when(isTrue: () => boolean | Promise<boolean>): Promise<void>
  /** Lets everything be done that needs no time. */
  quiet(): Promise<void>
}

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** Turns of the event loop in which something that needs no time may still be under way: a few steps of a database. */
const turnsToQuiet = 8

/** No story takes longer; one that seems to waits for something that never comes. */
const longestStoryMs = 4 * 3600 * 1000

export interface TestClockOptions {
  /** Waits for what takes the machine's own time; answers whether there was anything to wait for. */
  readonly outside?: () => Promise<boolean>
}

export function testClock({ outside = async () => false }: TestClockOptions = {}): TestClock {
  const sleepers = new Set<Sleeper>()
  let now = Date.UTC(2026, 0, 31, 9, 30)

  async function quiet(): Promise<void> {
    do for (let turn = 0; turn < turnsToQuiet; turn++) await nextTurn()
    while (await outside())
  }

  function earliest(): number | undefined {
    let first: number | undefined
    for (const { at } of sleepers) if (first === undefined || at < first) first = at
    return first
  }

  async function moveTo(moment: number): Promise<void> {
    now = Math.max(now, moment)
    for (const sleeper of sleepers) {
      if (sleeper.at > now) continue
      sleepers.delete(sleeper)
      sleeper.wake()
    }
    await quiet()
  }

  const self: TestClock = {
    now: () => now,
    quiet,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const stop = () => {
          sleepers.delete(sleeper)
          reject(signal?.reason)
        }
        const wake = () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        }
        // Whole milliseconds, as clocks tell them and databases keep them.
        const sleeper = { at: now + Math.max(0, Math.ceil(ms)), wake }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', stop, { once: true })
      }),
    async pass(ms) {
      const end = now + ms
      await quiet()
      for (let next = earliest(); next !== undefined && next <= end; next = earliest()) await moveTo(next)
      now = end
    },
    async until(work) {
      let isOver = false
      const over = () => {
        isOver = true
      }
      work.then(over, over)
      await self.when(() => isOver)
      return work
    },
    async when(isTrue) {
      const giveUpAt = now + longestStoryMs
      for (await quiet(); !(await isTrue()); ) {
        const next = earliest()
        if (next === undefined) throw new Error('everybody waits, and nobody for the time to pass')
        if (next > giveUpAt) throw new Error('this would take for ever')
        await moveTo(next)
      }
    },
  }
  return self
}
