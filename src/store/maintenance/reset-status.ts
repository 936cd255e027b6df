import type { Database, Tx } from '../database.ts'

const reason = 'Stack status manually reset'

/**
 * Ends whatever is under way for a stack and those inside it: what is IN_PROGRESS is FAILED, and nobody owns it. An engine
 * that is still at it is refused with its next write. Answers the names of the stacks that were reset; `undefined`: there is
 * no such stack.
 */
export async function resetStatus(
  database: Database,
  stackId: string,
  now: number,
): Promise<readonly string[] | undefined> {
  return await database.transaction(async (tx) => {
    const stack = await tx
      .selectFrom('hearth_stack')
      .select(['id', 'root_id'])
      .where('id', '=', stackId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    if (stack === undefined) return undefined
    const ids = await insideOf(tx, stack)
    await breakOff(database, tx, ids)
    return await fail(database, tx, ids, now)
  })
}

/** The stack, and all inside it. */
async function insideOf(
  tx: Tx,
  { id, root_id }: { readonly id: string; readonly root_id: string },
): Promise<readonly string[]> {
  const tree = await tx
    .selectFrom('hearth_stack')
    .select(['id', 'parent_id'])
    .where('root_id', '=', root_id)
    .where('deleted_at', 'is', null)
    .orderBy('depth')
    .execute()
  const inside = new Set([id])
  for (const one of tree) if (one.parent_id !== null && inside.has(one.parent_id)) inside.add(one.id)
  return [...inside]
}

async function breakOff({ dialect }: Database, tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .updateTable('hearth_deployment')
    .set((eb) => ({ engine_id: null, pending: 0, fence: eb('fence', '+', 1), writes: eb('writes', '+', 1) }))
    .where(dialect.among('stack_id', ids))
    .execute()
}

async function fail(
  { dialect }: Database,
  tx: Tx,
  ids: readonly string[],
  now: number,
): Promise<readonly string[]> {
  const state = { status: 'FAILED', status_reason: reason, updated_at: now }
  await tx
    .updateTable('hearth_resource')
    .set(state)
    .where(dialect.among('stack_id', ids))
    .where('status', '=', 'IN_PROGRESS')
    .execute()
  await tx
    .updateTable('hearth_snapshot')
    .set({ status: 'FAILED', status_reason: reason })
    .where(dialect.among('stack_id', ids))
    .where('status', '=', 'IN_PROGRESS')
    .execute()
  const busy = await tx
    .selectFrom('hearth_stack')
    .select('name')
    .where(dialect.among('id', ids))
    .where('status', '=', 'IN_PROGRESS')
    .orderBy('depth')
    .orderBy('name')
    .execute()
  await tx
    .updateTable('hearth_stack')
    .set(state)
    .where(dialect.among('id', ids))
    .where('status', '=', 'IN_PROGRESS')
    .execute()
  return busy.map(({ name }) => name)
}
