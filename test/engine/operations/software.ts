import type { NewSoftwareConfig, NewSoftwareDeployment } from '../../../src/contract/engine.ts'
import type { Caller, SoftwareConfigView, SoftwareDeploymentView } from '../../../src/contract/views.ts'
import { anna, type Scenario } from '../../../src/testing/scenario.ts'
import { isProblem } from '../problems.ts'

/** Somebody of another project. */
export const alien: Caller = { ...anna, userId: 'alien', projectId: 'elsewhere' }
/** Somebody who may see everything. */
export const root: Caller = { ...anna, userId: 'root', projectId: 'admin', isAdmin: true }

export const script: NewSoftwareConfig = {
  ...{ name: 'install', group: 'script', config: '#!/bin/sh', inputs: [], outputs: [], options: {} },
}

/** Keeps a script. */
export const keep = (
  play: Scenario,
  part: Partial<NewSoftwareConfig> = {},
  caller = anna,
): Promise<SoftwareConfigView> =>
  play.clock.until(play.calls.createSoftwareConfig(caller, { ...script, ...part }))

/** Has the server `server` be configured. */
export function deploy(
  play: Scenario,
  configId: string,
  part: Partial<NewSoftwareDeployment> = {},
  caller = anna,
): Promise<SoftwareDeploymentView> {
  const bare = { action: 'CREATE', status: 'IN_PROGRESS', statusReason: null, stackUserProjectId: null }
  const ask = { serverId: 'server', configId, inputValues: {}, ...bare, ...part }
  return play.clock.until(play.calls.createSoftwareDeployment(caller, ask))
}

export const notFound = isProblem('NotFound', /with id \S+ not found$/)
