import { type Expression, type SqlBool, sql } from 'kysely'
import type { JsonMap } from '../base/json.ts'
import type { Room } from './batch.ts'
import { carryingOut, type NotedCall, noteCall } from './calls.ts'
import type { Tx } from './database.ts'
import { insertAll } from './insert.ts'
import { storable } from './records.ts'
import type { SoftwareDeploymentRow } from './rows.ts'
import { count } from './software-configs.ts'
import type { SoftwareDeploymentRecord } from './tables.ts'
import { refuseHeavy } from './weight.ts'

/** What of a software deployment can change. */
export type SoftwareDeploymentChange = Partial<
  Pick<
    SoftwareDeploymentRow,
    'configId' | 'inputValues' | 'outputValues' | 'action' | 'status' | 'statusReason'
  >
> & { readonly updatedAt: number }

/** Which software deployments a list is about. */
export interface SoftwareDeploymentQuery {
  /** Those of this project, or whose users live in it; absent: those of all projects. */
  readonly projectId?: string | undefined
  readonly serverId?: string | undefined
}

/** Stores a software deployment, if its config is there; answers whether it is. */
export async function add(room: Room, row: SoftwareDeploymentRow, call?: NotedCall): Promise<boolean> {
  return await carryingOut(room, call, async (tx) => {
    if (!(await count(tx, row.configId, 1))) return false
    await insertAll(room.database, tx, 'hearth_software_deployment', {
      rows: [recordOf(room, row)],
      clash: { does: 'fail' },
    })
    await noteCall(room, tx, call)
    return true
  })
}

export async function byId(room: Room, id: string): Promise<SoftwareDeploymentRow | undefined> {
  const record = await room.database.read((db) =>
    db.selectFrom('hearth_software_deployment').selectAll().where('id', '=', id).executeTakeFirst(),
  )
  return record && rowOf(room, record)
}

/** The software deployments that a query asks for, the oldest first. */
export async function list(
  room: Room,
  query: SoftwareDeploymentQuery,
): Promise<readonly SoftwareDeploymentRow[]> {
  const those = conditionOf(query)
  const records = await room.database.read(async (db) => {
    const columns = ['input_values', 'output_values']
    await refuseHeavy(db, { table: 'hearth_software_deployment', columns, those })
    const select = db.selectFrom('hearth_software_deployment').selectAll().where(those)
    return await select.orderBy('created_at').orderBy('id').execute()
  })
  return records.map((record) => rowOf(room, record))
}

function conditionOf({ projectId, serverId }: SoftwareDeploymentQuery): Expression<SqlBool> {
  const conditions = [
    ...(projectId === undefined
      ? []
      : [sql`(project_id = ${projectId} or stack_user_project_id = ${projectId})`]),
    ...(serverId === undefined ? [] : [sql`server_id = ${serverId}`]),
  ]
  return conditions.length === 0 ? sql<SqlBool>`1 = 1` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}

/** Changes a software deployment; answers what it then is, or what was not there. */
export async function change(
  room: Room,
  id: string,
  { configId, ...rest }: SoftwareDeploymentChange,
  call?: NotedCall,
): Promise<SoftwareDeploymentRow | 'no deployment' | 'no config'> {
  return await carryingOut(room, call, async (tx) => {
    if (configId !== undefined && !(await count(tx, configId, 1))) return 'no config'
    const columns = { ...columnsOf(room, rest), ...(configId !== undefined && { config_id: configId }) }
    const { before, after } = await changed(tx, id, columns)
    if (configId !== undefined) await count(tx, before?.config_id ?? configId, -1)
    if (after === undefined) return 'no deployment'
    await noteCall(room, tx, call)
    return rowOf(room, after)
  })
}

type Columns = Partial<SoftwareDeploymentRecord> & { readonly updated_at: number }

/** The first update locks the row, so that nobody else changes which config it has. */
async function changed(tx: Tx, id: string, columns: Columns) {
  const { updated_at } = columns
  await tx.updateTable('hearth_software_deployment').set({ updated_at }).where('id', '=', id).execute()
  const before = await one(tx, id)
  await tx.updateTable('hearth_software_deployment').set(columns).where('id', '=', id).execute()
  return { before, after: before && { ...before, ...columns } }
}

/** Drops a software deployment; answers whether it was there. */
export async function drop(room: Room, id: string, call?: NotedCall): Promise<boolean> {
  return await carryingOut(room, call, async (tx) => {
    const { before } = await changed(tx, id, { updated_at: 0 })
    if (before === undefined) return false
    await tx.deleteFrom('hearth_software_deployment').where('id', '=', id).execute()
    await count(tx, before.config_id, -1)
    await noteCall(room, tx, call)
    return true
  })
}

const one = (tx: Tx, id: string): Promise<SoftwareDeploymentRecord | undefined> =>
  tx.selectFrom('hearth_software_deployment').selectAll().where('id', '=', id).executeTakeFirst()

function columnsOf({ sealer }: Room, change: Omit<SoftwareDeploymentChange, 'configId'>): Columns {
  const { inputValues, outputValues, action, status, statusReason, updatedAt } = change
  return {
    updated_at: updatedAt,
    ...(inputValues && { input_values: sealer.seal(JSON.stringify(inputValues)) }),
    ...(outputValues && { output_values: sealer.seal(JSON.stringify(outputValues)) }),
    ...(action && { action: storable(action) }),
    ...(status && { status: storable(status) }),
    ...(statusReason && { status_reason: storable(statusReason) }),
  }
}

function recordOf({ sealer }: Room, row: SoftwareDeploymentRow): SoftwareDeploymentRecord {
  return {
    id: row.id,
    project_id: row.projectId,
    stack_user_project_id: row.stackUserProjectId,
    config_id: row.configId,
    server_id: row.serverId,
    action: row.action && storable(row.action),
    status: row.status && storable(row.status),
    status_reason: row.statusReason && storable(row.statusReason),
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    input_values: sealer.seal(JSON.stringify(row.inputValues)),
    output_values: row.outputValues && sealer.seal(JSON.stringify(row.outputValues)),
  }
}

function rowOf({ sealer }: Room, record: SoftwareDeploymentRecord): SoftwareDeploymentRow {
  const { output_values: outputs } = record
  return {
    id: record.id,
    projectId: record.project_id,
    stackUserProjectId: record.stack_user_project_id,
    configId: record.config_id,
    serverId: record.server_id,
    action: record.action,
    status: record.status,
    statusReason: record.status_reason,
    createdAt: record.created_at,
    updatedAt: record.updated_at,
    inputValues: JSON.parse(sealer.unseal(record.input_values)) as JsonMap,
    outputValues: outputs === null ? null : (JSON.parse(sealer.unseal(outputs)) as JsonMap),
  }
}
