import type { Json, JsonMap } from '../base/json.ts'
import { RequestLimitExceeded } from '../contract/problems.ts'
import type { SoftwareConfigRow } from '../store/rows.ts'
import { noted } from './noted.ts'
import type { EngineParts } from './parts.ts'
import { inputsOf, outputsOf } from './software-io.ts'

interface Wanted {
  readonly id: string
  readonly projectId: string
  readonly name: string | null
  readonly group: string | null
  readonly config: Json
  /** As somebody wrote them. */
  readonly inputs: unknown
  readonly outputs: unknown
  readonly options: JsonMap
}

/** Keeps a software config. Problem 400 if it makes no sense, or the project has as many as it may. */
export async function keepSoftwareConfig(
  parts: EngineParts,
  { config, inputs, outputs, options, ...head }: Wanted,
  { anyNumber = false } = {},
): Promise<SoftwareConfigRow> {
  const content = { config, inputs: inputsOf(inputs), outputs: outputsOf(outputs), options }
  if (!anyNumber) await checkRoom(parts, head.projectId)
  const row: SoftwareConfigRow = { ...head, createdAt: parts.clock.now(), content }
  await parts.store.addSoftwareConfig(row, noted(parts))
  return row
}

async function checkRoom({ store, options }: EngineParts, projectId: string): Promise<void> {
  const most = options.maxSoftwareConfigsPerTenant
  if (most < 0 || (await store.countSoftwareConfigs(projectId)) < most) return
  throw RequestLimitExceeded({
    message: `You have reached the maximum software configs per tenant, ${most}. Please delete some software configs.`,
  })
}
