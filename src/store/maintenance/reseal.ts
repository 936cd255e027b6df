import { sql } from 'kysely'
import type { Database, Tx } from '../database.ts'
import type { Sealer } from '../fernet.ts'
import { after } from '../paging.ts'
import type { Tables } from '../tables.ts'

interface Sealed {
  readonly table: keyof Tables
  readonly column: string
  readonly key: readonly string[]
}

/** Every column that is encrypted. */
const sealed: readonly Sealed[] = [
  { table: 'hearth_template', column: 'environment', key: ['id'] },
  { table: 'hearth_resource', column: 'sealed', key: ['id'] },
  { table: 'hearth_signal', column: 'content', key: ['resource_id', 'id'] },
  { table: 'hearth_credential', column: 'document', key: ['id'] },
  { table: 'hearth_snapshot', column: 'document', key: ['id'] },
  { table: 'hearth_call', column: 'answer', key: ['id'] },
  { table: 'hearth_software_config', column: 'document', key: ['id'] },
  { table: 'hearth_software_deployment', column: 'input_values', key: ['id'] },
  { table: 'hearth_software_deployment', column: 'output_values', key: ['id'] },
]

/** The setting that is there while a database is encrypted partly with one key and partly with another. */
export const resealing = 'resealing'

export interface Keys {
  readonly before: Sealer
  readonly now: Sealer
}

const batch = 200

/**
 * Encrypts everything with another key. If it is interrupted, no process starts on the database until it was run again to its
 * end; what was done stays done. Answers how many values were encrypted anew.
 */
export async function reseal(database: Database, keys: Keys): Promise<number> {
  if (!(await begin(database, keys))) return 0
  let count = 0
  for (const one of sealed) count += await resealColumn(database, one, keys)
  await database.transaction((tx) => tx.deleteFrom('hearth_setting').where('name', '=', resealing).execute())
  return count
}

/** From now on the database belongs to the new key, and to nobody who would only read. */
async function begin(database: Database, keys: Keys): Promise<boolean> {
  return await database.transaction(async (tx) => {
    const settings = await tx.selectFrom('hearth_setting').selectAll().execute()
    const key = settings.find(({ name }) => name === 'key')
    if (settings.some(({ name }) => name === resealing)) return true
    if (key === undefined || opens(keys.now, key.value)) return false
    if (!opens(keys.before, key.value))
      throw new Error('the database is encrypted neither with the old key nor with auth_encryption_key')
    await tx
      .updateTable('hearth_setting')
      .set({ value: keys.now.seal('key') })
      .where('name', '=', 'key')
      .execute()
    await tx.insertInto('hearth_setting').values({ name: resealing, value: '1' }).execute()
    return true
  })
}

type Row = Readonly<Record<string, string | null>>

async function resealColumn(database: Database, one: Sealed, keys: Keys): Promise<number> {
  let count = 0
  let last: Row | undefined
  for (;;) {
    const { rows, changed } = await database.transaction((tx) => resealSome(tx, one, { keys, last }))
    count += changed
    last = rows.at(-1)
    if (rows.length < batch) return count
  }
}

async function resealSome(
  tx: Tx,
  { table, column, key }: Sealed,
  { keys, last }: { readonly keys: Keys; readonly last: Row | undefined },
): Promise<{ readonly rows: readonly Row[]; readonly changed: number }> {
  const order = key.map((name) => ({ value: sql.ref(name), direction: 'asc' as const }))
  const beyond =
    last === undefined
      ? sql`1 = 1`
      : after(
          order,
          key.map((name) => last[name]),
        )
  const { rows } = await sql<Row>`
    select ${sql.join([...key, column].map((name) => sql.ref(name)))} from ${sql.table(table)}
    where ${beyond} order by ${sql.join(order.map(({ value }) => value))} limit ${sql.lit(batch)}`.execute(tx)
  let changed = 0
  for (const row of rows) {
    const value = row[column]
    if (value === null || value === undefined || opens(keys.now, value)) continue
    const same = key.map((name) => sql`${sql.ref(name)} = ${row[name]}`)
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${keys.now.seal(keys.before.unseal(value))}
      where ${sql.join(same, sql` and `)}`.execute(tx)
    changed++
  }
  return { rows, changed }
}

function opens(sealer: Sealer, value: string): boolean {
  try {
    sealer.unseal(value)
    return true
  } catch {
    return false
  }
}
