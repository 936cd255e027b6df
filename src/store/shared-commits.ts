import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Queries, Tx } from './database.ts'

type Work<T> = (tx: Tx) => Promise<T>

interface Waiting {
  readonly work: Work<unknown>
  resolve(result: unknown): void
  reject(error: unknown): void
}

/** Not more pieces of work than this are done before those before them are on disk. */
const mostAtOnce = 100

/**
 * Does pieces of work that come at the same time, each as in a transaction of its own, with one commit for all of them: to
 * wait for the disk is most of what a commit to a file takes.
 */
export function sharedCommits(db: Queries): <T>(work: Work<T>) => Promise<T> {
  let queue: Waiting[] = []
  let isRunning = false

  async function drain(): Promise<void> {
    isRunning = true
    while (queue.length > 0) {
      await nextTurn()
      const batch = queue.slice(0, mostAtOnce)
      queue = queue.slice(batch.length)
      await doTogether(db, batch)
    }
    isRunning = false
  }

  return <T>(work: Work<T>) =>
    new Promise<T>((resolve, reject) => {
      queue.push({ work, resolve: (result) => resolve(result as T), reject })
      if (!isRunning) void drain()
    })
}

async function doTogether(db: Queries, batch: readonly Waiting[]): Promise<void> {
  const done: (() => void)[] = []
  try {
    await db.transaction().execute(async (tx) => {
      for (const { work, resolve, reject } of batch) {
        await sql`savepoint piece`.execute(tx)
        try {
          const result = await work(tx)
          done.push(() => resolve(result))
        } catch (error) {
          // After some errors of the disk there is no transaction left.
          await sql`rollback to piece`.execute(tx).catch(() => {
            throw error
          })
          done.push(() => reject(error))
        }
        await sql`release piece`.execute(tx)
      }
    })
  } catch (error) {
    for (const { reject } of batch) reject(error)
    return
  }
  for (const tell of done) tell()
}
