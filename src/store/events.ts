import { type Expression, type SqlBool, sql } from 'kysely'
import type { EventQuery } from '../contract/engine.ts'
import type { Database, Queries, Tx } from './database.ts'
import type { Dialect } from './dialect.ts'
import { after, type Order } from './paging.ts'
import { eventRow } from './records.ts'
import type { EventRow } from './rows.ts'
import { stateIn } from './states.ts'

export type EventSelection = Omit<EventQuery, 'stack' | 'nestedDepth'>

/** A page of the events of some stacks, by the query's filters and in its order. */
export async function pageOf(
  database: Database,
  stackIds: readonly string[],
  query: EventSelection,
): Promise<readonly EventRow[]> {
  const order = orderOf(query)
  return database.read(async (db) => {
    const marker = query.marker === undefined ? undefined : await sortValues(db, query.marker, order)
    let select = db
      .selectFrom('hearth_event')
      .selectAll()
      .where(database.dialect.among('stack_id', stackIds))
      .where((eb) => eb.and(conditions(database.dialect, query)))
    if (marker !== undefined) select = select.where(after(order, marker))
    for (const { value, direction } of order) select = select.orderBy(value, direction)
    if (query.limit !== undefined) select = select.limit(query.limit)
    return (await select.execute()).map(eventRow)
  })
}

function conditions(dialect: Dialect, { resource, filters = {} }: EventSelection): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = []
  if (resource !== undefined) all.push(dialect.among('resource_name', [resource]))
  for (const [name, values] of Object.entries(filters)) {
    const column = columns.get(name)
    if (values.length === 0) continue
    if (name === 'resource_status') all.push(stateIn(values))
    else if (column !== undefined) all.push(dialect.among(column, values))
  }
  return all
}

export async function byId(db: Queries, stackId: string, id: string): Promise<EventRow | undefined> {
  const record = await db
    .selectFrom('hearth_event')
    .selectAll()
    .where('id', '=', id)
    .where('stack_id', '=', stackId)
    .executeTakeFirst()
  return record && eventRow(record)
}

/** Which of these stacks have more events than so many. */
export async function moreThan(
  database: Database,
  stackIds: readonly string[],
  most: number,
): Promise<readonly string[]> {
  if (stackIds.length === 0) return []
  const rows = await database.read((db) =>
    db
      .selectFrom('hearth_event')
      .select('stack_id')
      .where(database.dialect.among('stack_id', stackIds))
      .groupBy('stack_id')
      .having((eb) => eb.fn.countAll(), '>', most)
      .execute(),
  )
  return rows.map((row) => row.stack_id)
}

/** Drops a stack's oldest events, all but so many. */
export async function dropOldest(tx: Tx, stackId: string, keep: number): Promise<void> {
  const newest = await tx
    .selectFrom('hearth_event')
    .select(['created_at', 'sequence'])
    .where('stack_id', '=', stackId)
    .orderBy('created_at', 'desc')
    .orderBy('sequence', 'desc')
    .limit(1)
    .offset(keep)
    .executeTakeFirst()
  if (newest === undefined) return
  await tx
    .deleteFrom('hearth_event')
    .where('stack_id', '=', stackId)
    .where(({ and, or, eb }) =>
      or([
        eb('created_at', '<', newest.created_at),
        and([eb('created_at', '=', newest.created_at), eb('sequence', '<=', newest.sequence)]),
      ]),
    )
    .execute()
}

const columns: ReadonlyMap<string, string> = new Map(
  Object.entries({
    resource_action: 'action',
    resource_name: 'resource_name',
    resource_type: 'resource_type',
    id: 'id',
  }),
)

const sortable: ReadonlyMap<string, Order['value']> = new Map(
  Object.entries({
    event_time: sql`created_at`,
    created_at: sql`created_at`,
    resource_name: sql`resource_name`,
    resource_type: sql`resource_type`,
    resource_status: sql`status`,
    resource_action: sql`action`,
  }),
)

/** The newest first, unless something else is asked for; events of one moment are in the order in which they happened. */
function orderOf({ sortKeys = [], sortDir }: EventSelection): readonly Order[] {
  const known = [...new Set(sortKeys.map((key) => sortable.get(key)).filter((value) => value !== undefined))]
  const direction = sortDir ?? (known.length > 0 ? 'asc' : 'desc')
  const values = known.length > 0 ? known : [sql`created_at`]
  return [...values, sql`sequence`, sql`id`].map((value) => ({ value, direction }))
}

async function sortValues(
  db: Queries,
  id: string,
  order: readonly Order[],
): Promise<readonly unknown[] | undefined> {
  const row = await db
    .selectFrom('hearth_event')
    .select(order.map(({ value }, index) => sql<unknown>`${value}`.as(`sort${index}`)))
    .where('id', '=', id)
    .executeTakeFirst()
  return row && order.map((_, index) => row[`sort${index}`])
}
