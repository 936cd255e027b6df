import type { Database, Queries, Tx } from './database.ts'
import { insertAll } from './insert.ts'
import { stackRecord, stackRow } from './records.ts'
import type { StackRow } from './rows.ts'

/** Stores stacks that are there already, as they are now. */
export async function overwrite(database: Database, tx: Tx, rows: readonly StackRow[]): Promise<void> {
  if (rows.length === 0) return
  await insertAll(database, tx, 'hearth_stack', {
    rows: rows.map(stackRecord),
    clash: { does: 'overwrite', key: ['id'] },
  })
  const ids = rows.map(({ id }) => id)
  await tx.deleteFrom('hearth_stack_tag').where(database.dialect.among('stack_id', ids)).execute()
  await saveTags(database, tx, rows)
}

/** Stores new stacks. Fails if one of their names is taken. */
export async function add(database: Database, tx: Tx, rows: readonly StackRow[]): Promise<void> {
  await insertAll(database, tx, 'hearth_stack', { rows: rows.map(stackRecord), clash: { does: 'fail' } })
  await saveTags(database, tx, rows)
}

async function saveTags(database: Database, tx: Tx, rows: readonly StackRow[]): Promise<void> {
  const tags = rows.flatMap(({ id, tags }) => [...new Set(tags)].map((tag) => ({ stack_id: id, tag })))
  await insertAll(database, tx, 'hearth_stack_tag', { rows: tags, clash: { does: 'fail' } })
}

/** Which of these stacks are stored. */
export async function existing(
  database: Database,
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx
    .selectFrom('hearth_stack')
    .select('id')
    .where(database.dialect.among('id', ids))
    .execute()
  return new Set(rows.map(({ id }) => id))
}

export async function byId(db: Queries, id: string): Promise<StackRow | undefined> {
  const record = await db.selectFrom('hearth_stack').selectAll().where('id', '=', id).executeTakeFirst()
  return record && stackRow(record)
}

export async function byName(db: Queries, projectId: string, name: string): Promise<StackRow | undefined> {
  const record = await db
    .selectFrom('hearth_stack')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('live_name', '=', name)
    .executeTakeFirst()
  return record && stackRow(record)
}

export async function childrenOf(db: Queries, id: string): Promise<readonly StackRow[]> {
  const records = await live(db).where('parent_id', '=', id).orderBy('created_at').orderBy('id').execute()
  return records.map(stackRow)
}

export async function treeOf(db: Queries, rootId: string): Promise<readonly StackRow[]> {
  const records = await live(db)
    .where('root_id', '=', rootId)
    .orderBy('depth')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return records.map(stackRow)
}

export async function goneWithCredentials(db: Queries, before: number): Promise<readonly StackRow[]> {
  const records = await db
    .selectFrom('hearth_stack')
    .innerJoin('hearth_credential', 'hearth_credential.id', 'hearth_stack.credential_id')
    .selectAll('hearth_stack')
    .where('deleted_at', 'is not', null)
    .where('deleted_at', '<=', before)
    .execute()
  return records.map(stackRow)
}

export async function countRoots(db: Queries, projectId: string): Promise<number> {
  const row = await db
    .selectFrom('hearth_stack')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('project_id', '=', projectId)
    .where('parent_id', 'is', null)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

const live = (db: Queries) => db.selectFrom('hearth_stack').selectAll().where('deleted_at', 'is', null)
