import type { Queries } from './database.ts'
import type { Dialect } from './dialect.ts'
import type { Sealer } from './fernet.ts'
import { resourceRow } from './records.ts'
import type { ResourceRow } from './rows.ts'

interface OfStack {
  readonly stackId: string
  /** Only those of these names. */
  readonly names?: readonly string[] | undefined
}

export async function ofStack(
  db: Queries,
  dialect: Dialect,
  { stackId, names }: OfStack,
  sealer: Sealer,
): Promise<readonly ResourceRow[]> {
  let select = db.selectFrom('hearth_resource').selectAll().where('stack_id', '=', stackId)
  if (names !== undefined) select = select.where(dialect.among('name', names))
  const records = await select.orderBy('created_at').orderBy('id').execute()
  return records.map((record) => resourceRow(record, sealer))
}

export async function byId(db: Queries, id: string, sealer: Sealer): Promise<ResourceRow | undefined> {
  const record = await db.selectFrom('hearth_resource').selectAll().where('id', '=', id).executeTakeFirst()
  return record && resourceRow(record, sealer)
}

/** Which of these physical IDs some resource owns. */
export async function owned(
  db: Queries,
  dialect: Dialect,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('hearth_resource')
    .select('physical_id')
    .where(dialect.among('physical_id', ids))
    .execute()
  return new Set(rows.map((row) => row.physical_id ?? ''))
}

/** One for each resource, though it may have a row more while it is replaced. */
export async function countOfTree(db: Queries, rootId: string): Promise<number> {
  const row = await db
    .selectFrom('hearth_resource')
    .innerJoin('hearth_stack', 'hearth_stack.id', 'hearth_resource.stack_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('hearth_stack.root_id', '=', rootId)
    .where('hearth_stack.deleted_at', 'is', null)
    .where('hearth_resource.replaced_by', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** The live stacks of a tree with a resource that was found unhealthy and is not being replaced. */
export async function unhealthyStacks(db: Queries, rootId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('hearth_resource')
    .innerJoin('hearth_stack', 'hearth_stack.id', 'hearth_resource.stack_id')
    .select('hearth_stack.id')
    .distinct()
    .where('hearth_stack.root_id', '=', rootId)
    .where('hearth_stack.deleted_at', 'is', null)
    .where('hearth_resource.action', '=', 'CHECK')
    .where('hearth_resource.status', '=', 'FAILED')
    .where('hearth_resource.replaced_by', 'is', null)
    .execute()
  return rows.map(({ id }) => id)
}
