import { sql } from 'kysely'
import type { Clock } from '../base/clock.ts'
import type { Database } from '../store/database.ts'
import { migrate } from '../store/migrations.ts'
import type { Tables } from '../store/tables.ts'

/** What the migrations made in a database. */
interface Made {
  readonly statements: readonly string[]
  readonly versions: readonly Tables['hearth_schema'][]
}

let made: Made | undefined

/**
 * Makes the tables in an empty SQLite database. To migrate takes as long as many a story, so that is done once in a process;
 * after that what came of it is made.
 */
export async function makeTables(database: Database, clock: Clock): Promise<void> {
  if (made === undefined) {
    await migrate(database, clock)
    made = await madeIn(database)
    return
  }
  for (const statement of made.statements) await sql.raw(statement).execute(database.db)
  await database.db.insertInto('hearth_schema').values(made.versions).execute()
}

async function madeIn({ db }: Database): Promise<Made> {
  const { rows } = await sql<{ sql: string }>`
    select sql from sqlite_schema where sql is not null and name not like 'sqlite_%' order by rowid`.execute(
    db,
  )
  const versions = await db.selectFrom('hearth_schema').selectAll().execute()
  return { statements: rows.map((row) => row.sql), versions }
}
