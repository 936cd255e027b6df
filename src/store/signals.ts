import type { JsonMap } from '../base/json.ts'
import type { Database, Queries, Tx } from './database.ts'
import type { Sealer } from './fernet.ts'
import type { SignalRow } from './rows.ts'
import type { SignalRecord } from './tables.ts'

/** The signals of a resource, in the order in which they came. */
export async function ofResource(
  db: Queries,
  resourceId: string,
  sealer: Sealer,
): Promise<readonly SignalRow[]> {
  const records = await db
    .selectFrom('hearth_signal')
    .selectAll()
    .where('resource_id', '=', resourceId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return records.map((record) => signalRow(record, sealer))
}

/** Drops these signals of a resource. */
export async function dropSome(
  { dialect }: Database,
  tx: Tx,
  resourceId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .deleteFrom('hearth_signal')
    .where('resource_id', '=', resourceId)
    .where(dialect.among('id', ids))
    .execute()
}

/** Drops all signals of these resources, or of these stacks. */
export async function drop(
  { dialect }: Database,
  tx: Tx,
  column: 'resource_id' | 'stack_id',
  ids: readonly string[],
): Promise<void> {
  await tx.deleteFrom('hearth_signal').where(dialect.among(column, ids)).execute()
}

/** How a signal is written into its table. */
export function signalRecord(row: SignalRow, sealer: Sealer): SignalRecord {
  return {
    resource_id: row.resourceId,
    id: row.id,
    stack_id: row.stackId,
    content: sealer.seal(JSON.stringify(row.content)),
    created_at: row.createdAt,
  }
}

function signalRow(record: SignalRecord, sealer: Sealer): SignalRow {
  return {
    resourceId: record.resource_id,
    id: record.id,
    stackId: record.stack_id,
    content: JSON.parse(sealer.unseal(record.content)) as JsonMap,
    createdAt: record.created_at,
  }
}
