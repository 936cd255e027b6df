import { isoSeconds } from '../base/clock.ts'
import type {
  SoftwareConfigReply,
  SoftwareConfigRow,
  SoftwareDeploymentReply,
} from '../contract/rest/index.ts'
import type { SoftwareConfigSummary, SoftwareConfigView, SoftwareDeploymentView } from '../contract/views.ts'

/** A software config as a row of a list; whose it is, is told only if asked. */
export const softwareConfigRow = (
  config: SoftwareConfigSummary,
  { withProject = false } = {},
): SoftwareConfigRow => ({
  id: config.id,
  name: config.name,
  group: config.group,
  creation_time: isoSeconds(config.createdAt),
  ...(withProject && { project: config.projectId }),
})

/** A software config in full. */
export const softwareConfigReply = (config: SoftwareConfigView): SoftwareConfigReply => ({
  ...softwareConfigRow(config),
  config: config.config,
  inputs: config.inputs,
  outputs: config.outputs,
  options: config.options,
})

/** A software deployment. */
export const softwareDeploymentReply = (deployment: SoftwareDeploymentView): SoftwareDeploymentReply => ({
  id: deployment.id,
  server_id: deployment.serverId,
  config_id: deployment.configId,
  input_values: deployment.inputValues,
  output_values: deployment.outputValues,
  action: deployment.action,
  status: deployment.status,
  status_reason: deployment.statusReason,
  creation_time: isoSeconds(deployment.createdAt),
  ...(deployment.updatedAt !== null && { updated_time: isoSeconds(deployment.updatedAt) }),
})
