import type { Database } from '../store/database.ts'

/** A database that takes the machine's own time, and how to wait for it without letting the story's time pass. */
export interface OutsideDatabase {
  readonly database: Database
  /** Waits for what is asked of the database now; answers whether there was anything to wait for. */
  answered(): Promise<boolean>
}

/** Keeps account of what is asked of a database and not answered yet. */
export function outsideDatabase(within: Database): OutsideDatabase {
  const asked = new Set<Promise<unknown>>()

  function keep<T>(answer: Promise<T>): Promise<T> {
    const over: Promise<unknown> = answer.catch(() => {}).then(() => asked.delete(over))
    asked.add(over)
    return answer
  }

  const database: Database = {
    ...within,
    read: (query) => keep(within.read(query)),
    transaction: (work) => keep(within.transaction(work)),
    insist: (work) => keep(within.insist(work)),
    exclusively: (work) => keep(within.exclusively(work)),
  }

  return {
    database,
    async answered() {
      if (asked.size === 0) return false
      await Promise.race(asked)
      return true
    },
  }
}
