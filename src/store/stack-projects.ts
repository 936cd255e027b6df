import type { Database, Queries } from './database.ts'
import { insertAll } from './insert.ts'
import type { StackProjectRow } from './rows.ts'

/** The project that the users of a tree of stacks are in. */
export async function ofRoot(db: Queries, rootId: string): Promise<StackProjectRow | undefined> {
  return await one(db, 'root_id', rootId)
}

/** The same, by the project. */
export async function byProject(db: Queries, projectId: string): Promise<StackProjectRow | undefined> {
  return await one(db, 'project_id', projectId)
}

async function one(
  db: Queries,
  column: 'root_id' | 'project_id',
  id: string,
): Promise<StackProjectRow | undefined> {
  const record = await db
    .selectFrom('hearth_stack_project')
    .selectAll()
    .where(column, '=', id)
    .executeTakeFirst()
  return record && { rootId: record.root_id, projectId: record.project_id }
}

export async function save(database: Database, { rootId, projectId }: StackProjectRow): Promise<void> {
  await database.transaction((tx) =>
    insertAll(database, tx, 'hearth_stack_project', {
      rows: [{ root_id: rootId, project_id: projectId }],
      clash: { does: 'overwrite', key: ['root_id'] },
    }),
  )
}

export async function forget(database: Database, rootId: string): Promise<void> {
  await database.transaction((tx) =>
    tx.deleteFrom('hearth_stack_project').where('root_id', '=', rootId).execute(),
  )
}
