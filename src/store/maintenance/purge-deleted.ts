import type { Database, Tx } from '../database.ts'
import { dropFiles, filesKeptFor } from '../templates.ts'

/** Which deleted stacks are to be forgotten for good. */
export interface PurgeQuery {
  /** Those that were deleted before this moment, in milliseconds since the epoch. */
  readonly before: number
  readonly projectId?: string
  /** How many are removed in one transaction. */
  readonly batch: number
}

/** The tables that have something of a stack, by its `stack_id`. */
export const partsOfStacks = [
  'hearth_event',
  'hearth_signal',
  'hearth_snapshot',
  'hearth_resource',
  'hearth_deployment',
  'hearth_template',
  'hearth_stack_tag',
] as const

/** Removes deleted stacks with all that is left of them; answers how many. */
export async function purgeDeleted(database: Database, query: PurgeQuery): Promise<number> {
  let purged = 0
  for (;;) {
    const count = await database.transaction((tx) => purgeSome(database, tx, query))
    purged += count
    if (count < query.batch) break
  }
  await dropFiles(database, Math.min(query.before, Date.now() - filesKeptFor))
  return purged
}

async function purgeSome(
  { dialect }: Database,
  tx: Tx,
  { before, projectId, batch }: PurgeQuery,
): Promise<number> {
  let select = tx
    .selectFrom('hearth_stack')
    .select(['id', 'credential_id'])
    .where('deleted_at', 'is not', null)
    .where('deleted_at', '<', before)
  if (projectId !== undefined) select = select.where('project_id', '=', projectId)
  const stacks = await select.orderBy('deleted_at').orderBy('id').limit(batch).execute()
  const ids = stacks.map(({ id }) => id)
  if (ids.length === 0) return 0
  for (const table of partsOfStacks)
    await tx.deleteFrom(table).where(dialect.among('stack_id', ids)).execute()
  await tx.deleteFrom('hearth_stack').where(dialect.among('id', ids)).execute()
  const credentials = stacks.map(({ credential_id }) => credential_id).filter((id) => id !== null)
  if (credentials.length > 0)
    await tx
      .deleteFrom('hearth_credential')
      .where(dialect.among('id', credentials))
      .where(({ not, exists, selectFrom }) => {
        const users = selectFrom('hearth_stack').select('hearth_stack.id')
        return not(exists(users.whereRef('hearth_stack.credential_id', '=', 'hearth_credential.id')))
      })
      .execute()
  return ids.length
}
