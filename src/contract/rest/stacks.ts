import type { JsonMap } from '../../base/json.ts'
import { any, boolean, integer, list, map, string } from '../../schema/index.ts'
import { type AnyEndpoint, endpoint, type Method } from '../endpoint.ts'
import { anyOf, commaList } from './fields.ts'
import type {
  LinkReply,
  OutputReply,
  ResourceChangesReply,
  SnapshotReply,
  StackListReply,
  StackPreview,
  StackReply,
  StackRow,
} from './replies.ts'

/** What a body says about the stack that is wanted. */
export const wanted = {
  template: any('The template, as JSON or as the text that its author wrote.'),
  template_url: string('Where to fetch the template, if none is sent.'),
  parameters: map('Values of parameters; they win over those of the environment.'),
  environment: any('The environment, as JSON or as text; passed over if environment_files names any.'),
  environment_files: list(string(), 'Names in files of environments to merge, lowest precedence first.'),
  files: map('The contents of the files that the template and the environments speak of, by name.'),
  files_container: string('A container of the object store whose objects are added to the files.'),
  timeout_mins: integer('How many minutes the work may take; 0 for the default.'),
  disable_rollback: boolean('Whether to leave things as they are when the work fails.'),
  tags: commaList('Words to find the stack by.'),
}

const named = {
  stack_name: string('The name of the stack.', { required: true }),
  ...wanted,
  adopt_stack_data: string(
    'The document of an abandoned stack, as JSON or YAML: its template counts, and its resources are taken over.',
  ),
}

const changed = {
  ...wanted,
  converge: boolean('Whether to compare with what is really there, not only with what was last applied.'),
}

const patched = { ...changed, clear_parameters: list(string(), 'Names of parameters to forget.') }

/** Conditions on stacks: each takes one value or, repeated, any of several. */
export const stackFilters = {
  id: anyOf('Stacks of this ID.'),
  name: anyOf('Stacks of this name.'),
  status: anyOf('COMPLETE, FAILED, IN_PROGRESS, or an action and a status: CREATE_COMPLETE.'),
  action: anyOf('CREATE, UPDATE, …'),
  tenant: anyOf('Stacks of this project.'),
  username: anyOf('Stacks of this user.'),
  owner_id: anyOf('Stacks inside this stack.'),
  stack_name: anyOf('The same as name.'),
  stack_action: anyOf('The same as action.'),
  stack_status: anyOf('The same as status.'),
  stack_status_reason: anyOf('Stacks with this reason for their status.'),
  disable_rollback: anyOf('Stacks with rollback off (true) or on (false).'),
  timeout_mins: anyOf('Stacks with this time limit.'),
  stack_owner: anyOf('The same as username.'),
  parent: anyOf('The same as owner_id.'),
  stack_user_project_id: anyOf('Stacks whose own users live in this project.'),
}

const stack = '/v1/{project_id}/stacks/{stack_name}/{stack_id}' as const

export const listStacks = endpoint<StackListReply>()('GET /v1/{project_id}/stacks', {
  summary: 'Lists stacks.',
  policy: 'stacks:index',
  query: {
    limit: integer('At most so many; 0 for no limit.'),
    marker: string('Only those after the stack of this ID.'),
    sort_keys: anyOf('stack_name, stack_status, creation_time or updated_time.'),
    sort_dir: string('asc or desc.'),
    show_deleted: boolean('The deleted too.'),
    show_nested: boolean('Stacks inside stacks too.'),
    show_hidden: boolean('Stacks hidden by a tag too.'),
    global_tenant: boolean('Those of all projects.'),
    with_count: boolean('How many there are, too.'),
    tags: commaList('Stacks with all of these tags.'),
    tags_any: commaList('Stacks with any of these tags.'),
    not_tags: commaList('Stacks without all of these tags.'),
    not_tags_any: commaList('Stacks without any of these tags.'),
    ...stackFilters,
  },
})

export const detailStacks = endpoint<{ readonly stacks: readonly StackRow[] }>()(
  'GET /v1/{project_id}/stacks/detail',
  {
    summary: 'Lists all stacks of the project.',
    policy: 'stacks:detail',
  },
)

export const createStack = endpoint<{
  readonly stack: { readonly id: string; readonly links: readonly LinkReply[] }
}>()('POST /v1/{project_id}/stacks', {
  summary: 'Creates a stack.',
  policy: 'stacks:create',
  status: 201,
  body: named,
})

export const previewStack = endpoint<{ readonly stack: StackPreview }>()(
  'POST /v1/{project_id}/stacks/preview',
  {
    summary: 'Shows the stack that a request would create.',
    policy: 'stacks:preview',
    body: named,
  },
)

export const showStack = endpoint<{ readonly stack: StackReply }>()(`GET ${stack}`, {
  summary: 'Shows one stack.',
  policy: 'stacks:show',
  query: { resolve_outputs: boolean('Whether to work out the outputs; true unless said otherwise.') },
})

export const updateStack = endpoint<null>()(`PUT ${stack}`, {
  summary: 'Brings a stack to a new template, environment and parameters.',
  policy: 'stacks:update',
  status: 202,
  body: changed,
})

export const patchStack = endpoint<null>()(`PATCH ${stack}`, {
  summary: 'Changes what is given of a stack and keeps the rest.',
  policy: 'stacks:update_patch',
  status: 202,
  body: patched,
})

const nestedToo = { show_nested: boolean('The changes inside nested stacks too.') }

export const previewUpdate = endpoint<{ readonly resource_changes: ResourceChangesReply }>()(
  `PUT ${stack}/preview`,
  {
    summary: 'Shows what an update would do, resource by resource.',
    policy: 'stacks:preview_update',
    query: nestedToo,
    body: changed,
  },
)

export const previewPatch = endpoint<{ readonly resource_changes: ResourceChangesReply }>()(
  `PATCH ${stack}/preview`,
  {
    summary: 'Shows what a change of what is given would do, resource by resource.',
    policy: 'stacks:preview_update_patch',
    query: nestedToo,
    body: patched,
  },
)

export const deleteStack = endpoint<null>()(`DELETE ${stack}`, {
  summary: 'Deletes a stack and all that it made.',
  policy: 'stacks:delete',
  status: 204,
})

export const exportStack = endpoint<JsonMap>()(`GET ${stack}/export`, {
  summary: 'Shows all that is known of a stack, its secrets too: what abandoning it would answer.',
  policy: 'stacks:export',
})

export const abandonStack = endpoint<JsonMap>()(`DELETE ${stack}/abandon`, {
  summary: 'Forgets a stack, leaves all that it made, and answers with what it can be adopted from.',
  policy: 'stacks:abandon',
})

export const showTemplate = endpoint<JsonMap>()(`GET ${stack}/template`, {
  summary: 'Shows the template of a stack.',
  policy: 'stacks:template',
})

export const showEnvironment = endpoint<JsonMap>()(`GET ${stack}/environment`, {
  summary: 'Shows the environment of a stack; hidden parameters read ******.',
  policy: 'stacks:environment',
})

export const showFiles = endpoint<Readonly<Record<string, string>>>()(`GET ${stack}/files`, {
  summary: 'Shows the files of a stack.',
  policy: 'stacks:files',
})

export const listOutputs = endpoint<{ readonly outputs: readonly OutputReply[] }>()(`GET ${stack}/outputs`, {
  summary: 'Lists the outputs of a stack, without their values.',
  policy: 'stacks:list_outputs',
})

export const showOutput = endpoint<{ readonly output: OutputReply }>()(`GET ${stack}/outputs/{output_key}`, {
  summary: 'Shows one output and its value.',
  policy: 'stacks:show_output',
})

const snapshot = `${stack}/snapshots/{snapshot_id}` as const

export const createSnapshot = endpoint<SnapshotReply>()(`POST ${stack}/snapshots`, {
  summary: 'Takes a snapshot of a stack: of what it is, and of what its servers and volumes hold.',
  policy: 'stacks:snapshot',
  body: { name: string('A name for it, which need not be unique.') },
})

export const listSnapshots = endpoint<{ readonly snapshots: readonly SnapshotReply[] }>()(
  `GET ${stack}/snapshots`,
  {
    summary: 'Lists the snapshots of a stack.',
    policy: 'stacks:list_snapshots',
  },
)

export const showSnapshot = endpoint<{ readonly snapshot: SnapshotReply }>()(`GET ${snapshot}`, {
  summary: 'Shows one snapshot; what is hidden reads ******.',
  policy: 'stacks:show_snapshot',
})

export const deleteSnapshot = endpoint<null>()(`DELETE ${snapshot}`, {
  summary: 'Deletes a snapshot and what it kept in the clouds.',
  policy: 'stacks:delete_snapshot',
  status: 204,
})

export const restoreSnapshot = endpoint<null>()(`POST ${snapshot}/restore`, {
  summary: 'Brings a stack back to what it was when a snapshot was taken.',
  policy: 'stacks:restore_snapshot',
  status: 202,
})

const allMethods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const below: Readonly<Record<string, readonly Method[]>> = {
  resources: ['GET', 'POST'],
  events: ['GET', 'POST'],
  template: ['GET', 'POST'],
  actions: ['GET', 'POST'],
  environment: ['GET'],
  files: ['GET'],
}

const lookup = (method: Method, after: string) =>
  endpoint<null>()(`${method} /v1/{project_id}/stacks/{stack_name}${after}`, {
    summary: 'Leads from a name or ID of a stack to its address; ask there again, in the same way.',
    policy: 'stacks:lookup',
    status: 302,
  })

/** Addresses by the name or the ID alone. */
export const lookups: readonly AnyEndpoint[] = [
  ...allMethods.map((method) => lookup(method, '')),
  ...Object.entries(below).flatMap(([after, methods]) =>
    methods.map((method) => lookup(method, `/${after}`)),
  ),
]
