import type { JsonMap } from '../base/json.ts'
import type { Room } from './batch.ts'
import { carryingOut, type NotedCall, noteCall } from './calls.ts'
import type { Queries, Tx } from './database.ts'
import type { Sealer } from './fernet.ts'
import { insertAll } from './insert.ts'
import { storable } from './records.ts'
import type { SnapshotRow } from './rows.ts'
import type { SnapshotRecord } from './tables.ts'

interface OfStack {
  readonly stackId: string
  /** Only those of this status. */
  readonly status?: SnapshotRow['status'] | undefined
}

/** The snapshots of a stack, the oldest first. */
export async function ofStack(
  db: Queries,
  { stackId, status }: OfStack,
  sealer: Sealer,
): Promise<readonly SnapshotRow[]> {
  let select = db.selectFrom('hearth_snapshot').selectAll().where('stack_id', '=', stackId)
  if (status !== undefined) select = select.where('status', '=', status)
  const records = await select.orderBy('created_at').orderBy('id').execute()
  return records.map((record) => snapshotRow(record, sealer))
}

export async function countOfStack(db: Queries, stackId: string): Promise<number> {
  const row = await db
    .selectFrom('hearth_snapshot')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('stack_id', '=', stackId)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export async function byId(db: Queries, id: string, sealer: Sealer): Promise<SnapshotRow | undefined> {
  const record = await db.selectFrom('hearth_snapshot').selectAll().where('id', '=', id).executeTakeFirst()
  return record && snapshotRow(record, sealer)
}

/** Stores what is done to a snapshot, if it is there; answers whether it is. */
export async function changeState(room: Room, row: SnapshotRow, call?: NotedCall): Promise<boolean> {
  return await carryingOut(room, call, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('hearth_snapshot')
      .set({ action: row.action, status: row.status, status_reason: storable(row.statusReason) })
      .where('id', '=', row.id)
      .executeTakeFirst()
    if (numUpdatedRows === 1n) await noteCall(room, tx, call)
    return numUpdatedRows === 1n
  })
}

/** Stores snapshots as they are now; `undefined`: the row is to go. */
export async function write(
  { database, sealer }: Room,
  tx: Tx,
  snapshots: ReadonlyMap<string, SnapshotRow | undefined>,
): Promise<void> {
  const rows = [...snapshots.values()].filter((row) => row !== undefined)
  await insertAll(database, tx, 'hearth_snapshot', {
    rows: rows.map((row) => snapshotRecord(row, sealer)),
    clash: { does: 'overwrite', key: ['id'] },
  })
  const gone = [...snapshots].filter(([, row]) => row === undefined).map(([id]) => id)
  if (gone.length > 0)
    await tx.deleteFrom('hearth_snapshot').where(database.dialect.among('id', gone)).execute()
}

/** Drops all snapshots of these stacks. */
export async function dropOfStacks({ database }: Room, tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('hearth_snapshot').where(database.dialect.among('stack_id', ids)).execute()
}

function snapshotRecord(row: SnapshotRow, sealer: Sealer): SnapshotRecord {
  return {
    id: row.id,
    stack_id: row.stackId,
    name: row.name,
    action: row.action,
    status: row.status,
    status_reason: storable(row.statusReason),
    created_at: row.createdAt,
    document: row.document && sealer.seal(JSON.stringify(row.document)),
  }
}

function snapshotRow(record: SnapshotRecord, sealer: Sealer): SnapshotRow {
  return {
    id: record.id,
    stackId: record.stack_id,
    name: record.name,
    action: record.action as SnapshotRow['action'],
    status: record.status as SnapshotRow['status'],
    statusReason: record.status_reason,
    createdAt: record.created_at,
    document: record.document === null ? null : (JSON.parse(sealer.unseal(record.document)) as JsonMap),
  }
}
