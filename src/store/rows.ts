import type { Json, JsonMap } from '../base/json.ts'
import type { Origin } from '../base/tracing.ts'
import type { ResourceAction, StackAction, Status } from '../contract/views.ts'

/** A stack as it is stored. Times are milliseconds since the epoch. */
export interface StackRow {
  readonly id: string
  readonly name: string
  readonly projectId: string
  /** The stack whose resource this one is; `null` for a stack that a user asked for. */
  readonly parentId: string | null
  /** The parent's resource row (its UUID), and its name. */
  readonly parentResourceId: string | null
  readonly parentResourceName: string | null
  /** The stack at the top of the tree: itself, for one that a user asked for. */
  readonly rootId: string
  readonly depth: number
  readonly action: StackAction
  readonly status: Status
  readonly statusReason: string
  /** The template, environment and files that are wanted (`TemplateRow`). */
  readonly templateId: string
  /** What to go back to if the running action fails; `null`: nothing (an empty stack). */
  readonly previousTemplateId: string | null
  readonly disableRollback: boolean
  /** Whether what goes is only forgotten, and its object left in the cloud: the stack is abandoned. */
  readonly keepsObjects: boolean
  /** Whether the running action also mends what was changed in the cloud behind its back. */
  readonly converge: boolean
  readonly timeoutMins: number | null
  readonly tags: readonly string[]
  readonly userId: string
  readonly userName: string
  readonly credentialId: string | null
  readonly createdAt: number
  readonly updatedAt: number | null
  readonly deletedAt: number | null
}

/** What a stack is made of. A row is never changed: another template is another row. */
export interface TemplateRow {
  readonly id: string
  readonly stackId: string
  readonly template: JsonMap
  /** As `Environment.toJson()` gives it. Stored encrypted, for it holds hidden parameters. */
  readonly environment: JsonMap
  /** Shared by every template of a tree, so they are stored once for all that have the same (by their digest). */
  readonly files: Readonly<Record<string, string>>
  /** For a child stack: its facade's `metadata`, `deletion_policy` and `update_policy`, and whether it is `hidden`. */
  readonly facade: JsonMap | null
}

/** A mutation that was about to be asked of a cloud. While it stands, whether it was done is in doubt. */
export interface Intent {
  readonly does: 'create' | 'update' | 'delete'
  /** When it was written, in milliseconds since the epoch. */
  readonly since: number
  /** The properties an update was to bring about: until it is known to be done, any of them may be in force. */
  readonly toward?: JsonMap
}

/** A resource as it was last acted on: one row for each object, so a replacement has a row of its own. */
export interface ResourceRow {
  readonly id: string
  readonly stackId: string
  readonly name: string
  readonly type: string
  readonly physicalId: string | null
  /** Its object was named by `external_id`: it is only looked at, never changed or deleted. */
  readonly external: boolean
  readonly action: ResourceAction
  readonly status: Status
  readonly statusReason: string
  /** The properties as last applied, names turned into IDs. `null` before the first attempt. */
  readonly properties: JsonMap | null
  /** Whether `properties`, `attributes` and `intent` hold a secret and are stored encrypted. */
  readonly sealed: boolean
  readonly metadata: JsonMap
  /** Attribute values that others have read, by the JSON of their path. */
  readonly attributes: JsonMap
  /** What `get_resource` gives, once it is made. */
  readonly reference: string | null
  readonly deletionPolicy: 'Delete' | 'Retain' | 'Snapshot'
  /** What the type's handlers keep for themselves. */
  readonly notes: Readonly<Record<string, string>>
  /** As `notes`, stored encrypted. */
  readonly secrets: Readonly<Record<string, string>>
  /** The names of the resources it needs. */
  readonly needs: readonly string[]
  /** The template it was last brought in line with. */
  readonly templateId: string
  /** The row that it replaces, until that one is gone; and the row that replaces it. */
  readonly replaces: string | null
  readonly replacedBy: string | null
  readonly intent: Intent | null
  readonly createdAt: number
  readonly updatedAt: number
}

export interface EventRow {
  readonly id: string
  readonly stackId: string
  readonly rootId: string
  readonly resourceName: string
  readonly resourceType: string
  readonly physicalId: string
  readonly action: string
  readonly status: string
  readonly statusReason: string
  /** The properties of the resource at that time; `null`: it has none, or they hold a secret. */
  readonly properties: JsonMap | null
  /** Increases with every event that an engine writes, so that events of one millisecond keep their order. */
  readonly sequence: number
  readonly createdAt: number
}

/** What a resource was told from outside. It has a row of its own, so that whoever is told can write it at any time. */
export interface SignalRow {
  readonly resourceId: string
  readonly stackId: string
  /** Unique among those of one resource. */
  readonly id: string
  /** Stored encrypted. */
  readonly content: JsonMap
  readonly createdAt: number
}

/** The project in which the stacks of a tree have users of their own. */
export interface StackProjectRow {
  readonly rootId: string
  /** `null`: it was about to be made. */
  readonly projectId: string | null
}

/** The work there is to do for one stack, and who does it. There is one row for each stack, from its first action on. */
export interface DeploymentRow {
  readonly stackId: string
  /** Whether there is work: the stack is not yet as its row wants it. */
  readonly pending: boolean
  /** The engine that does it; `null`: any may take it. */
  readonly engineId: string | null
  /** Grows with each change of owner; an owner's writes count only while it is still this. */
  readonly fence: number
  /** Grows with each new thing asked of the stack, so that an owner sees that its target is no longer the last. */
  readonly request: number
  /** When the action that is asked for began: its time-out counts from here. */
  readonly askedAt: number
  /** Whose request it is, where that is known. */
  readonly origin?: Origin
}

export interface EngineRow {
  readonly id: string
  readonly host: string
  readonly startedAt: number
  readonly seenAt: number
}

/** How to act later in a user's name. All of it is stored encrypted. */
export interface CredentialRow {
  readonly id: string
  readonly document: JsonMap
}

/** A stack as it was once. Children have snapshots of their own while their root is being taken one of. */
export interface SnapshotRow {
  readonly id: string
  readonly stackId: string
  readonly name: string | null
  /** Whether it is taken or removed. */
  readonly action: 'CREATE' | 'DELETE'
  readonly status: Status
  readonly statusReason: string
  readonly createdAt: number
  /** The document of the stack; `null` until it is taken. Stored encrypted, for it holds secrets. */
  readonly document: JsonMap | null
}

/** A software config as a list has it. */
export interface SoftwareConfigHead {
  readonly id: string
  readonly projectId: string
  readonly name: string | null
  readonly group: string | null
  readonly createdAt: number
}

/** What a server can be configured with. A row is never changed. Its content is stored encrypted, for it may hold secrets. */
export interface SoftwareConfigRow extends SoftwareConfigHead {
  readonly content: {
    readonly config: Json
    readonly inputs: readonly JsonMap[]
    readonly outputs: readonly JsonMap[]
    readonly options: JsonMap
  }
}

/** That a server is to be configured with a software config, and how far that has got. */
export interface SoftwareDeploymentRow {
  readonly id: string
  readonly projectId: string
  /** The project of the users who may ask for it from inside the server. */
  readonly stackUserProjectId: string | null
  readonly configId: string
  readonly serverId: string
  readonly action: string | null
  readonly status: string | null
  readonly statusReason: string | null
  readonly createdAt: number
  readonly updatedAt: number | null
  /** Stored encrypted, as the outputs are. */
  readonly inputValues: JsonMap
  readonly outputValues: JsonMap | null
}
