import type { NewSoftwareConfig } from '../../contract/engine.ts'
import { NotFound, SoftwareConfigInUse } from '../../contract/problems.ts'
import type { Caller, SoftwareConfigSummary, SoftwareConfigView } from '../../contract/views.ts'
import type { SoftwareConfigRow } from '../../store/rows.ts'
import { noted } from '../noted.ts'
import type { EngineParts } from '../parts.ts'
import { keepSoftwareConfig } from '../software-configs.ts'

interface Asked {
  readonly id: string
}

/** Keeps a software config for the caller's project. */
export async function createSoftwareConfig(
  parts: EngineParts,
  { projectId, isAdmin }: Caller,
  ask: NewSoftwareConfig,
): Promise<SoftwareConfigView> {
  const id = parts.call ?? parts.newId()
  return configView(await keepSoftwareConfig(parts, { id, projectId, ...ask }, { anyNumber: isAdmin }))
}

export async function showSoftwareConfig(
  parts: EngineParts,
  caller: Caller,
  { id }: Asked,
): Promise<SoftwareConfigView> {
  return configView(await configOf(parts, caller, id))
}

/** The software config of an ID, as far as it is the caller's. Problem 404 if there is none. */
export async function configOf(
  { store }: EngineParts,
  { projectId, isAdmin }: Caller,
  id: string,
): Promise<SoftwareConfigRow> {
  const [row] = await store.softwareConfigs([id])
  if (row !== undefined && (isAdmin || row.projectId === projectId)) return row
  throw NotFound({ message: `Software config with id ${id} not found` })
}

export async function listSoftwareConfigs(
  { store }: EngineParts,
  { projectId, isAdmin }: Caller,
  ask: { readonly limit?: number; readonly marker?: string; readonly globalTenant?: boolean },
): Promise<readonly SoftwareConfigSummary[]> {
  return await store.listSoftwareConfigs(isAdmin || ask.globalTenant ? undefined : projectId, ask)
}

export async function deleteSoftwareConfig(parts: EngineParts, caller: Caller, { id }: Asked): Promise<void> {
  await configOf(parts, caller, id)
  if (!(await parts.store.dropSoftwareConfig(id, noted(parts)))) throw SoftwareConfigInUse({ config: id })
}

/** A software config as it is told. */
export function configView({ content, ...head }: SoftwareConfigRow): SoftwareConfigView {
  return { ...head, ...content }
}
