import { setImmediate as nextTurn } from 'node:timers/promises'
import { CompiledQuery } from 'kysely'
import type { Database, Queries } from './database.ts'
import type { Dialect } from './dialect.ts'
import type { Tables } from './tables.ts'

/** What becomes of a row whose key is there already: an error, left as it is, overwritten, or changed as told in SQL. */
export type Clash =
  | { readonly does: 'fail' }
  | { readonly does: 'keep' | 'overwrite'; readonly key: readonly string[] }
  | {
      readonly does: 'change'
      readonly key: readonly string[]
      readonly set: (incoming: (column: string) => string) => Readonly<Record<string, string>>
    }

type Values = Readonly<Record<string, string | number | null>>

/** No statement is much longer than this: servers refuse what is too long. */
const mostCharacters = 4 * 1024 * 1024

/** Inserts many rows with few statements. No two of them may have the same key. */
export async function insertAll<T extends keyof Tables>(
  { dialect, sharesThread }: Pick<Database, 'dialect' | 'sharesThread'>,
  db: Queries,
  table: T,
  { rows, clash }: { readonly rows: readonly (Tables[T] & Values)[]; readonly clash: Clash },
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.keys(first)
  let written = 0
  for (const chunk of chunks(dialect, rows)) {
    const values: (string | number | null)[] = []
    for (const row of chunk) for (const column of columns) values.push(row[column] ?? null)
    await db.executeQuery(
      CompiledQuery.raw(insertText(dialect, { table, columns, clash }, chunk.length), values),
    )
    written += chunk.length
    if (sharesThread && written % 500 === 0) await nextTurn()
  }
}

function* chunks<R extends Values>(dialect: Dialect, rows: readonly R[]): Generator<readonly R[]> {
  let start = 0
  for (const size of dialect.chunks(rows.length)) {
    const chunk = rows.slice(start, start + size)
    start += size
    if (size === 1 || lengthOf(chunk) <= mostCharacters) yield chunk
    else for (const row of chunk) yield [row]
  }
}

function lengthOf(rows: readonly Values[]): number {
  let length = 0
  for (const row of rows) for (const column in row) length += String(row[column] ?? '').length
  return length
}

interface Insert {
  readonly table: string
  readonly columns: readonly string[]
  readonly clash: Clash
}

function insertText(dialect: Dialect, { table, columns, clash }: Insert, rows: number): string {
  let n = 0
  const row = () => `(${columns.map(() => dialect.placeholder(++n)).join(', ')})`
  const values = Array.from({ length: rows }, row).join(', ')
  const names = columns.map((column) => dialect.quote(column)).join(', ')
  return `insert into ${dialect.quote(table)} (${names}) values ${values} ${onClash(dialect, columns, clash)}`
}

function onClash(dialect: Dialect, columns: readonly string[], clash: Clash): string {
  switch (clash.does) {
    case 'fail':
      return ''
    case 'keep':
      return dialect.onClash(clash.key, undefined)
    case 'overwrite': {
      const others = columns.filter((column) => !clash.key.includes(column))
      return dialect.onClash(clash.key, new Map(others.map((column) => [column, dialect.incoming(column)])))
    }
    case 'change':
      return dialect.onClash(clash.key, new Map(Object.entries(clash.set(dialect.incoming))))
  }
}
