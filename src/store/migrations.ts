import { type Kysely, sql } from 'kysely'
import type { Clock } from '../base/clock.ts'
import type { Database, Queries } from './database.ts'
import type { Dialect, Index } from './dialect.ts'
import { firstTables } from './migrations/0001-first-tables.ts'
import { eventProperties } from './migrations/0002-event-properties.ts'
import { signals } from './migrations/0003-signals.ts'
import { abandonedStacks } from './migrations/0004-abandoned-stacks.ts'
import { convergingStacks } from './migrations/0005-converging-stacks.ts'
import { snapshots } from './migrations/0006-snapshots.ts'
import { calls } from './migrations/0007-calls.ts'
import { stackProjects } from './migrations/0008-stack-projects.ts'
import { origins } from './migrations/0009-origins.ts'
import { answers } from './migrations/0010-answers.ts'
import { software } from './migrations/0011-software.ts'
import type { Tables } from './tables.ts'

/** One step of the schema. It may be begun again after it was interrupted, and another may do it at the same time. */
export interface Migration {
  readonly name: string
  up(schema: Schema): Promise<void>
}

/** What migrations change tables with. */
export interface Schema {
  readonly dialect: Dialect
  readonly db: Kysely<Tables>
  createTable(name: keyof Tables, columns: Columns): Promise<void>
  /** Adds a column that may be null, unless it is there. */
  addColumn(table: keyof Tables, column: string, type: keyof Dialect['types']): Promise<void>
  createIndex(index: Index): Promise<void>
}

/** Column → its type, and whether it may be null or is (part of) the key. */
export type Columns = Readonly<Record<string, readonly [keyof Dialect['types'], ('key' | 'null')?]>>

/** All migrations in order: the schema's version is how many were done. None is ever changed once it was released. */
export const migrations: readonly Migration[] = [
  firstTables,
  eventProperties,
  signals,
  abandonedStacks,
  convergingStacks,
  snapshots,
  calls,
  stackProjects,
  origins,
  answers,
  software,
]

/** Brings the tables up to date. Throws if they are newer than this program, and changes nothing then. */
export async function migrate(
  database: Database,
  clock: Clock,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  if ((await versionOf(database)) === steps.length) return
  await database.exclusively(async (db) => {
    const schema = schemaOf(db, database.dialect)
    await schema.createTable('hearth_schema', {
      version: ['integer', 'key'],
      name: ['name'],
      applied_at: ['time'],
    })
    const done = (await latest(db)) ?? 0
    refuseNewer(done, steps)
    for (const [index, step] of steps.entries()) {
      if (index < done) continue
      await step.up(schema)
      await record(db, database.dialect, { version: index + 1, name: step.name, applied_at: clock.now() })
    }
  })
}

/** The version of a database's tables; `undefined`: it has none. */
export async function versionOf(database: Database): Promise<number | undefined> {
  const tables = await database.db.introspection.getTables()
  return tables.some((table) => table.name === 'hearth_schema') ? latest(database.db) : undefined
}

async function latest(db: Queries): Promise<number | undefined> {
  const row = await db
    .selectFrom('hearth_schema')
    .select((eb) => eb.fn.max('version').as('version'))
    .executeTakeFirst()
  return row?.version ?? undefined
}

function refuseNewer(done: number, steps: readonly Migration[]): void {
  if (done <= steps.length) return
  throw new Error(
    `the database has schema version ${done}, and this program knows versions up to ${steps.length}: run a newer Hearth, or restore the database from before the upgrade`,
  )
}

/** Where no lock holds others off, another may have recorded the same step. */
async function record(db: Queries, dialect: Dialect, row: Tables['hearth_schema']): Promise<void> {
  const insert = db.insertInto('hearth_schema').values(row)
  await (dialect.name === 'mysql' ? insert.onDuplicateKeyUpdate({ version: row.version }) : insert).execute()
}

async function hasColumn(db: Queries, table: string, column: string): Promise<boolean> {
  const known = (await db.introspection.getTables()).find(({ name }) => name === table)
  return known?.columns.some(({ name }) => name === column) ?? false
}

function schemaOf(db: Kysely<Tables>, dialect: Dialect): Schema {
  return {
    dialect,
    db,
    async createTable(name, columns) {
      const entries = Object.entries(columns)
      let table = db.schema.createTable(name).ifNotExists()
      for (const [column, [type, role]] of entries) {
        table = table.addColumn(column, sql`${dialect.types[type]}`, (c) =>
          role === 'null' ? c : c.notNull(),
        )
      }
      const key = entries.filter(([, [, role]]) => role === 'key').map(([column]) => column)
      table = table.addPrimaryKeyConstraint(`${name}_key`, key as [never, ...never[]])
      await (dialect.tableOptions ? table.modifyEnd(dialect.tableOptions) : table).execute()
    },
    async addColumn(table, column, type) {
      if (await hasColumn(db, table, column)) return
      const adding = db.schema.alterTable(table).addColumn(column, sql`${dialect.types[type]}`)
      try {
        await adding.execute()
      } catch (error) {
        // Where no lock holds others off, another may have added it.
        if (dialect.name !== 'mysql' || !(await hasColumn(db, table, column))) throw error
      }
    },
    createIndex: (index) => dialect.createIndex(db, index),
  }
}
