import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Meter } from '../base/metrics.ts'
import { Unavailable } from '../contract/problems.ts'
import { type Ask, type News, type Outcome, type Room, writeAll } from './batch.ts'
import { OwnershipLost } from './store.ts'

/** Writes what owners ask for, in the order of the calls, with one commit for all that is asked at about the same time. */
export interface Group {
  /** Resolves when it is on disk, to whether it was done; rejects with `OwnershipLost` if the owner is not. */
  add(ask: Ask): Promise<boolean>
  /** Resolves when all that was asked before is written. */
  settled(): Promise<void>
}

interface Waiting {
  readonly ask: Ask
  resolve(done: boolean): void
  reject(error: unknown): void
}

/** Not more rows than this in a transaction, if they are asked for by more than one call. */
const mostRows = 2000

/** So many turns of the event loop at most does something wait that nobody waits for, and fewer if no more comes. */
const mostTurns = 50
const idleTurns = 2

/** With more rows than this to write, nothing waits for more. */
const enoughRows = 500

interface Surroundings {
  readonly meter: Meter
  /** Is told, batch for batch, what was written; the next batch waits for it. */
  readonly afterwards: (news: News) => Promise<void>
}

/** Begins to take what owners want written. */
export function openGroup(room: Room, { meter, afterwards }: Surroundings): Group {
  let queue: Waiting[] = []
  /** How much speaks for writing at once. */
  let urge = 0
  let running: Promise<void> | undefined

  function add(ask: Ask): Promise<boolean> {
    return new Promise((resolve, reject) => {
      queue.push({ ask, resolve, reject })
      urge += urgeOf(ask)
      running ??= drain()
    })
  }

  /** All that is asked in one turn of the event loop is written together at least; what is asked meanwhile is the next batch. */
  async function drain(): Promise<void> {
    await nextTurn()
    while (queue.length > 0) {
      await linger()
      const batch = queue.slice(0, batchLength(queue))
      queue = queue.slice(batch.length)
      for (const { ask } of batch) urge -= urgeOf(ask)
      await commit(batch)
      await nextTurn()
    }
    running = undefined
  }

  /** Small steps, each of which begins when the last is done, are written together too, if nobody waits for a write. */
  async function linger(): Promise<void> {
    for (let turn = 0, idle = 0; urge < enoughRows && turn < mostTurns && idle < idleTurns; turn++) {
      const before = queue.length
      await nextTurn()
      idle = queue.length > before ? 0 : idle + 1
    }
  }

  async function commit(batch: readonly Waiting[]): Promise<void> {
    try {
      await attempt(batch)
    } catch (error) {
      if (batch.length === 1 || Unavailable.is(error)) for (const { reject } of batch) reject(error)
      else await commitApart(batch)
    }
  }

  /** One of them can't be written: the others must not suffer for it, but for those of the same owner, which build on it. */
  async function commitApart(batch: readonly Waiting[]): Promise<void> {
    const failed = new Map<string, unknown>()
    for (const waiting of batch) {
      const { stackId } = waiting.ask.owner
      if (failed.has(stackId)) {
        waiting.reject(failed.get(stackId))
        continue
      }
      await attempt([waiting]).catch((error: unknown) => {
        failed.set(stackId, error)
        waiting.reject(error)
      })
    }
  }

  async function attempt(batch: readonly Waiting[]): Promise<void> {
    const asks = batch.map(({ ask }) => ask)
    meter.set('hearth_commits_queued', {}, asks.length + queue.length)
    const { outcomes, committed, news } = await measured(meter, () =>
      room.database.insist((again) => room.database.transaction((tx) => writeAll(room, tx, asks, again))),
    )
    committed()
    for (const [index, waiting] of batch.entries()) settle(waiting, outcomes[index])
    await afterwards(news)
  }

  return { add, settled: async () => running }
}

async function measured<T>(meter: Meter, commit: () => Promise<T>): Promise<T> {
  const begunAt = performance.now()
  let outcome = 'failed'
  try {
    const written = await commit()
    outcome = 'done'
    return written
  } finally {
    meter.observe('hearth_commit_seconds', { outcome }, (performance.now() - begunAt) / 1000)
  }
}

function settle({ ask, resolve, reject }: Waiting, outcome: Outcome | undefined): void {
  if (outcome === 'lost') reject(new OwnershipLost(ask.owner.stackId))
  else resolve(outcome === 'done')
}

/**
 * How many of those that wait are written next. What an owner says of a stack is not put together with an earlier new
 * target of that same stack, so that it sees the target.
 */
function batchLength(queue: readonly Waiting[]): number {
  const targets = new Set<string>()
  let rows = 0
  let length = 0
  for (const { ask } of queue) {
    rows += rowsOf(ask)
    if (length > 0 && (rows > mostRows || targets.has(ask.owner.stackId))) break
    length++
    if (ask.does === 'release') continue
    const { children = [], next } = ask.change
    for (const { stack } of next ? [...children, next] : children) targets.add(stack.id)
  }
  return length
}

const urgeOf = (ask: Ask): number => (ask.does === 'write' && ask.change.unhurried ? rowsOf(ask) : enoughRows)

function rowsOf(ask: Ask): number {
  if (ask.does === 'release') return 1
  const { resources = [], forgotten = [], events = [], children = [] } = ask.change
  return 1 + resources.length + forgotten.length + events.length + children.length * 3
}
