import { sql } from 'kysely'
import type { Room } from './batch.ts'
import type { NotedCall } from './calls.ts'
import type { SoftwareConfigHead, SoftwareConfigRow, SoftwareDeploymentRow } from './rows.ts'
import * as configs from './software-configs.ts'
import * as deployments from './software-deployments.ts'
import type { Tables } from './tables.ts'

/** What servers are to be configured with. Of a call that was carried out already nothing is done: `CallCarriedOut` is thrown. */
export interface SoftwareStore {
  /** Stores a software config; one that is there already stays as it is. */
  addSoftwareConfig(row: SoftwareConfigRow, call?: NotedCall): Promise<void>
  /** The software configs of these IDs, in no order. */
  softwareConfigs(ids: readonly string[]): Promise<readonly SoftwareConfigRow[]>
  /** A page of the software configs of a project, or of all; the newest first. */
  listSoftwareConfigs(
    projectId: string | undefined,
    page: { readonly limit?: number | undefined; readonly marker?: string | undefined },
  ): Promise<readonly SoftwareConfigHead[]>
  countSoftwareConfigs(projectId: string): Promise<number>
  /** Drops a software config unless a software deployment refers to it; answers whether it is gone. */
  dropSoftwareConfig(id: string, call?: NotedCall): Promise<boolean>

  /** Stores a software deployment, if its config is there; answers whether it is. */
  addSoftwareDeployment(row: SoftwareDeploymentRow, call?: NotedCall): Promise<boolean>
  softwareDeployment(id: string): Promise<SoftwareDeploymentRow | undefined>
  /** The software deployments that a query asks for, the oldest first. */
  listSoftwareDeployments(
    query: deployments.SoftwareDeploymentQuery,
  ): Promise<readonly SoftwareDeploymentRow[]>
  countSoftwareDeployments(projectId: string): Promise<number>
  /** Changes a software deployment; answers what it then is, or what was not there. */
  changeSoftwareDeployment(
    id: string,
    change: deployments.SoftwareDeploymentChange,
    call?: NotedCall,
  ): Promise<SoftwareDeploymentRow | 'no deployment' | 'no config'>
  /** Drops a software deployment; answers whether it was there. */
  dropSoftwareDeployment(id: string, call?: NotedCall): Promise<boolean>
}

/** That part of a store. */
export const softwareStore = (room: Room): SoftwareStore => ({
  addSoftwareConfig: (row, call) => configs.add(room, row, call),
  softwareConfigs: (ids) => configs.byIds(room, ids),
  listSoftwareConfigs: (projectId, page) => configs.page(room, projectId, page),
  countSoftwareConfigs: (projectId) => countOf(room, 'hearth_software_config', projectId),
  dropSoftwareConfig: (id, call) => configs.drop(room, id, call),
  addSoftwareDeployment: (row, call) => deployments.add(room, row, call),
  softwareDeployment: (id) => deployments.byId(room, id),
  listSoftwareDeployments: (query) => deployments.list(room, query),
  countSoftwareDeployments: (projectId) => countOf(room, 'hearth_software_deployment', projectId),
  changeSoftwareDeployment: (id, change, call) => deployments.change(room, id, change, call),
  dropSoftwareDeployment: (id, call) => deployments.drop(room, id, call),
})

async function countOf({ database }: Room, table: keyof Tables, projectId: string): Promise<number> {
  const count = sql<{ readonly count: number }>`
    select count(*) as count from ${sql.table(table)} where project_id = ${projectId}`
  const { rows } = await database.read((db) => count.execute(db))
  return Number(rows[0]?.count)
}
