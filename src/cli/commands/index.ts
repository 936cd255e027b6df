import type { Command } from '../kit/command.ts'
import { buildInfo } from './build-info.ts'
import { completion } from './completion.ts'
import { env } from './env.ts'
import {
  manageDbSync,
  manageDbVersion,
  managePurgeDeleted,
  manageReEncrypt,
  manageResetStackStatus,
  manageResourceDataList,
} from './manage/database.ts'
import { manageDoctor } from './manage/doctor.ts'
import { managePolicyCheck, managePolicyList, managePolicySample } from './manage/policy.ts'
import { manageServiceClean, manageServiceList } from './manage/service.ts'
import { api, engine, up } from './processes.ts'
import { resourceTypeList, resourceTypeShow } from './resource-type.ts'
import { serviceList } from './service.ts'
import {
  softwareConfigCreate,
  softwareConfigDelete,
  softwareConfigList,
  softwareConfigShow,
} from './software-config.ts'
import {
  softwareDeploymentCreate,
  softwareDeploymentDelete,
  softwareDeploymentList,
  softwareDeploymentMetadataShow,
  softwareDeploymentOutputShow,
  softwareDeploymentShow,
} from './software-deployment.ts'
import { stackAbandon, stackExport } from './stack-abandon.ts'
import { stackCancel, stackCheck, stackResume, stackSuspend } from './stack-act.ts'
import { stackAdopt } from './stack-adopt.ts'
import { stackCreate } from './stack-create.ts'
import { stackDelete } from './stack-delete.ts'
import { stackEventList, stackEventShow } from './stack-event.ts'
import { stackFailuresList } from './stack-failures.ts'
import { stackHookClear, stackHookPoll } from './stack-hook.ts'
import { stackList } from './stack-list.ts'
import { stackOutputList, stackOutputShow } from './stack-output.ts'
import { stackResourceList, stackResourceMarkUnhealthy, stackResourceShow } from './stack-resource.ts'
import { stackEnvironmentShow, stackFileList, stackShow, stackTemplateShow } from './stack-show.ts'
import { stackResourceMetadata, stackResourceSignal } from './stack-signal.ts'
import {
  stackSnapshotCreate,
  stackSnapshotDelete,
  stackSnapshotList,
  stackSnapshotRestore,
  stackSnapshotShow,
} from './stack-snapshot.ts'
import { stackUpdate } from './stack-update.ts'
import { templateFunctionList, templateVersionList } from './template.ts'
import { templateFormat } from './template-format.ts'
import { templateFunctions } from './template-functions.ts'
import { templateGraph } from './template-graph.ts'
import { templateLint } from './template-lint.ts'
import { templateValidate } from './template-validate.ts'

/** Every command, in the order in which the help lists them. */
export const commands: readonly Command[] = [
  up,
  env,
  stackCreate,
  stackUpdate,
  stackDelete,
  stackSuspend,
  stackResume,
  stackCheck,
  stackCancel,
  stackList,
  stackShow,
  stackResourceList,
  stackResourceShow,
  stackResourceMarkUnhealthy,
  stackResourceMetadata,
  stackResourceSignal,
  stackHookPoll,
  stackHookClear,
  stackEventList,
  stackEventShow,
  stackOutputList,
  stackOutputShow,
  stackTemplateShow,
  stackEnvironmentShow,
  stackFileList,
  stackFailuresList,
  stackSnapshotCreate,
  stackSnapshotList,
  stackSnapshotShow,
  stackSnapshotRestore,
  stackSnapshotDelete,
  stackExport,
  stackAbandon,
  stackAdopt,
  templateValidate,
  templateLint,
  templateFormat,
  templateGraph,
  templateFunctions,
  templateVersionList,
  templateFunctionList,
  resourceTypeList,
  resourceTypeShow,
  softwareConfigCreate,
  softwareConfigList,
  softwareConfigShow,
  softwareConfigDelete,
  softwareDeploymentCreate,
  softwareDeploymentList,
  softwareDeploymentShow,
  softwareDeploymentMetadataShow,
  softwareDeploymentOutputShow,
  softwareDeploymentDelete,
  serviceList,
  buildInfo,
  completion,
  api,
  engine,
  manageDoctor,
  manageDbSync,
  manageDbVersion,
  managePurgeDeleted,
  manageResetStackStatus,
  manageReEncrypt,
  manageResourceDataList,
  manageServiceList,
  manageServiceClean,
  managePolicyList,
  managePolicyCheck,
  managePolicySample,
]

/** What each group of commands is about. */
export const commandGroups: Readonly<Record<string, string>> = {
  stack: 'Make, change, look at and delete stacks.',
  'stack resource': 'Look at the resources of a stack, and tell them something.',
  'stack hook': 'Look at where a stack waits for you, and let it go on.',
  'stack resource mark': 'Say how resources are.',
  'stack event': 'Look at what happened to a stack.',
  'stack output': 'Look at the outputs of a stack.',
  'stack template': 'Look at the template of a stack.',
  'stack environment': 'Look at the environment of a stack.',
  'stack failures': 'Look at what failed in a stack.',
  'stack snapshot': 'Keep what a stack is, and go back to it.',
  template: 'Check templates, and look at their language.',
  'template version': 'Look at the versions of the template language.',
  'template function': 'Look at the functions of the template language.',
  resource: 'Look at what templates may use.',
  manage: 'Look after the service itself: its set-up, its database.',
  'manage service': 'Look at the engines.',
  'manage policy': 'Look at who may do what.',
  'resource type': 'Look at the resource types.',
  software: 'Say what servers are to be configured with.',
  'software config': 'Keep what servers can be configured with.',
  'software deployment': 'Have servers be configured.',
  'software deployment metadata': 'Look at what a server is to be configured with.',
  'software deployment output': 'Look at what came of a software deployment.',
  service: 'Look at the engines of the service.',
  'stack file': 'Look at the files of a stack.',
  orchestration: 'The same words as OpenStackClient has them.',
  'orchestration build': 'Look at what is running.',
  'orchestration resource': 'Look at what templates may use.',
  'orchestration resource type': 'Look at the resource types.',
  'orchestration service': 'Look at the engines of the service.',
  'orchestration template': 'Check templates, and look at their language.',
  'orchestration template version': 'Look at the versions of the template language.',
  'orchestration template function': 'Look at the functions of the template language.',
}
