import type { Json, JsonMap } from '../base/json.ts'

/** Who asks, and with which rights. Token and password go no further than the engine, and into no log. */
export interface Caller {
  readonly userId: string
  readonly userName: string
  readonly projectId: string
  readonly projectName: string
  readonly roles: readonly string[]
  readonly isAdmin: boolean
  readonly token?: string
  /** Given for the service to act by later, where the site wants that. */
  readonly password?: string
  /** The trust the token was got through, if any. */
  readonly trustId?: string
  readonly userDomainId?: string
  readonly projectDomainId?: string
  /** The domain that the token is of, where it is of no project. */
  readonly domainId?: string
  /** The token is of the whole cloud. */
  readonly isOfSystem?: boolean
  /** `false`: Keystone says that an administrator of the project is none of the cloud. */
  readonly isAdminProject?: false
}

/** Names one stack, the way a request path does. */
export interface StackIdentity {
  readonly projectId: string
  readonly name: string
  readonly id: string
}

export type StackAction =
  | 'CREATE'
  | 'UPDATE'
  | 'DELETE'
  | 'ROLLBACK'
  | 'SUSPEND'
  | 'RESUME'
  | 'ADOPT'
  | 'SNAPSHOT'
  | 'CHECK'
  | 'RESTORE'
export type ResourceAction = 'INIT' | Exclude<StackAction, 'RESTORE'>
export type Status = 'IN_PROGRESS' | 'COMPLETE' | 'FAILED'

/** A row of a list of stacks. Times are milliseconds since the epoch. */
export interface StackSummary {
  readonly identity: StackIdentity
  readonly description: string
  readonly action: StackAction
  readonly status: Status
  readonly statusReason: string
  readonly createdAt: number
  readonly updatedAt: number | null
  readonly deletedAt: number | null
  readonly owner: string
  readonly parent: string | null
  readonly stackUserProjectId: string | null
  readonly tags: readonly string[]
}

export interface OutputView {
  readonly output_key: string
  readonly description: string
  readonly output_value?: unknown
  readonly output_error?: string
}

export interface StackView extends StackSummary {
  readonly parameters: Readonly<Record<string, string>>
  /** Absent when not asked for, and when the stack is deleted. */
  readonly outputs?: readonly OutputView[]
  readonly disableRollback: boolean
  readonly timeoutMins: number | null
  readonly templateDescription: string
}

/** A stack as it was once; `data` is its document without secrets, once it is taken. */
export interface SnapshotView {
  readonly id: string
  readonly name: string | null
  readonly action: 'CREATE' | 'DELETE'
  readonly status: Status
  readonly statusReason: string
  readonly createdAt: number
  readonly data: JsonMap | null
}

/** A resource of a stack as the API shows it. */
export interface ResourceView {
  readonly stack: StackIdentity
  readonly name: string
  readonly physicalId: string
  readonly type: string
  readonly action: ResourceAction
  readonly status: Status
  readonly statusReason: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly requiredBy: readonly string[]
  /** The child stack, of a nested resource. */
  readonly nested?: StackIdentity
  /** The resource of the parent stack whose child this resource's stack is. */
  readonly parentResource?: string
  readonly description?: string
  readonly attributes?: Readonly<Record<string, unknown>>
  /** Only in previews. */
  readonly properties?: Readonly<Record<string, unknown>>
  /** Only in previews. */
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** A resource of a stack that is only imagined; in the place of a nested one stand those inside it. */
export type ImaginedResource = ResourceView | readonly ImaginedResource[]

export interface EventView {
  readonly stack: StackIdentity
  readonly rootStack?: StackIdentity
  readonly id: string
  readonly time: number
  readonly resourceName: string
  readonly physicalId: string
  readonly action: string
  readonly status: string
  readonly statusReason: string
  readonly resourceType: string
  readonly resourceProperties?: JsonMap
}

/** An engine of the site, as it last said of itself that it is there. */
export interface ServiceView {
  readonly id: string
  readonly host: string
  readonly startedAt: number
  readonly seenAt: number
  /** How often it says so, in seconds. */
  readonly reportSeconds: number
  readonly isUp: boolean
}

/** One property's part in a planned change; `after` is absent while it can't be known. */
export interface PropertyChange {
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
  readonly replaces: boolean
}

/** What a plan does to one resource, and why. */
export interface ResourceChange {
  readonly resource: ResourceView
  readonly does: 'leave' | 'update' | 'replace' | 'create' | 'delete'
  readonly because: string
  readonly properties: readonly PropertyChange[]
  /** It may turn out smaller: it hangs on a value that is known only once something else has changed. */
  readonly perhaps: boolean
  /** The changes inside the child stack, if they were asked for. */
  readonly nested?: readonly ResourceChange[]
}

/** A software config as a list has it. */
export interface SoftwareConfigSummary {
  readonly id: string
  readonly projectId: string
  readonly name: string | null
  readonly group: string | null
  readonly createdAt: number
}

/** What a server can be configured with. */
export interface SoftwareConfigView extends SoftwareConfigSummary {
  readonly config: Json
  readonly inputs: readonly JsonMap[]
  readonly outputs: readonly JsonMap[]
  readonly options: JsonMap
}

/** That a server is to be configured with a software config, and what became of it. */
export interface SoftwareDeploymentView {
  readonly id: string
  readonly serverId: string
  readonly configId: string
  readonly inputValues: JsonMap
  readonly outputValues: JsonMap | null
  readonly action: string | null
  readonly status: string | null
  readonly statusReason: string | null
  readonly createdAt: number
  readonly updatedAt: number | null
}
