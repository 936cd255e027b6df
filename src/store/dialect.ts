import { readFileSync } from 'node:fs'
import {
  CompiledQuery,
  type Dialect as Driver,
  type Expression,
  type Kysely,
  MysqlDialect,
  PostgresDialect,
  type RawBuilder,
  type SqlBool,
  SqliteDialect,
  sql,
} from 'kysely'
import { createPool } from 'mysql2'
import pg from 'pg'
import type { Log } from '../base/log.ts'
import type { Server, Tls } from './connection-url.ts'
import { openSqlite } from './sqlite.ts'
import type { Tables } from './tables.ts'

/** What the three databases do differently. Everything else in this room is written once. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres' | 'mysql'
  readonly types: Types
  /** What ends every `create table`. */
  readonly tableOptions: RawBuilder<unknown> | undefined
  /** A name as SQL text takes it. */
  quote(name: string): string
  /** The place of the nth value, counted from one. */
  placeholder(n: number): string
  /** How many rows the statements have that insert so many: few different numbers where statements are cached. */
  chunks(rows: number): readonly number[]
  /** What an insert does about a row whose key is there already. `update`: column → what it becomes, in SQL. */
  onClash(key: readonly string[], update: ReadonlyMap<string, string> | undefined): string
  /** How the update of a clash names the value that was to be inserted. */
  incoming(column: string): string
  /** Whether a column is one of many values; the statement's text does not depend on how many, where it may not. */
  among(column: string, values: readonly string[]): Expression<SqlBool>
  /** Runs one starter's migrations while others wait; in a transaction, where the database can change tables in one. */
  exclusively(db: Kysely<Tables>, work: (db: Kysely<Tables>) => Promise<void>): Promise<void>
  createIndex(db: Kysely<Tables>, index: Index): Promise<void>
  /** Asks what time it is, in milliseconds. */
  readonly now: RawBuilder<{ readonly now: unknown }>
  kindOf(error: object): Mishap | undefined
}

/** Types of columns: `name` can be indexed, compares byte by byte; `text` holds documents. */
export interface Types {
  readonly id: RawBuilder<unknown>
  readonly name: RawBuilder<unknown>
  readonly text: RawBuilder<unknown>
  readonly integer: RawBuilder<unknown>
  readonly time: RawBuilder<unknown>
}

export interface Index {
  readonly name: string
  readonly table: keyof Tables
  readonly columns: readonly string[]
  readonly unique?: boolean
}

/** `conflict`: undone, and worth another try. `away`: the database can't be reached now. `duplicate`: a key is taken. */
export type Mishap = 'conflict' | 'away' | 'duplicate'

const names = (text: readonly string[]) => sql.raw(text.join(', '))
const doubleQuoted = (name: string) => `"${name}"`

function clash(key: readonly string[], update: ReadonlyMap<string, string> | undefined): string {
  const target = `on conflict (${key.map(doubleQuoted).join(', ')})`
  if (update === undefined) return `${target} do nothing`
  return `${target} do update set ${[...update].map(([column, value]) => `${doubleQuoted(column)} = ${value}`).join(', ')}`
}

export const sqlite: Dialect = {
  name: 'sqlite',
  types: {
    id: sql`varchar(64)`,
    name: sql`varchar(512)`,
    text: sql`text`,
    integer: sql`integer`,
    time: sql`integer`,
  },
  tableOptions: undefined,
  quote: doubleQuoted,
  placeholder: () => '?',
  chunks: (rows) => [
    ...Array<number>(Math.floor(rows / 100)).fill(100),
    ...Array<number>(Math.floor((rows % 100) / 10)).fill(10),
    ...Array<number>(rows % 10).fill(1),
  ],
  onClash: clash,
  incoming: (column) => `excluded.${doubleQuoted(column)}`,
  among: (column, values) =>
    sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`,
  exclusively: (db, work) => db.transaction().execute(work),
  createIndex: createIndexUnlessThere,
  now: sql`select cast(unixepoch('subsec') * 1000 as integer) as now`,
  kindOf(error) {
    const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0
    if (code === 1555 || code === 2067) return 'duplicate'
    switch (code & 0xff) {
      case 5: // busy
      case 6: // locked
        return 'conflict'
      case 10: // input or output
      case 13: // disk full
        return 'away'
      default:
        return undefined
    }
  },
}

export const postgres: Dialect = {
  ...sqlite,
  name: 'postgres',
  now: sql`select cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as now`,
  types: {
    id: sql`varchar(64) collate "C"`,
    name: sql`varchar(512) collate "C"`,
    text: sql`text`,
    integer: sql`integer`,
    time: sql`bigint`,
  },
  placeholder: (n) => `$${n}`,
  chunks: inHundreds,
  among: (column, values) => sql<SqlBool>`${sql.ref(column)} = any(${values})`,
  exclusively: (db, work) =>
    db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(7263517, 1)`.execute(tx)
      await work(tx)
    }),
  kindOf(error) {
    const code = codeOf(error)
    if (code === '23505') return 'duplicate'
    if (code === '40001' || code === '40P01' || code === '55P03') return 'conflict'
    // 08: connection, 57P0x: shutting down or starting, 53: out of connections or space, 25006: not the primary now
    if (/^(08|53|57P0[1-3]|25006)/.test(code) || isAway(error)) return 'away'
    return undefined
  },
}

export const mysql: Dialect = {
  name: 'mysql',
  now: sql`select cast(unix_timestamp(now(6)) * 1000 as signed) as now`,
  types: {
    id: sql`varchar(64)`,
    name: sql`varchar(512)`,
    text: sql`longtext`,
    integer: sql`integer`,
    time: sql`bigint`,
  },
  tableOptions: sql`engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin row_format = dynamic`,
  quote: (name) => `\`${name}\``,
  placeholder: () => '?',
  chunks: inHundreds,
  onClash(key, update) {
    // `insert ignore` would also ignore texts that are too long.
    const changes = update ?? new Map(key.map((column) => [column, mysql.quote(column)]))
    return `on duplicate key update ${[...changes].map(([column, value]) => `${mysql.quote(column)} = ${value}`).join(', ')}`
  },
  incoming: (column) => `values(${mysql.quote(column)})`,
  among: (column, values) =>
    values.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`${sql.ref(column)} in (${sql.join(values)})`,
  // Tables can't be changed in a transaction here, and in a cluster the lock is one node's: migrations are repeatable.
  exclusively: (db, work) =>
    db.connection().execute(async (connection) => {
      const name = sql`concat('hearth:', database())`
      await sql`select get_lock(${name}, 60)`.execute(connection)
      try {
        await work(connection)
      } finally {
        await sql`select release_lock(${name})`.execute(connection)
      }
    }),
  async createIndex(db, index) {
    const there = await sql`
      select 1 from information_schema.statistics
      where table_schema = database() and table_name = ${index.table} and index_name = ${index.name} limit 1`.execute(
      db,
    )
    if (there.rows.length > 0) return
    await sql`create ${sql.raw(index.unique ? 'unique index' : 'index')} ${sql.ref(index.name)}
      on ${sql.table(index.table)} (${names(index.columns)})`.execute(db)
  },
  kindOf(error) {
    const number = 'errno' in error && typeof error.errno === 'number' ? error.errno : 0
    if (number === 1062) return 'duplicate'
    if (number === 1213 || number === 1205) return 'conflict'
    // No connection left, shutting down, killed; a cluster's node that is not ready; not the primary now.
    if ([1040, 1053, 1927, 1047, 1290, 1836].includes(number) || isAway(error)) return 'away'
    return undefined
  },
}

async function createIndexUnlessThere(db: Kysely<Tables>, index: Index): Promise<void> {
  await sql`create ${sql.raw(index.unique ? 'unique index' : 'index')} if not exists ${sql.ref(index.name)}
    on ${sql.table(index.table)} (${names(index.columns)})`.execute(db)
}

function inHundreds(rows: number): readonly number[] {
  const whole = Array<number>(Math.floor(rows / 200)).fill(200)
  return rows % 200 === 0 ? whole : [...whole, rows % 200]
}

const codeOf = (error: object): string =>
  'code' in error && typeof error.code === 'string' ? error.code : ''

const goneCodes =
  /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|PROTOCOL_(CONNECTION_LOST|ENQUEUE))/
const goneWords =
  /connection terminated|connection is in closed state|timeout exceeded when trying to connect|client has encountered a connection error/i

function isAway(error: object): boolean {
  const message = error instanceof Error ? error.message : ''
  if (goneCodes.test(codeOf(error)) || goneWords.test(message)) return true
  return (
    error instanceof AggregateError &&
    error.errors.some((one: unknown) => one instanceof Error && isAway(one))
  )
}

/** A driver for a SQLite file: one for all that writes, and another for reads that don't wait for it. */
export async function sqliteDriver(
  path: string | undefined,
  options?: { readonly reads: boolean },
): Promise<Driver> {
  return new SqliteDialect({ database: await openSqlite(path, options) })
}

const mostConnections = 10

export function postgresDriver(server: Server, log: Log): Driver {
  const int8 = 20
  const host = server.socket ?? server.host
  const pool = new pg.Pool({
    ...(host !== undefined && { host }),
    ...credentialsOf(server),
    max: mostConnections,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'hearth',
    // Counts and times: none of them is beyond what a number holds exactly.
    types: {
      getTypeParser: (type, format) => (type === int8 ? Number : pg.types.getTypeParser(type, format)),
    },
  })
  // An error between two queries reaches nobody else, and would end the process; the next query fails with its own.
  const broken = (error: Error) => log.warn({ error: error.message }, 'a database connection broke')
  pool.on('error', broken)
  pool.on('connect', (client) => client.on('error', broken))
  return new PostgresDialect({ pool })
}

export function mysqlDriver(server: Server): Driver {
  const pool = createPool({
    ...(server.socket === undefined ? { host: server.host ?? 'localhost' } : { socketPath: server.socket }),
    ...credentialsOf(server),
    charset: 'UTF8MB4_BIN',
    // An update that matches a row counts it, also if the row was like that already.
    flags: ['FOUND_ROWS'],
    connectionLimit: mostConnections,
    connectTimeout: 10_000,
    enableKeepAlive: true,
  })
  return new MysqlDialect({
    pool,
    async onCreateConnection(connection) {
      const run = (text: string) => connection.executeQuery(CompiledQuery.raw(text))
      // Strict, whatever the server's default, and never without backslash escapes: the driver writes them.
      await run("set session sql_mode = 'TRADITIONAL'")
      await run('set session transaction isolation level read committed')
      await run('set session innodb_lock_wait_timeout = 10')
    },
  })
}

function credentialsOf({ port, user, password, database, tls }: Server) {
  return {
    database,
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(tls && { ssl: tlsOptions(tls) }),
  }
}

function tlsOptions({ verify, ca, cert, key }: Tls) {
  const file = (name: 'ca' | 'cert' | 'key', path: string | undefined) =>
    path !== undefined && { [name]: readFileSync(path) }
  return { rejectUnauthorized: verify, ...file('ca', ca), ...file('cert', cert), ...file('key', key) }
}
