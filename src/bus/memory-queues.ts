import type { Log } from '../base/log.ts'
import type { Bus } from './bus.ts'
import { doWork, type Work } from './work.ts'

/** Queues of work within one process. Nobody who takes from one can die alone, so nothing is handed out again. */
export function memoryQueues(log: Log): Pick<Bus, 'hand' | 'take'> & { close(): void } {
  const queues = new Map<string, { readonly takers: Work[]; readonly waiting: string[] }>()

  function queueOf(name: string) {
    const queue = queues.get(name) ?? { takers: [], waiting: [] }
    queues.set(name, queue)
    return queue
  }

  function hand(name: string, item: string): void {
    const { takers, waiting } = queueOf(name)
    const next = takers.shift()
    if (next === undefined) return void waiting.push(item)
    takers.push(next)
    setImmediate(() => void doWork(next, { queue: name, item, again: false, log }))
  }

  return {
    hand,
    async take(name, work) {
      const { takers, waiting } = queueOf(name)
      takers.push(work)
      for (const item of waiting.splice(0)) hand(name, item)
      return {
        async close() {
          const place = takers.indexOf(work)
          if (place >= 0) takers.splice(place, 1)
        },
      }
    },
    close: () => queues.clear(),
  }
}
