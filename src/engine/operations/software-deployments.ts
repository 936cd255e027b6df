import type { NewSoftwareDeployment, SoftwareDeploymentUpdate } from '../../contract/engine.ts'
import { NotFound, RequestLimitExceeded } from '../../contract/problems.ts'
import type { Caller, SoftwareConfigView, SoftwareDeploymentView } from '../../contract/views.ts'
import type { SoftwareDeploymentRow } from '../../store/rows.ts'
import { noted } from '../noted.ts'
import type { EngineParts } from '../parts.ts'
import { configsForServer } from '../server-configs.ts'
import { configOf, configView } from './software-configs.ts'
import { asSignalled } from './software-signals.ts'

interface Asked {
  readonly id: string
}

/** Notes that a server is to be configured with a software config of the caller's. */
export async function createSoftwareDeployment(
  parts: EngineParts,
  caller: Caller,
  ask: NewSoftwareDeployment,
): Promise<SoftwareDeploymentView> {
  await configOf(parts, caller, ask.configId)
  if (!caller.isAdmin) await checkRoom(parts, caller.projectId)
  const row: SoftwareDeploymentRow = {
    ...{ ...ask, id: parts.call ?? parts.newId(), projectId: caller.projectId, outputValues: null },
    ...{ createdAt: parts.clock.now(), updatedAt: null },
  }
  if (!(await parts.store.addSoftwareDeployment(row, noted(parts)))) throw noConfig(ask.configId)
  return viewOf(row)
}

async function checkRoom({ store, options }: EngineParts, projectId: string): Promise<void> {
  const most = options.maxSoftwareDeploymentsPerTenant
  if (most < 0 || (await store.countSoftwareDeployments(projectId)) < most) return
  throw RequestLimitExceeded({
    message: `You have reached the maximum software deployments per tenant, ${most}. Please delete some software deployments.`,
  })
}

const noConfig = (id: string) => NotFound({ message: `Software config with id ${id} not found` })
const noDeployment = (id: string) => NotFound({ message: `Deployment with id ${id} not found` })

export async function showSoftwareDeployment(
  parts: EngineParts,
  caller: Caller,
  { id }: Asked,
): Promise<SoftwareDeploymentView> {
  return viewOf(await asSignalled(parts, caller, await deploymentOf(parts, caller, id)))
}

/** The software deployment of an ID, as far as it is the caller's. Users of a stack see those of the server they are in. */
async function deploymentOf(
  { store }: EngineParts,
  { projectId, isAdmin }: Caller,
  id: string,
): Promise<SoftwareDeploymentRow> {
  const row = await store.softwareDeployment(id)
  if (row === undefined) throw noDeployment(id)
  if (isAdmin || [row.projectId, row.stackUserProjectId].includes(projectId)) return row
  throw noDeployment(id)
}

export async function listSoftwareDeployments(
  { store }: EngineParts,
  caller: Caller,
  { serverId }: { readonly serverId?: string },
): Promise<readonly SoftwareDeploymentView[]> {
  return (await store.listSoftwareDeployments({ projectId: scopeOf(caller), serverId })).map(viewOf)
}

const scopeOf = ({ isAdmin, projectId }: Caller): string | undefined => (isAdmin ? undefined : projectId)

export async function updateSoftwareDeployment(
  parts: EngineParts,
  caller: Caller,
  { id, ...change }: SoftwareDeploymentUpdate,
): Promise<SoftwareDeploymentView> {
  await deploymentOf(parts, caller, id)
  const { configId } = change
  if (configId !== undefined) await configOf(parts, caller, configId)
  const updatedAt = parts.clock.now()
  const changed = await parts.store.changeSoftwareDeployment(id, { ...change, updatedAt }, noted(parts))
  if (changed === 'no config') throw noConfig(configId ?? '')
  if (changed === 'no deployment') throw noDeployment(id)
  return viewOf(changed)
}

export async function deleteSoftwareDeployment(
  parts: EngineParts,
  caller: Caller,
  { id }: Asked,
): Promise<void> {
  await deploymentOf(parts, caller, id)
  if (!(await parts.store.dropSoftwareDeployment(id, noted(parts)))) throw noDeployment(id)
}

/** What a server is to be configured with, in the order in which it is to be done. */
export async function showServerConfigs(
  { store }: EngineParts,
  caller: Caller,
  { serverId }: { readonly serverId: string },
): Promise<readonly SoftwareConfigView[]> {
  return (await configsForServer(store, { projectId: scopeOf(caller), serverId })).map(configView)
}

function viewOf({
  projectId: _,
  stackUserProjectId: _users,
  ...view
}: SoftwareDeploymentRow): SoftwareDeploymentView {
  return view
}
