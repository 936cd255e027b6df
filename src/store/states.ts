import { type Expression, type SqlBool, sql } from 'kysely'

const statuses = ['IN_PROGRESS', 'COMPLETE', 'FAILED']

/** Whether a row's state is one of these, each a status (`COMPLETE`) or an action with it (`CREATE_COMPLETE`). */
export function stateIn(values: readonly string[]): Expression<SqlBool> {
  const alternatives = values.map((value) => {
    const status = statuses.find((known) => value.endsWith(`_${known}`))
    if (status === undefined || statuses.includes(value)) return sql`status = ${value}`
    return sql`(action = ${value.slice(0, -status.length - 1)} and status = ${status})`
  })
  return sql<SqlBool>`(${sql.join(alternatives, sql` or `)})`
}
