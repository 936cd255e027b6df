import { sql } from 'kysely'
import { systemClock } from '../../base/clock.ts'
import type { Database } from '../database.ts'
import { fernet } from '../fernet.ts'
import { migrations, versionOf } from '../migrations.ts'
import { resealing } from './reseal.ts'

/** What there is to know of a database before one relies on it. */
export interface DatabaseFacts {
  readonly kind: 'sqlite' | 'postgres' | 'mysql'
  /** 0: there are no tables yet. */
  readonly version: number
  readonly newest: number
  /** Its clock less this machine's; `undefined` where it has none of its own. */
  readonly clockAheadMs?: number
  /** Whether secrets in it open with the key; `unfinished`: only some. */
  readonly key: 'fits' | 'differs' | 'unfinished' | 'none yet'
  /** Settings of the server that matter, by their names there. */
  readonly settings: Readonly<Record<string, string>>
}

/** Looks at a database; throws if it can't be reached. */
export async function examine(database: Database, encryptionKey: string): Promise<DatabaseFacts> {
  const version = (await versionOf(database)) ?? 0
  const clockAheadMs = await clockAhead(database)
  return {
    kind: database.dialect.name,
    version,
    newest: migrations.length,
    ...(clockAheadMs !== undefined && { clockAheadMs }),
    key: version === 0 ? 'none yet' : await keyState(database, encryptionKey),
    settings: await settingsOf(database),
  }
}

async function clockAhead(database: Database): Promise<number | undefined> {
  if (database.dialect.name === 'sqlite') return undefined
  const askedAt = systemClock.now()
  const now = await database.now()
  return Math.round(now - (askedAt + systemClock.now()) / 2)
}

async function keyState(database: Database, encryptionKey: string): Promise<DatabaseFacts['key']> {
  const settings = await database.read((db) => db.selectFrom('hearth_setting').selectAll().execute())
  const key = settings.find(({ name }) => name === 'key')
  if (key === undefined) return 'none yet'
  try {
    fernet(encryptionKey).unseal(key.value)
  } catch {
    return 'differs'
  }
  return settings.some(({ name }) => name === resealing) ? 'unfinished' : 'fits'
}

const interesting = {
  sqlite: [],
  postgres: ['server_encoding', 'fsync', 'synchronous_commit', 'default_transaction_read_only'],
  mysql: ['max_allowed_packet', 'innodb_flush_log_at_trx_commit', 'read_only', 'version'],
} as const

async function settingsOf(database: Database): Promise<Readonly<Record<string, string>>> {
  const { name } = database.dialect
  const found: Record<string, string> = {}
  for (const setting of interesting[name]) {
    const query =
      name === 'postgres'
        ? sql<{ value: unknown }>`select current_setting(${setting}) as value`
        : sql<{ value: unknown }>`select ${sql.raw(`@@global.${setting}`)} as value`
    const { rows } = await database.read((db) => query.execute(db))
    found[setting] = String(rows[0]?.value)
  }
  return found
}
