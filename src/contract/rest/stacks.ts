import { boolean, integer, string } from '../../schema/index.ts'
import { type AnyEndpoint, endpoint, type Method } from '../endpoint.ts'
import { document, listOf, mapOf, nothing, record, text, whole } from '../reply.ts'
import { anyOf, commaList } from './fields.ts'
import { link } from './replies/common.ts'
import { resourceChanges, stackPreview } from './replies/resources.ts'
import { createdStack, output, outputRow, snapshot, stack as stackReply, stackRow } from './replies/stacks.ts'
import { changed, exampleOfPatch, exampleOfWanted, named, patched } from './wanted.ts'

/** Conditions on stacks: each takes one value or, repeated, any of several. */
export const stackFilters = {
  id: anyOf('Stacks of this ID.', '4f7b0f5c-5d2e-4a3a-9a3c-0a9c6ad0b2f1'),
  name: anyOf('Stacks of this name.', 'web'),
  status: anyOf('COMPLETE, FAILED, IN_PROGRESS, or an action and a status: CREATE_COMPLETE.', 'COMPLETE'),
  action: anyOf('CREATE, UPDATE, …', 'CREATE'),
  tenant: anyOf('Stacks of this project.', '9f86d081884c7d659a2feaa0c55ad015'),
  username: anyOf('Stacks of this user.', 'anna'),
  owner_id: anyOf('Stacks inside this stack.', '4f7b0f5c-5d2e-4a3a-9a3c-0a9c6ad0b2f1'),
  stack_name: anyOf('The same as name.', 'web'),
  stack_action: anyOf('The same as action.', 'CREATE'),
  stack_status: anyOf('The same as status.', 'COMPLETE'),
  stack_status_reason: anyOf(
    'Stacks with this reason for their status.',
    'Stack CREATE completed successfully',
  ),
  disable_rollback: anyOf('Stacks with rollback off (true) or on (false).', 'true'),
  timeout_mins: anyOf('Stacks with this time limit.', '60'),
  stack_owner: anyOf('The same as username.', 'anna'),
  parent: anyOf('The same as owner_id.', '4f7b0f5c-5d2e-4a3a-9a3c-0a9c6ad0b2f1'),
  stack_user_project_id: anyOf(
    'Stacks whose own users live in this project.',
    '9f86d081884c7d659a2feaa0c55ad015',
  ),
}

const stack = '/v1/{project_id}/stacks/{stack_name}/{stack_id}' as const

export const listStacks = endpoint('GET /v1/{project_id}/stacks', {
  summary: 'Lists stacks.',
  policy: 'stacks:index',
  query: {
    limit: integer('At most so many; 0 for no limit.'),
    marker: string('Only those after the stack of this ID.', {
      example: '4f7b0f5c-5d2e-4a3a-9a3c-0a9c6ad0b2f1',
    }),
    sort_keys: anyOf('stack_name, stack_status, creation_time or updated_time.', 'creation_time'),
    sort_dir: string('asc or desc.', { example: 'asc' }),
    show_deleted: boolean('The deleted too.'),
    show_nested: boolean('Stacks inside stacks too.'),
    show_hidden: boolean('Stacks hidden by a tag too.'),
    global_tenant: boolean('Those of all projects.'),
    with_count: boolean('How many there are, too.'),
    tags: commaList('Stacks with all of these tags.', 'blue,web'),
    tags_any: commaList('Stacks with any of these tags.', 'blue,green'),
    not_tags: commaList('Stacks without all of these tags.', 'blue,web'),
    not_tags_any: commaList('Stacks without any of these tags.', 'blue,green'),
    ...stackFilters,
  },
  reply: record(
    { stacks: listOf('The stacks.', stackRow) },
    {
      links: listOf('Where the list goes on, if it does.', link),
      count: whole('How many there are in all, where that was asked for.', 1),
    },
  ),
})

export const detailStacks = endpoint('GET /v1/{project_id}/stacks/detail', {
  summary: 'Lists all stacks of the project.',
  policy: 'stacks:detail',
  reply: record({ stacks: listOf('The stacks.', stackRow) }),
})

const exampleOfNew = { stack_name: 'web', ...exampleOfWanted }

export const createStack = endpoint('POST /v1/{project_id}/stacks', {
  summary: 'Creates a stack.',
  policy: 'stacks:create',
  status: 201,
  leadsTo: 'The stack.',
  body: named,
  example: exampleOfNew,
  reply: record({ stack: createdStack }),
})

export const previewStack = endpoint('POST /v1/{project_id}/stacks/preview', {
  summary: 'Shows the stack that a request would create.',
  policy: 'stacks:preview',
  body: named,
  example: exampleOfNew,
  reply: record({ stack: stackPreview }),
})

export const showStack = endpoint(`GET ${stack}`, {
  summary: 'Shows one stack.',
  policy: 'stacks:show',
  query: { resolve_outputs: boolean('Whether to work out the outputs; true unless said otherwise.') },
  reply: record({ stack: stackReply }),
})

export const updateStack = endpoint(`PUT ${stack}`, {
  summary: 'Brings a stack to a new template, environment and parameters.',
  policy: 'stacks:update',
  status: 202,
  body: changed,
  example: exampleOfWanted,
  reply: nothing,
})

export const patchStack = endpoint(`PATCH ${stack}`, {
  summary: 'Changes what is given of a stack and keeps the rest.',
  policy: 'stacks:update_patch',
  status: 202,
  body: patched,
  example: exampleOfPatch,
  reply: nothing,
})

const nestedToo = { show_nested: boolean('The changes inside nested stacks too.') }

const planned = record({ resource_changes: resourceChanges })

export const previewUpdate = endpoint(`PUT ${stack}/preview`, {
  summary: 'Shows what an update would do, resource by resource.',
  policy: 'stacks:preview_update',
  query: nestedToo,
  body: changed,
  example: exampleOfWanted,
  reply: planned,
})

export const previewPatch = endpoint(`PATCH ${stack}/preview`, {
  summary: 'Shows what a change of what is given would do, resource by resource.',
  policy: 'stacks:preview_update_patch',
  query: nestedToo,
  body: patched,
  example: exampleOfPatch,
  reply: planned,
})

export const deleteStack = endpoint(`DELETE ${stack}`, {
  summary: 'Deletes a stack and all that it made.',
  policy: 'stacks:delete',
  status: 204,
  reply: nothing,
})

const abandoned = document('All that is known of the stack.', {
  name: 'web',
  action: 'CREATE',
  resources: {},
})

export const exportStack = endpoint(`GET ${stack}/export`, {
  summary: 'Shows all that is known of a stack, its secrets too: what abandoning it would answer.',
  policy: 'stacks:export',
  reply: abandoned,
})

export const abandonStack = endpoint(`DELETE ${stack}/abandon`, {
  summary: 'Forgets a stack, leaves all that it made, and answers with what it can be adopted from.',
  policy: 'stacks:abandon',
  reply: abandoned,
})

export const showTemplate = endpoint(`GET ${stack}/template`, {
  summary: 'Shows the template of a stack.',
  policy: 'stacks:template',
  reply: document('The template.', exampleOfWanted.template),
})

export const showEnvironment = endpoint(`GET ${stack}/environment`, {
  summary: 'Shows the environment of a stack; hidden parameters read ******.',
  policy: 'stacks:environment',
  reply: document('The environment.', { parameters: { size: 3 } }),
})

export const showFiles = endpoint(`GET ${stack}/files`, {
  summary: 'Shows the files of a stack.',
  policy: 'stacks:files',
  reply: mapOf('Their contents, by name.', text('What is in one.', '#!/bin/sh'), 'file:///home/ada/boot.sh'),
})

export const listOutputs = endpoint(`GET ${stack}/outputs`, {
  summary: 'Lists the outputs of a stack, without their values.',
  policy: 'stacks:list_outputs',
  reply: record({ outputs: listOf('The outputs.', outputRow) }),
})

export const showOutput = endpoint(`GET ${stack}/outputs/{output_key}`, {
  summary: 'Shows one output and its value.',
  policy: 'stacks:show_output',
  reply: record({ output }),
})

const oneSnapshot = `${stack}/snapshots/{snapshot_id}` as const

export const createSnapshot = endpoint(`POST ${stack}/snapshots`, {
  summary: 'Takes a snapshot of a stack: of what it is, and of what its servers and volumes hold.',
  policy: 'stacks:snapshot',
  body: { name: string('A name for it, which need not be unique.', { length: { max: 255 } }) },
  example: { name: 'before the sale' },
  reply: snapshot,
})

export const listSnapshots = endpoint(`GET ${stack}/snapshots`, {
  summary: 'Lists the snapshots of a stack.',
  policy: 'stacks:list_snapshots',
  reply: record({ snapshots: listOf('The snapshots.', snapshot) }),
})

export const showSnapshot = endpoint(`GET ${oneSnapshot}`, {
  summary: 'Shows one snapshot; what is hidden reads ******.',
  policy: 'stacks:show_snapshot',
  reply: record({ snapshot }),
})

export const deleteSnapshot = endpoint(`DELETE ${oneSnapshot}`, {
  summary: 'Deletes a snapshot and what it kept in the clouds.',
  policy: 'stacks:delete_snapshot',
  status: 204,
  reply: nothing,
})

export const restoreSnapshot = endpoint(`POST ${oneSnapshot}/restore`, {
  summary: 'Brings a stack back to what it was when a snapshot was taken.',
  policy: 'stacks:restore_snapshot',
  status: 202,
  reply: nothing,
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
  endpoint(`${method} /v1/{project_id}/stacks/{stack_name}${after}`, {
    summary: 'Leads from a name or ID of a stack to its address; ask there again, in the same way.',
    policy: 'stacks:lookup',
    status: 302,
    leadsTo: 'The address to ask at.',
    reply: nothing,
  })

/** Addresses by the name or the ID alone. */
export const lookups: readonly AnyEndpoint[] = [
  ...allMethods.map((method) => lookup(method, '')),
  ...Object.entries(below).flatMap(([after, methods]) =>
    methods.map((method) => lookup(method, `/${after}`)),
  ),
]
