import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { StackQuery } from '../contract/engine.ts'
import type { Database, Queries } from './database.ts'
import type { Dialect } from './dialect.ts'
import { after, type Order } from './paging.ts'
import { stackRow } from './records.ts'
import type { StackRow } from './rows.ts'
import { stateIn } from './states.ts'
import type { Tables } from './tables.ts'

type Stacks = ExpressionBuilder<Tables, 'hearth_stack'>
type Condition = Expression<SqlBool>

/** Which stacks a list is about. */
export interface Selection {
  /** Absent: those of all projects. */
  readonly projectId: string | undefined
  readonly query: StackQuery
  readonly hiddenTags: readonly string[]
}

/** A page of the stacks that a query asks for, in its order. */
export async function page(database: Database, selection: Selection): Promise<readonly StackRow[]> {
  const { query } = selection
  const order = orderOf(query)
  return database.read(async (db) => {
    const marker = query.marker === undefined ? undefined : await sortValues(db, query.marker, order)
    let select = db
      .selectFrom('hearth_stack')
      .selectAll()
      .where((eb) => eb.and(conditions(eb, database.dialect, selection)))
    if (marker !== undefined) select = select.where(after(order, marker))
    for (const { value, direction } of order) select = select.orderBy(value, direction)
    if (query.limit !== undefined) select = select.limit(query.limit)
    return (await select.execute()).map(stackRow)
  })
}

/** How many stacks a query asks for, whatever its page. */
export async function count(database: Database, selection: Selection): Promise<number> {
  const row = await database.read((db) =>
    db
      .selectFrom('hearth_stack')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where((eb) => eb.and(conditions(eb, database.dialect, selection)))
      .executeTakeFirstOrThrow(),
  )
  return Number(row.count)
}

const sortable: ReadonlyMap<string, Order['value']> = new Map(
  Object.entries({
    stack_name: sql`name`,
    name: sql`name`,
    stack_status: sql`status`,
    status: sql`status`,
    creation_time: sql`created_at`,
    created_at: sql`created_at`,
    updated_time: sql`coalesce(updated_at, 0)`,
    updated_at: sql`coalesce(updated_at, 0)`,
  }),
)

/** The newest first, unless something else is asked for; the ID decides between equals, so that pages neither repeat nor leave out. */
function orderOf({ sortKeys = [], sortDir }: StackQuery): readonly Order[] {
  const known = [...new Set(sortKeys.map((key) => sortable.get(key)).filter((value) => value !== undefined))]
  const direction = sortDir ?? (known.length > 0 ? 'asc' : 'desc')
  return [...(known.length > 0 ? known : [sql`created_at`]), sql`id`].map((value) => ({ value, direction }))
}

async function sortValues(
  db: Queries,
  id: string,
  order: readonly Order[],
): Promise<readonly unknown[] | undefined> {
  const row = await db
    .selectFrom('hearth_stack')
    .select(order.map(({ value }, index) => sql<unknown>`${value}`.as(`sort${index}`)))
    .where('id', '=', id)
    .executeTakeFirst()
  return row && order.map((_, index) => row[`sort${index}`])
}

function conditions(eb: Stacks, dialect: Dialect, { projectId, query, hiddenTags }: Selection): Condition[] {
  const all: Condition[] = []
  if (projectId !== undefined) all.push(eb('project_id', '=', projectId))
  if (!query.showNested) all.push(eb('parent_id', 'is', null))
  if (!query.showDeleted) all.push(eb('deleted_at', 'is', null))
  if (!query.showHidden && hiddenTags.length > 0) all.push(eb.not(anyTag(eb, dialect, hiddenTags)))
  all.push(...tagConditions(eb, dialect, query))
  for (const [name, values] of Object.entries(query.filters ?? {})) {
    const filter = filters.get(name)
    if (filter !== undefined && values.length > 0) all.push(filter(eb, values, dialect))
  }
  return all
}

function tagConditions(eb: Stacks, dialect: Dialect, query: StackQuery): Condition[] {
  const asked = (tags: readonly string[] | undefined): tags is readonly string[] =>
    tags !== undefined && tags.length > 0
  const all: Condition[] = []
  if (asked(query.tags)) all.push(everyTag(eb, dialect, query.tags))
  if (asked(query.tagsAny)) all.push(anyTag(eb, dialect, query.tagsAny))
  if (asked(query.notTags)) all.push(eb.not(everyTag(eb, dialect, query.notTags)))
  if (asked(query.notTagsAny)) all.push(eb.not(anyTag(eb, dialect, query.notTagsAny)))
  return all
}

function everyTag(eb: Stacks, dialect: Dialect, tags: readonly string[]): Condition {
  return eb.and(tags.map((tag) => anyTag(eb, dialect, [tag])))
}

function anyTag(eb: Stacks, dialect: Dialect, tags: readonly string[]): Condition {
  return eb(
    'id',
    'in',
    eb.selectFrom('hearth_stack_tag').select('stack_id').where(dialect.among('tag', tags)),
  )
}

const never = sql<SqlBool>`1 = 0`

type Filter = (eb: Stacks, values: readonly string[], dialect: Dialect) => Condition

const equals =
  (column: string): Filter =>
  (_eb, values, dialect) =>
    dialect.among(column, values)

const flag: Filter = (eb, values) =>
  eb(
    'disable_rollback',
    'in',
    values.map((value) => (value.toLowerCase() === 'true' || value === '1' ? 1 : 0)),
  )

const minutes: Filter = (eb, values) => {
  const numbers = values.map(Number).filter(Number.isInteger)
  return numbers.length === 0 ? never : eb('timeout_mins', 'in', numbers)
}

const state: Filter = (_eb, values) => stateIn(values)
const nothing: Filter = () => never

/** By the names of the API, and by the older ones that it still takes. */
const filters: ReadonlyMap<string, Filter> = new Map(
  Object.entries({
    id: equals('id'),
    name: equals('name'),
    stack_name: equals('name'),
    action: equals('action'),
    stack_action: equals('action'),
    status: state,
    stack_status: state,
    stack_status_reason: equals('status_reason'),
    tenant: equals('project_id'),
    username: equals('user_name'),
    stack_owner: equals('user_name'),
    owner_id: equals('parent_id'),
    parent: equals('parent_id'),
    disable_rollback: flag,
    timeout_mins: minutes,
    // No stack of Hearth has a project of its own for its users.
    stack_user_project_id: nothing,
  }),
)
