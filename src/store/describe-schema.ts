import { sql } from 'kysely'
import { systemClock } from '../base/clock.ts'
import { silent } from '../base/log.ts'
import { openDatabase } from './database.ts'
import { migrate } from './migrations.ts'

/** The tables and indexes that all migrations together make in SQLite, to be read, and to see what a change changes. */
export async function describeSchema(): Promise<string> {
  const database = await openDatabase({ connection: 'sqlite://', log: silent })
  await migrate(database, systemClock)
  const { rows } = await sql<{ sql: string }>`
    select sql from sqlite_master where sql is not null order by tbl_name, type desc, name`.execute(
    database.db,
  )
  await database.close()
  return rows.map((row) => `${inLines(row.sql)};\n`).join('\n')
}

function inLines(statement: string): string {
  if (!statement.startsWith('CREATE TABLE')) return statement.replaceAll(/\s+/g, ' ')
  return statement
    .replace(/ \((?=")/, ' (\n  ')
    .replaceAll(/, (?="\w+" (?:varchar|text|integer)|constraint)/g, ',\n  ')
    .replace(/\)$/, '\n)')
}
