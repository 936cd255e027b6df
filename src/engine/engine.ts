import type { Contextual } from '../contract/call.ts'
import { type EngineCalls, engineCallNames } from '../contract/engine.ts'
import type { Caller } from '../contract/views.ts'
import { answering, type Operation } from './answering.ts'
import { type Deployer, deployer } from './deploy/deployer.ts'
import { withHeart } from './heart.ts'
import { abandonStack, exportStack } from './operations/abandon.ts'
import { checkStack, resumeStack, suspendStack } from './operations/act.ts'
import { cancelUpdate } from './operations/cancel.ts'
import { createStack } from './operations/create.ts'
import { deleteStack } from './operations/delete.ts'
import { listEvents, showEvent } from './operations/events.ts'
import { markUnhealthy } from './operations/mark-unhealthy.ts'
import { showMetadata } from './operations/metadata.ts'
import { previewStack, previewUpdate } from './operations/preview.ts'
import { listResources, showResource } from './operations/resources.ts'
import { listServices } from './operations/services.ts'
import {
  countStacks,
  listOutputs,
  listStacks,
  showEnvironment,
  showFiles,
  showOutput,
  showStack,
  showTemplate,
} from './operations/show.ts'
import { signalResource } from './operations/signal.ts'
import {
  createSnapshot,
  deleteSnapshot,
  listSnapshots,
  restoreSnapshot,
  showSnapshot,
} from './operations/snapshots.ts'
import {
  createSoftwareConfig,
  deleteSoftwareConfig,
  listSoftwareConfigs,
  showSoftwareConfig,
} from './operations/software-configs.ts'
import {
  createSoftwareDeployment,
  deleteSoftwareDeployment,
  listSoftwareDeployments,
  showServerConfigs,
  showSoftwareDeployment,
  updateSoftwareDeployment,
} from './operations/software-deployments.ts'
import { lookUp } from './operations/stacks.ts'
import {
  listResourceTypes,
  listTemplateFunctions,
  listTemplateVersions,
  resourceTypeTemplate,
  showResourceType,
} from './operations/types.ts'
import { updateStack } from './operations/update.ts'
import { validateTemplate } from './operations/validate.ts'
import type { EngineParts } from './parts.ts'

/** An engine: it answers what is asked about stacks, and deploys them. */
export interface Engine {
  readonly calls: Contextual<EngineCalls>
  readonly deployer: Deployer
}

type Operations = {
  readonly [K in keyof EngineCalls]: (
    parts: EngineParts,
    caller: Caller,
    ask: Parameters<EngineCalls[K]>[1],
  ) => ReturnType<EngineCalls[K]>
}

const operations: Operations = {
  createStack,
  previewStack,
  updateStack,
  previewUpdate,
  deleteStack,
  exportStack,
  abandonStack,
  createSnapshot,
  listSnapshots,
  showSnapshot,
  deleteSnapshot,
  restoreSnapshot,
  suspendStack,
  resumeStack,
  checkStack,
  cancelUpdate,
  lookupStack: (parts, caller, { nameOrId }) => lookUp(parts, caller, nameOrId),
  showStack,
  listStacks,
  countStacks,
  showTemplate,
  showEnvironment,
  showFiles,
  listOutputs,
  showOutput,
  listResources,
  showResource,
  showMetadata,
  signalResource,
  markUnhealthy,
  listEvents,
  showEvent,
  validateTemplate,
  listResourceTypes,
  showResourceType,
  resourceTypeTemplate,
  listTemplateVersions,
  listTemplateFunctions,
  createSoftwareConfig,
  showSoftwareConfig,
  listSoftwareConfigs,
  deleteSoftwareConfig,
  createSoftwareDeployment,
  showSoftwareDeployment,
  listSoftwareDeployments,
  updateSoftwareDeployment,
  deleteSoftwareDeployment,
  showServerConfigs,
  buildInfo: async ({ options }) => ({ revision: options.revision }),
  listServices,
}

/** Puts an engine together. It deploys nothing until its deployer is started. */
export function createEngine(given: EngineParts): Engine {
  const parts = withHeart(given)
  const calls = engineCallNames.map((name) => {
    const operation = operations[name] as Operation
    return [name, answering(parts, name, operation)] as const
  })
  return { calls: Object.fromEntries(calls) as unknown as Contextual<EngineCalls>, deployer: deployer(parts) }
}
