import type { Json, JsonMap } from '../base/json.ts'
import type {
  Caller,
  EventView,
  ImaginedResource,
  OutputView,
  ResourceChange,
  ResourceView,
  ServiceView,
  SnapshotView,
  SoftwareConfigSummary,
  SoftwareConfigView,
  SoftwareDeploymentView,
  StackIdentity,
  StackSummary,
  StackView,
} from './views.ts'

/** What a caller may say about the stack that is wanted. */
export interface StackRequest {
  /** As JSON, or as the text that somebody wrote (then problems carry line and column). Absent: keep the present one. */
  readonly template?: JsonMap | string
  readonly files?: Readonly<Record<string, string>>
  /** A container of the object store whose objects are files too; those in `files` count more. */
  readonly filesContainer?: string
  readonly environment?: JsonMap | string
  /** Names in `files` of environments to merge, lowest precedence first; they then count instead of `environment`. */
  readonly environmentFiles?: readonly string[]
  readonly parameters?: JsonMap
  readonly timeoutMins?: number
  readonly disableRollback?: boolean
  readonly tags?: readonly string[]
}

export interface NewStackRequest extends StackRequest {
  readonly name: string
  /** The document of an abandoned stack, as JSON or YAML: its resources become those of the new one. */
  readonly adopt?: string
}

export interface UpdateRequest extends StackRequest {
  readonly stack: StackIdentity
  /** PATCH: what is not given stays as it is. */
  readonly existing: boolean
  readonly clearParameters?: readonly string[]
  /** Compare with the live objects, not only with what was last applied. */
  readonly converge?: boolean
}

export interface StackQuery {
  readonly limit?: number
  readonly marker?: string
  readonly sortKeys?: readonly string[]
  readonly sortDir?: 'asc' | 'desc'
  /** Column → the values it may have. Columns: id, name, action, status, tenant, username, owner_id, stack_name, … */
  readonly filters?: Readonly<Record<string, readonly string[]>>
  readonly showDeleted?: boolean
  readonly showNested?: boolean
  readonly showHidden?: boolean
  readonly globalTenant?: boolean
  readonly tags?: readonly string[]
  readonly tagsAny?: readonly string[]
  readonly notTags?: readonly string[]
  readonly notTagsAny?: readonly string[]
}

export interface ResourceQuery {
  readonly stack: StackIdentity
  readonly nestedDepth?: number
  readonly withDetail?: boolean
  readonly filters?: Readonly<Record<string, readonly string[]>>
}

export interface EventQuery {
  readonly stack: StackIdentity
  readonly resource?: string
  readonly nestedDepth?: number
  readonly limit?: number
  readonly marker?: string
  readonly sortDir?: 'asc' | 'desc'
  readonly sortKeys?: readonly string[]
  readonly filters?: Readonly<Record<string, readonly string[]>>
}

export interface NewSoftwareConfig {
  readonly name: string | null
  readonly group: string | null
  readonly config: Json
  /** As somebody wrote them: a list of maps, each with a `name`. */
  readonly inputs: Json
  readonly outputs: Json
  readonly options: JsonMap
}

export interface NewSoftwareDeployment {
  readonly serverId: string
  readonly configId: string
  readonly inputValues: JsonMap
  readonly action: string | null
  readonly status: string | null
  readonly statusReason: string | null
  readonly stackUserProjectId: string | null
}

/** What is to change of a software deployment; the rest stays. */
export interface SoftwareDeploymentUpdate
  extends Partial<Pick<NewSoftwareDeployment, 'configId' | 'inputValues'>> {
  readonly id: string
  readonly outputValues?: JsonMap
  readonly action?: string
  readonly status?: string
  readonly statusReason?: string
}

/** All that the engine answers: the same interface for the engine itself and for whoever asks it over the bus. */
export interface EngineCalls {
  createStack(caller: Caller, ask: NewStackRequest): Promise<StackIdentity>
  previewStack(
    caller: Caller,
    ask: NewStackRequest,
  ): Promise<{ readonly stack: StackView; readonly resources: readonly ImaginedResource[] }>
  updateStack(caller: Caller, ask: UpdateRequest): Promise<void>
  previewUpdate(
    caller: Caller,
    ask: UpdateRequest & { readonly showNested: boolean },
  ): Promise<readonly ResourceChange[]>
  deleteStack(caller: Caller, ask: { readonly stack: StackIdentity }): Promise<void>
  /** All that is known of a stack, secrets too: enough to adopt it again. */
  exportStack(caller: Caller, ask: { readonly stack: StackIdentity }): Promise<JsonMap>
  /** The same; and the stack is forgotten, while its objects stay. */
  abandonStack(caller: Caller, ask: { readonly stack: StackIdentity }): Promise<JsonMap>
  suspendStack(caller: Caller, ask: { readonly stack: StackIdentity }): Promise<void>
  resumeStack(caller: Caller, ask: { readonly stack: StackIdentity }): Promise<void>
  checkStack(caller: Caller, ask: { readonly stack: StackIdentity }): Promise<void>
  cancelUpdate(
    caller: Caller,
    ask: { readonly stack: StackIdentity; readonly rollback: boolean },
  ): Promise<void>
  createSnapshot(
    caller: Caller,
    ask: { readonly stack: StackIdentity; readonly name?: string },
  ): Promise<SnapshotView>
  listSnapshots(caller: Caller, ask: { readonly stack: StackIdentity }): Promise<readonly SnapshotView[]>
  showSnapshot(
    caller: Caller,
    ask: { readonly stack: StackIdentity; readonly snapshot: string },
  ): Promise<SnapshotView>
  deleteSnapshot(
    caller: Caller,
    ask: { readonly stack: StackIdentity; readonly snapshot: string },
  ): Promise<void>
  restoreSnapshot(
    caller: Caller,
    ask: { readonly stack: StackIdentity; readonly snapshot: string },
  ): Promise<void>
  /** By name among the living, or by ID, the deleted included. */
  lookupStack(caller: Caller, ask: { readonly nameOrId: string }): Promise<StackIdentity>
  showStack(
    caller: Caller,
    ask: { readonly stack: StackIdentity; readonly resolveOutputs: boolean },
  ): Promise<StackView>
  listStacks(caller: Caller, ask: StackQuery): Promise<readonly StackSummary[]>
  countStacks(caller: Caller, ask: StackQuery): Promise<number>
  showTemplate(caller: Caller, ask: { readonly stack: StackIdentity }): Promise<JsonMap>
  showEnvironment(caller: Caller, ask: { readonly stack: StackIdentity }): Promise<JsonMap>
  showFiles(caller: Caller, ask: { readonly stack: StackIdentity }): Promise<Readonly<Record<string, string>>>
  listOutputs(caller: Caller, ask: { readonly stack: StackIdentity }): Promise<readonly OutputView[]>
  showOutput(
    caller: Caller,
    ask: { readonly stack: StackIdentity; readonly key: string },
  ): Promise<OutputView>
  listResources(caller: Caller, ask: ResourceQuery): Promise<readonly ResourceView[]>
  showResource(
    caller: Caller,
    ask: {
      readonly stack: StackIdentity
      readonly resource: string
      readonly withAttributes: readonly string[]
    },
  ): Promise<ResourceView>
  showMetadata(
    caller: Caller,
    ask: { readonly stack: StackIdentity; readonly resource: string },
  ): Promise<JsonMap>
  /** Tells a resource something from outside; `details` is whatever JSON was sent, `null` for nothing. */
  signalResource(
    caller: Caller,
    ask: { readonly stack: StackIdentity; readonly resource: string; readonly details: Json },
  ): Promise<void>
  markUnhealthy(
    caller: Caller,
    ask: {
      readonly stack: StackIdentity
      readonly resource: string
      readonly unhealthy: boolean
      readonly reason?: string
    },
  ): Promise<void>
  listEvents(caller: Caller, ask: EventQuery): Promise<readonly EventView[]>
  showEvent(
    caller: Caller,
    ask: { readonly stack: StackIdentity; readonly resource: string; readonly event: string },
  ): Promise<EventView>
  /** The answer of `POST /validate`: Description, Parameters, ParameterGroups, Environment, NestedParameters. */
  validateTemplate(
    caller: Caller,
    ask: StackRequest & { readonly showNested: boolean; readonly ignoreErrors?: readonly string[] },
  ): Promise<JsonMap>
  listResourceTypes(
    caller: Caller,
    ask: { readonly name?: string; readonly supportStatus?: string; readonly version?: string },
  ): Promise<readonly { readonly type: string; readonly description: string }[]>
  /** The schema as `GET /resource_types/{type}` shows it. */
  showResourceType(
    caller: Caller,
    ask: { readonly type: string; readonly withDescription: boolean },
  ): Promise<JsonMap>
  /** A template whose one resource is of the type, its parameters the properties and its outputs the attributes. */
  resourceTypeTemplate(
    caller: Caller,
    ask: { readonly type: string; readonly form: 'cfn' | 'hot' },
  ): Promise<JsonMap>
  listTemplateVersions(
    caller: Caller,
    ask: Record<string, never>,
  ): Promise<
    readonly { readonly version: string; readonly type: 'hot' | 'cfn'; readonly aliases: readonly string[] }[]
  >
  listTemplateFunctions(
    caller: Caller,
    ask: { readonly version: string; readonly withConditions: boolean },
  ): Promise<readonly { readonly functions: string; readonly description: string }[]>
  createSoftwareConfig(caller: Caller, ask: NewSoftwareConfig): Promise<SoftwareConfigView>
  showSoftwareConfig(caller: Caller, ask: { readonly id: string }): Promise<SoftwareConfigView>
  /** The newest first. That a caller may ask for those of all projects is for the API to have checked. */
  listSoftwareConfigs(
    caller: Caller,
    ask: { readonly limit?: number; readonly marker?: string; readonly globalTenant?: boolean },
  ): Promise<readonly SoftwareConfigSummary[]>
  /** Refused while a software deployment refers to it. */
  deleteSoftwareConfig(caller: Caller, ask: { readonly id: string }): Promise<void>
  createSoftwareDeployment(caller: Caller, ask: NewSoftwareDeployment): Promise<SoftwareDeploymentView>
  showSoftwareDeployment(caller: Caller, ask: { readonly id: string }): Promise<SoftwareDeploymentView>
  /** The oldest first. */
  listSoftwareDeployments(
    caller: Caller,
    ask: { readonly serverId?: string },
  ): Promise<readonly SoftwareDeploymentView[]>
  updateSoftwareDeployment(caller: Caller, ask: SoftwareDeploymentUpdate): Promise<SoftwareDeploymentView>
  deleteSoftwareDeployment(caller: Caller, ask: { readonly id: string }): Promise<void>
  /** What a server is to be configured with, in the order in which it is to be done: that of the configs' names. */
  showServerConfigs(
    caller: Caller,
    ask: { readonly serverId: string },
  ): Promise<readonly SoftwareConfigView[]>
  buildInfo(caller: Caller, ask: Record<string, never>): Promise<{ readonly revision: string }>
  listServices(caller: Caller, ask: Record<string, never>): Promise<readonly ServiceView[]>
}

/** The names of all calls, for whoever carries them. */
export const engineCallNames = [
  'createStack',
  'previewStack',
  'updateStack',
  'previewUpdate',
  'deleteStack',
  'exportStack',
  'abandonStack',
  'createSnapshot',
  'listSnapshots',
  'showSnapshot',
  'deleteSnapshot',
  'restoreSnapshot',
  'suspendStack',
  'resumeStack',
  'checkStack',
  'cancelUpdate',
  'lookupStack',
  'showStack',
  'listStacks',
  'countStacks',
  'showTemplate',
  'showEnvironment',
  'showFiles',
  'listOutputs',
  'showOutput',
  'listResources',
  'showResource',
  'showMetadata',
  'signalResource',
  'markUnhealthy',
  'listEvents',
  'showEvent',
  'validateTemplate',
  'listResourceTypes',
  'showResourceType',
  'resourceTypeTemplate',
  'listTemplateVersions',
  'listTemplateFunctions',
  'createSoftwareConfig',
  'showSoftwareConfig',
  'listSoftwareConfigs',
  'deleteSoftwareConfig',
  'createSoftwareDeployment',
  'showSoftwareDeployment',
  'listSoftwareDeployments',
  'updateSoftwareDeployment',
  'deleteSoftwareDeployment',
  'showServerConfigs',
  'buildInfo',
  'listServices',
] as const satisfies readonly (keyof EngineCalls)[]

/** Calls that change something, and that an engine knows again: one that was carried out is answered as it was. */
export const callsKnownAgain = [
  'createStack',
  'updateStack',
  'deleteStack',
  'suspendStack',
  'resumeStack',
  'checkStack',
  'cancelUpdate',
  'signalResource',
  'markUnhealthy',
  'abandonStack',
  'createSnapshot',
  'restoreSnapshot',
  'deleteSnapshot',
  'createSoftwareConfig',
  'deleteSoftwareConfig',
  'createSoftwareDeployment',
  'updateSoftwareDeployment',
  'deleteSoftwareDeployment',
] as const satisfies readonly (keyof EngineCalls)[]

/** Whether a call changes nothing. */
export const onlyAsks = (name: keyof EngineCalls): boolean =>
  /^(show|list|count|lookup|preview|validate|build|export|resourceType)/.test(name)

/** Calls that may be made twice without harm. Of the others an answer that was lost is one that nobody knows. */
export const repeatableCalls: readonly (keyof EngineCalls)[] = engineCallNames.filter(
  (name) => onlyAsks(name) || callsKnownAgain.some((known) => known === name),
)
