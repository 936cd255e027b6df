/**
 * The tables as they are now, one line for each column. All begin with `hearth_`, so that Hearth can live in the
 * database of an older orchestration service and leave its tables alone. Times are milliseconds, flags are 0 and 1.
 */
export interface Tables {
  readonly hearth_schema: SchemaRecord
  readonly hearth_setting: SettingRecord
  readonly hearth_stack: StackRecord
  readonly hearth_stack_tag: TagRecord
  readonly hearth_template: TemplateRecord
  readonly hearth_files: FilesRecord
  readonly hearth_resource: ResourceRecord
  readonly hearth_event: EventRecord
  readonly hearth_signal: SignalRecord
  readonly hearth_stack_project: StackProjectRecord
  readonly hearth_deployment: DeploymentRecord
  readonly hearth_engine: EngineRecord
  readonly hearth_call: CallRecord
  readonly hearth_credential: CredentialRecord
  readonly hearth_snapshot: SnapshotRecord
  readonly hearth_software_config: SoftwareConfigRecord
  readonly hearth_software_deployment: SoftwareDeploymentRecord
}

/** A migration that was done. */
export type SchemaRecord = {
  version: number
  name: string
  applied_at: number
}

export type SettingRecord = {
  name: string
  value: string
}

export type StackRecord = {
  id: string
  name: string
  /** The name while the stack lives, then null: unique within a project. */
  live_name: string | null
  project_id: string
  parent_id: string | null
  parent_resource_id: string | null
  parent_resource_name: string | null
  root_id: string
  depth: number
  action: string
  status: string
  status_reason: string
  template_id: string
  previous_template_id: string | null
  disable_rollback: number
  /** Null in rows from before there was this column. */
  keeps_objects: number | null
  converge: number | null
  timeout_mins: number | null
  tags: string
  user_id: string
  user_name: string
  credential_id: string | null
  created_at: number
  updated_at: number | null
  deleted_at: number | null
}

/** One tag of a stack, for lists that are filtered by tags. */
export type TagRecord = {
  stack_id: string
  tag: string
}

export type TemplateRecord = {
  id: string
  stack_id: string
  template: string
  /** Encrypted. */
  environment: string
  files_id: string | null
  facade: string | null
}

/** A set of files, stored once however many templates refer to it. */
export type FilesRecord = {
  /** The digest of the content. */
  id: string
  content: string
  used_at: number
}

export type ResourceRecord = {
  id: string
  stack_id: string
  name: string
  type: string
  physical_id: string | null
  action: string
  status: string
  status_reason: string
  template_id: string
  replaces: string | null
  replaced_by: string | null
  created_at: number
  updated_at: number
  /** What nobody searches by, as JSON. */
  document: string
  /** What must not be read by others, as encrypted JSON. */
  sealed: string | null
}

export type EventRecord = {
  id: string
  stack_id: string
  root_id: string
  resource_name: string
  resource_type: string
  physical_id: string
  action: string
  status: string
  status_reason: string
  sequence: number
  created_at: number
  /** JSON; null where nothing is told. */
  properties: string | null
}

export type SignalRecord = {
  resource_id: string
  /** Unique among those of one resource. */
  id: string
  stack_id: string
  /** Encrypted. */
  content: string
  created_at: number
}

/** The project that the users of a tree of stacks are in; null: it may be there. */
export type StackProjectRecord = {
  root_id: string
  project_id: string | null
}

export type DeploymentRecord = {
  stack_id: string
  pending: number
  engine_id: string | null
  fence: number
  request: number
  asked_at: number
  /** JSON. */
  origin: string | null
  /** Grows with every commit of the owner, so that each of them changes this row: see `batch.ts`. */
  writes: number
}

export type EngineRecord = {
  id: string
  host: string
  started_at: number
  seen_at: number
}

export type CredentialRecord = {
  id: string
  /** Encrypted. */
  document: string
}

export type SnapshotRecord = {
  id: string
  stack_id: string
  name: string | null
  action: string
  status: string
  status_reason: string
  created_at: number
  /** Encrypted. */
  document: string | null
}

/** A call that was carried out. */
export type CallRecord = {
  id: string
  carried_out_at: number
  /** Encrypted. */
  answer: string | null
}

export type SoftwareConfigRecord = {
  id: string
  project_id: string
  name: string | null
  /** Its group: `group` is a word of SQL. */
  tool: string | null
  created_at: number
  /** How many software deployments refer to it. */
  deployments: number
  /** Encrypted. */
  document: string
}

export type SoftwareDeploymentRecord = {
  id: string
  project_id: string
  stack_user_project_id: string | null
  config_id: string
  server_id: string
  action: string | null
  status: string | null
  status_reason: string | null
  created_at: number
  updated_at: number | null
  /** Encrypted. */
  input_values: string
  /** Encrypted. */
  output_values: string | null
}
