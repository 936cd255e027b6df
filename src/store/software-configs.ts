import { type Expression, type SqlBool, sql } from 'kysely'
import type { Room } from './batch.ts'
import { carryingOut, type NotedCall, noteCall } from './calls.ts'
import type { Queries, Tx } from './database.ts'
import { insertAll } from './insert.ts'
import { after } from './paging.ts'
import { storable } from './records.ts'
import type { SoftwareConfigHead, SoftwareConfigRow } from './rows.ts'
import type { SoftwareConfigRecord } from './tables.ts'
import { refuseHeavy } from './weight.ts'

/** Stores a software config; one that is there already stays as it is. */
export async function add(room: Room, row: SoftwareConfigRow, call?: NotedCall): Promise<void> {
  await carryingOut(room, call, async (tx) => {
    await insertAll(room.database, tx, 'hearth_software_config', {
      rows: [recordOf(room, row)],
      clash: { does: 'keep', key: ['id'] },
    })
    await noteCall(room, tx, call)
  })
}

/** The software configs of these IDs, in no order. */
export async function byIds(room: Room, ids: readonly string[]): Promise<readonly SoftwareConfigRow[]> {
  if (ids.length === 0) return []
  const { database } = room
  const those = database.dialect.among('id', [...new Set(ids)])
  const records = await database.read(async (db) => {
    await refuseHeavy(db, { table: 'hearth_software_config', columns: ['document'], those })
    return await db.selectFrom('hearth_software_config').selectAll().where(those).execute()
  })
  return records.map((record) => rowOf(room, record))
}

/** A page of the software configs of a project, or of all; the newest first. */
export async function page(
  { database }: Room,
  projectId: string | undefined,
  { limit, marker }: { readonly limit?: number | undefined; readonly marker?: string | undefined },
): Promise<readonly SoftwareConfigHead[]> {
  return await database.read(async (db) => {
    let select = db
      .selectFrom('hearth_software_config')
      .select(['id', 'project_id', 'name', 'tool', 'created_at'])
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
    if (projectId !== undefined) select = select.where('project_id', '=', projectId)
    const beyond = marker === undefined ? undefined : await behind(db, marker)
    if (beyond !== undefined) select = select.where(beyond)
    if (limit !== undefined) select = select.limit(limit)
    return (await select.execute()).map(headOf)
  })
}

/** What comes after a software config in the order of lists; nothing is asked of one that is not there. */
async function behind(db: Queries, id: string): Promise<Expression<SqlBool> | undefined> {
  const marker = await db
    .selectFrom('hearth_software_config')
    .select(['created_at', 'id'])
    .where('id', '=', id)
    .executeTakeFirst()
  const order = [sql`created_at`, sql`id`].map((value) => ({ value, direction: 'desc' as const }))
  return marker && after(order, [marker.created_at, marker.id])
}

/** Drops a software config unless a software deployment refers to it; answers whether it is gone. */
export async function drop(room: Room, id: string, call?: NotedCall): Promise<boolean> {
  return await carryingOut(room, call, async (tx) => {
    await tx.deleteFrom('hearth_software_config').where('id', '=', id).where('deployments', '=', 0).execute()
    const left = await tx.selectFrom('hearth_software_config').select('id').where('id', '=', id).execute()
    if (left.length === 0) await noteCall(room, tx, call)
    return left.length === 0
  })
}

/** Counts a software deployment that comes to refer to a software config, or leaves it; answers whether that is there. */
export async function count(tx: Tx, id: string, more: 1 | -1): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('hearth_software_config')
    .set((eb) => ({ deployments: eb('deployments', '+', more) }))
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function recordOf({ sealer }: Room, row: SoftwareConfigRow): SoftwareConfigRecord {
  return {
    id: row.id,
    project_id: row.projectId,
    name: row.name && storable(row.name),
    tool: row.group && storable(row.group),
    created_at: row.createdAt,
    deployments: 0,
    document: sealer.seal(JSON.stringify(row.content)),
  }
}

const headOf = (
  record: Pick<SoftwareConfigRecord, 'id' | 'project_id' | 'name' | 'tool' | 'created_at'>,
): SoftwareConfigHead => ({
  id: record.id,
  projectId: record.project_id,
  name: record.name,
  group: record.tool,
  createdAt: record.created_at,
})

const rowOf = ({ sealer }: Room, record: SoftwareConfigRecord): SoftwareConfigRow => ({
  ...headOf(record),
  content: JSON.parse(sealer.unseal(record.document)) as SoftwareConfigRow['content'],
})
