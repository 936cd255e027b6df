import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { isMap } from '../base/json.ts'

const busy = 5

/** Opens a SQLite file (or, without a path, a database in memory) as Kysely wants it: write-ahead log, every commit on disk. */
export async function openSqlite(path: string | undefined, { reads = false } = {}): Promise<SqliteDatabase> {
  if (path !== undefined && !reads) makePrivate(path)
  // A wait for another writer stops this whole thread, and a writer in this thread with it: it is short, and tried again.
  const database = new DatabaseSync(path ?? ':memory:', { timeout: reads ? 5000 : 10 })
  await inWriteAheadLog(database)
  database.exec('pragma synchronous = full; pragma temp_store = memory; pragma cache_size = -16000')
  if (reads) database.exec('pragma query_only = 1')
  return withStatementCache(database)
}

/** The file is its owner's alone; SQLite gives its companions the same rights. */
function makePrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
}

/** The change of mode does not wait for others that do it at the same moment, whatever the time-out. */
async function inWriteAheadLog(database: DatabaseSync): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      database.exec('pragma journal_mode = wal')
      return
    } catch (error) {
      if (attempt === 100 || !isMap(error) || error.errcode !== busy) throw error
      await pause(20 + Math.random() * 60)
    }
  }
}

const mostStatements = 500

function withStatementCache(database: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>()
  return {
    prepare(sql) {
      const known = statements.get(sql)
      if (known !== undefined) return known
      const oldest = statements.size >= mostStatements ? statements.keys().next().value : undefined
      if (oldest !== undefined) statements.delete(oldest)
      // A transaction that begins as a reader may not be let to write later: whoever begins one here will write.
      const made = asKyselyRuns(database.prepare(sql === 'begin' ? 'begin immediate' : sql))
      statements.set(sql, made)
      return made
    },
    close() {
      statements.clear()
      database.close()
    },
  }
}

function asKyselyRuns(statement: StatementSync): SqliteStatement {
  // The values that queries are given are texts, numbers and nulls only.
  const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  }
}
