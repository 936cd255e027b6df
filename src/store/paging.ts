import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'

/** One thing a list is sorted by; never null. */
export interface Order {
  readonly value: RawBuilder<unknown>
  readonly direction: 'asc' | 'desc'
}

/** What comes after a row in an order, by the values that the row is sorted by. The last value is unique. */
export function after(order: readonly Order[], marker: readonly unknown[]): Expression<SqlBool> {
  const alternatives = order.map(({ value, direction }, index) => {
    const equal = order.slice(0, index).map((earlier, i) => sql`${earlier.value} = ${marker[i]}`)
    const beyond = sql`${value} ${sql.raw(direction === 'asc' ? '>' : '<')} ${marker[index]}`
    return sql`(${sql.join([...equal, beyond], sql` and `)})`
  })
  return sql<SqlBool>`(${sql.join(alternatives, sql` or `)})`
}
