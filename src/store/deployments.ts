import type { Database, Queries } from './database.ts'
import { deploymentRow } from './records.ts'
import type { DeploymentRow } from './rows.ts'
import type { Ownership } from './store.ts'

/** More than any engine takes at once; the others of a long queue come with the next look. */
const mostClaimable = 1000

export async function byStack(db: Queries, stackId: string): Promise<DeploymentRow | undefined> {
  const record = await db
    .selectFrom('hearth_deployment')
    .selectAll()
    .where('stack_id', '=', stackId)
    .executeTakeFirst()
  return record && deploymentRow(record)
}

export async function ofStacks(
  { dialect, read }: Pick<Database, 'dialect' | 'read'>,
  stackIds: readonly string[],
): Promise<readonly DeploymentRow[]> {
  if (stackIds.length === 0) return []
  const records = await read((db) =>
    db.selectFrom('hearth_deployment').selectAll().where(dialect.among('stack_id', stackIds)).execute(),
  )
  return records.map(deploymentRow)
}

/** Those with work to do and no owner among the living, the longest waiting first. */
export async function claimable(db: Queries, living: readonly string[]): Promise<readonly DeploymentRow[]> {
  const records = await db
    .selectFrom('hearth_deployment')
    .selectAll()
    .where('pending', '=', 1)
    .where(({ or, eb }) =>
      or([
        eb('engine_id', 'is', null),
        ...(living.length > 0 ? [eb('engine_id', 'not in', living)] : [eb('engine_id', 'is not', null)]),
      ]),
    )
    .orderBy('asked_at')
    .orderBy('stack_id')
    .limit(mostClaimable)
    .execute()
  return records.map(deploymentRow)
}

/** Makes an engine the owner, if the deployment is still as it was read. */
export async function claim(
  database: Database,
  seen: DeploymentRow,
  engineId: string,
): Promise<Ownership | undefined> {
  const fence = seen.fence + 1
  const owner = { stackId: seen.stackId, engineId, fence }
  const got = await database.insist(async (again) => {
    // An attempt that got no answer may have succeeded; no other of this engine's has this fence.
    if (again && (await isOwner(database, owner))) return true
    return database.transaction(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('hearth_deployment')
        .set({ engine_id: engineId, fence })
        .where('stack_id', '=', seen.stackId)
        .where('fence', '=', seen.fence)
        .where('pending', '=', 1)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    })
  })
  return got ? owner : undefined
}

async function isOwner(database: Database, { stackId, engineId, fence }: Ownership): Promise<boolean> {
  const now = await database.read((db) => byStack(db, stackId))
  return now?.engineId === engineId && now.fence === fence
}
