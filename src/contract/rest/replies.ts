import type { JsonMap } from '../../base/json.ts'

/** The address of something related. */
export interface LinkReply {
  readonly href: string
  readonly rel: string
}

/** One row of a list of stacks. Moments read `2026-01-31T09:30:00Z`. */
export interface StackRow {
  readonly id: string
  readonly links: readonly LinkReply[]
  readonly stack_name: string
  readonly description: string
  readonly stack_status: string
  readonly stack_status_reason: string
  readonly creation_time: string
  readonly updated_time: string | null
  readonly deletion_time: string | null
  readonly stack_owner: string
  readonly parent: string | null
  readonly stack_user_project_id: string | null
  readonly tags: readonly string[] | null
  /** Only administrators are told. */
  readonly project?: string
}

/** An output of a stack; lists leave its value out. */
export interface OutputReply {
  readonly output_key: string
  readonly description: string
  readonly output_value?: unknown
  readonly output_error?: string
}

/** One stack in full. */
export interface StackReply extends Omit<StackRow, 'project'> {
  readonly template_description: string
  readonly parameters: Readonly<Record<string, string>>
  readonly outputs?: readonly OutputReply[]
  readonly notification_topics: readonly string[]
  readonly capabilities: readonly string[]
  readonly disable_rollback: boolean
  readonly timeout_mins: number | null
}

/** One page of a list of stacks; `links` say where it goes on. */
export interface StackListReply {
  readonly stacks: readonly StackRow[]
  readonly links?: readonly LinkReply[]
  readonly count?: number
}

/** A stack as a list of resources or a preview names it. */
export interface IdentityReply {
  readonly tenant: string
  readonly stack_name: string
  readonly stack_id: string
  readonly path: string
}

/** A resource as previews show it: the engine's own view of it, without links. */
export interface RawResource {
  readonly resource_name: string
  readonly resource_type: string
  readonly resource_action: string
  readonly resource_status: string
  readonly resource_status_reason: string
  readonly resource_identity: IdentityReply
  readonly stack_identity: IdentityReply
  readonly stack_name: string
  readonly physical_resource_id: string
  readonly creation_time: string
  readonly updated_time: string
  readonly required_by: readonly string[]
  readonly description: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly properties: Readonly<Record<string, unknown>>
  readonly metadata: Readonly<Record<string, unknown>>
  readonly parent_resource?: string
  readonly nested_stack_id?: IdentityReply
}

/** A resource that would be made; in the place of a nested one stand those inside it. */
export type ImaginedResourceReply = RawResource | readonly ImaginedResourceReply[]

/** What a stack would be. */
export interface StackPreview extends Omit<StackReply, 'stack_status' | 'stack_status_reason'> {
  readonly resources: readonly ImaginedResourceReply[]
}

/** One property's part in a planned change; `after` is absent while it can't be known. */
export interface PropertyChangeReply {
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
  readonly replaces: boolean
}

/** What an update would do to one resource, and why. */
export interface ChangedResource extends RawResource {
  readonly change_reason: string
  readonly property_changes: readonly PropertyChangeReply[]
  /** It may turn out smaller: it hangs on a value that is known only once something else has changed. */
  readonly change_uncertain: boolean
}

/** What an update would do to each resource of a stack. */
export interface ResourceChangesReply {
  readonly unchanged: readonly ChangedResource[]
  readonly updated: readonly ChangedResource[]
  readonly replaced: readonly ChangedResource[]
  readonly added: readonly ChangedResource[]
  readonly deleted: readonly ChangedResource[]
}

/** A resource of a stack; description and attributes only where they were asked for. */
export interface ResourceReply {
  readonly resource_name: string
  readonly logical_resource_id: string
  readonly physical_resource_id: string
  readonly resource_type: string
  readonly resource_status: string
  readonly resource_status_reason: string
  readonly creation_time: string
  readonly updated_time: string
  readonly required_by: readonly string[]
  readonly links: readonly LinkReply[]
  readonly parent_resource?: string
  readonly description?: string
  readonly attributes?: Readonly<Record<string, unknown>>
}

/** One row of a list of events. */
export interface EventRow {
  readonly id: string
  readonly links: readonly LinkReply[]
  readonly event_time: string
  readonly resource_name: string
  readonly logical_resource_id: string
  readonly resource_status: string
  readonly resource_status_reason: string
  readonly physical_resource_id: string
}

/** One event in full. */
export interface EventReply extends EventRow {
  readonly resource_type: string
  readonly resource_properties: JsonMap
}

/** A version of the template language. */
export interface TemplateVersionReply {
  readonly version: string
  readonly type: 'hot' | 'cfn'
  readonly aliases: readonly string[]
}

/** A function of the template language; `functions` is its name. */
export interface TemplateFunctionReply {
  readonly functions: string
  readonly description: string
}

/** One row of a list of resource types with descriptions. */
export interface ResourceTypeRow {
  readonly resource_type: string
  readonly description: string
}

/** The versions of the API. */
export interface VersionsReply {
  readonly versions: readonly {
    readonly id: string
    readonly status: string
    readonly links: readonly LinkReply[]
  }[]
}

/** Which revisions are running. */
export interface BuildInfoReply {
  readonly api: { readonly revision: string }
  readonly engine: { readonly revision: string }
}

/** The engines of a site. */
export interface ServicesReply {
  readonly services: readonly {
    readonly id: string
    readonly engine_id: string
    readonly binary: string
    readonly host: string
    readonly hostname: string
    readonly topic: string
    readonly report_interval: number
    readonly created_at: string
    readonly updated_at: string | null
    readonly deleted_at: string | null
    readonly status: 'up' | 'down'
  }[]
}

/** What is wrong in a template, an environment or the values given to them, and where. */
export interface ProblemReply {
  /** A stable name of the kind of problem; the reference of problems says what each means. */
  readonly code: string
  readonly message: string
  /** The keys and indexes that lead to it from the top of its file. */
  readonly path: readonly (string | number)[]
  /** Absent: the template itself. */
  readonly file?: string
  /** Where the offending text begins, counted from one, and the place behind its end; absent where no text was sent. */
  readonly line?: number
  readonly column?: number
  readonly endLine?: number
  readonly endColumn?: number
  /** What would have been right there. */
  readonly expected?: string
  /** The version of the template language that would accept it, where that is the cause. */
  readonly version?: string
  readonly hint?: string
  /** The nearest known name, where one was likely meant. */
  readonly meant?: string
}

/** The body of every refusal. */
export interface FaultReply {
  readonly code: number
  readonly title: string
  readonly explanation: string
  readonly error: {
    readonly type: string
    readonly message?: string
    readonly traceback: null
    /** Every problem found, where a template was refused. */
    readonly problems?: readonly ProblemReply[]
  }
}

/** A snapshot of a stack. */
export interface SnapshotReply {
  readonly id: string
  readonly name: string | null
  readonly action: string
  readonly status: string
  readonly status_reason: string | null
  /** The document of the stack as it then was; null until it is taken. */
  readonly data: JsonMap | null
  readonly creation_time: string
}
