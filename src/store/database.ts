import { Kysely, type Transaction } from 'kysely'
import { type Clock, systemClock as clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { messageOf } from '../base/problem.ts'
import { Unavailable } from '../contract/problems.ts'
import { readConnection } from './connection-url.ts'
import {
  type Dialect,
  type Mishap,
  mysql,
  mysqlDriver,
  postgres,
  postgresDriver,
  sqlite,
  sqliteDriver,
} from './dialect.ts'
import { sharedCommits } from './shared-commits.ts'
import type { Tables } from './tables.ts'

/** Where queries run: in a transaction, or on any connection. */
export type Queries = Kysely<Tables>
export type Tx = Transaction<Tables>

/** A database that is open. */
export interface Database {
  readonly dialect: Dialect
  readonly db: Queries
  /** Whether a transaction runs in this thread, and a long one must let others have it now and then. */
  readonly sharesThread: boolean
  /** Reads what is committed. Throws the problem `Unavailable` while the database can't be reached. */
  read<T>(query: (db: Queries) => Promise<T>): Promise<T>
  /**
   * Does some work in one transaction, again if it clashed with another. Throws `Unavailable` while the database can't
   * be reached; whether the work was done is then not known.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Does some work as often as it takes until the database answered; `again` tells that it may have been done before. */
  insist<T>(work: (again: boolean) => Promise<T>): Promise<T>
  /** Does some work while no other program does so; in a transaction, where the database can change tables in one. */
  exclusively(work: (db: Queries) => Promise<void>): Promise<void>
  /** What time it is for the database, in milliseconds since the epoch. */
  now(): Promise<number>
  mishap(error: unknown): Mishap | undefined
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly connection: string
  readonly log: Log
}

/** So long is a transaction tried again that clashes with others. */
const mostWaiting = 20_000

/** Opens a database by its URL. Whatever clock its users live by, it waits in the machine's own time, as databases do. */
export async function openDatabase({ connection, log }: DatabaseOptions): Promise<Database> {
  const { dialect, db, reader, sharesThread } = await connect(connection, log)
  const closing = new AbortController()
  const inTransaction = sharesThread
    ? sharedCommits(db)
    : <T>(work: (tx: Tx) => Promise<T>) => db.transaction().execute(work)
  const mishap = (error: unknown): Mishap | undefined => {
    const kind = typeof error === 'object' && error !== null ? dialect.kindOf(error) : undefined
    return kind ?? (closing.signal.aborted ? 'away' : undefined)
  }

  async function read<T>(query: (db: Queries) => Promise<T>): Promise<T> {
    try {
      return await query(reader)
    } catch (error) {
      if (mishap(error) === undefined || mishap(error) === 'duplicate') throw error
    }
    // A connection that was idle may have been cut long ago: another one will do.
    return query(reader).catch((error: unknown) => {
      throw mishap(error) === 'away' ? unavailable(error) : error
    })
  }

  const transaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    undisturbed(async () => {
      let begun = false
      const attempt = () =>
        inTransaction((tx) => {
          begun = true
          return work(tx)
        })
      try {
        return await attempt().catch((error: unknown) => {
          if (begun || mishap(error) !== 'away') throw error
          return attempt()
        })
      } catch (error) {
        throw mishap(error) === 'away' ? unavailable(error) : error
      }
    })

  /** Does again what was undone because it clashed with something else. */
  async function undisturbed<T>(work: () => Promise<T>): Promise<T> {
    const giveUpAt = clock.now() + mostWaiting
    for (let attempt = 1; ; attempt++) {
      try {
        return await work()
      } catch (error) {
        if (mishap(error) !== 'conflict' || clock.now() >= giveUpAt) throw error
      }
      await clock.sleep(Math.random() * Math.min(200, 2 ** attempt), closing.signal)
    }
  }

  const exclusively = (work: (db: Queries) => Promise<void>) =>
    undisturbed(() => dialect.exclusively(db, work))

  const insist: Database['insist'] = (work) =>
    insisting(work, { clock, log, signal: closing.signal, passes: (error) => mishap(error) === 'conflict' })

  async function close(): Promise<void> {
    closing.abort(Unavailable({ message: 'The database was closed.' }))
    if (reader !== db) await reader.destroy()
    await db.destroy()
  }

  const now = () =>
    read(async (queries) => {
      const { rows } = await dialect.now.execute(queries)
      return Number(rows[0]?.now)
    })

  return { dialect, db, sharesThread, read, transaction, insist, exclusively, now, mishap, close }
}

interface Insistence {
  readonly clock: Clock
  readonly log: Log
  /** Ends it. */
  readonly signal?: AbortSignal
  /** Which errors pass, besides `Unavailable`. */
  readonly passes?: (error: unknown) => boolean
}

/** Does some work as often as it takes until the database answered; `again` tells that it may have been done before. */
export async function insisting<T>(
  work: (again: boolean) => Promise<T>,
  { clock, log, signal, passes = () => false }: Insistence,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work(attempt > 0)
    } catch (error) {
      if (!Unavailable.is(error) && !passes(error)) throw error
      log.warn({ error: messageOf(error) }, 'the database can not be reached; trying on')
    }
    await clock.sleep(Math.min(2000, 100 * 2 ** Math.min(attempt, 6)), signal)
  }
}

/** What is thrown while a database is away. */
export const unavailable = (cause: unknown) =>
  Unavailable({ message: 'The database can not be reached now.' }, cause)

async function connect(text: string, log: Log) {
  const connection = readConnection(text)
  if (connection.kind === 'sqlite') {
    const db = new Kysely<Tables>({ dialect: await sqliteDriver(connection.path) })
    if (connection.path === undefined) return { dialect: sqlite, db, reader: db, sharesThread: false }
    const reader = new Kysely<Tables>({ dialect: await sqliteDriver(connection.path, { reads: true }) })
    return { dialect: sqlite, db, reader, sharesThread: true }
  }
  const { server } = connection
  const [dialect, driver] =
    connection.kind === 'postgres' ? [postgres, postgresDriver(server, log)] : [mysql, mysqlDriver(server)]
  const db = new Kysely<Tables>({ dialect: driver })
  return { dialect, db, reader: db, sharesThread: false }
}
