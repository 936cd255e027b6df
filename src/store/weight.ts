import { type Expression, type SqlBool, sql } from 'kysely'
import { RequestLimitExceeded } from '../contract/problems.ts'
import type { Queries } from './database.ts'
import type { Tables } from './tables.ts'

/** In characters, as they are stored. */
const heaviest = 32 * 1024 * 1024

interface Weighed {
  readonly table: keyof Tables
  readonly columns: readonly string[]
  readonly those: Expression<SqlBool>
}

/** Throws if rows are too much to be read at once: each of them may be large, and nobody says how many there are. */
export async function refuseHeavy(db: Queries, { table, columns, those }: Weighed): Promise<void> {
  const lengths = columns.map((column) => sql`coalesce(length(${sql.ref(column)}), 0)`)
  const { rows } = await sql<{ weight: unknown }>`
    select sum(${sql.join(lengths, sql` + `)}) as weight from ${sql.table(table)} where ${those}`.execute(db)
  if (Number(rows[0]?.weight ?? 0) > heaviest)
    throw RequestLimitExceeded({
      message: 'What is asked for is too much for one answer. Ask for less of it.',
    })
}
