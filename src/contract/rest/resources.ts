import { boolean, integer, string } from '../../schema/index.ts'
import { endpoint } from '../endpoint.ts'
import { document, listOf, nothing, record } from '../reply.ts'
import { anyOf } from './fields.ts'
import { resource } from './replies/resources.ts'

const resources = '/v1/{project_id}/stacks/{stack_name}/{stack_id}/resources' as const

/** Conditions on resources: each takes one value or, repeated, any of several. */
export const resourceFilters = {
  type: anyOf('Resources whose type holds this text; only one.', 'Server'),
  status: anyOf('COMPLETE, FAILED, IN_PROGRESS, or an action and a status: CREATE_COMPLETE.', 'FAILED'),
  name: anyOf('Resources of this name.', 'server'),
  action: anyOf('INIT, CREATE, UPDATE, …', 'CREATE'),
  id: anyOf("The resource of this ID of Hearth's own.", '4f7b0f5c-5d2e-4a3a-9a3c-0a9c6ad0b2f1'),
  physical_resource_id: anyOf(
    'The resource with this ID in its cloud.',
    '4f7b0f5c-5d2e-4a3a-9a3c-0a9c6ad0b2f1',
  ),
}

export const listResources = endpoint(`GET ${resources}`, {
  summary: 'Lists the resources of a stack.',
  policy: 'resource:index',
  closed: true,
  query: {
    nested_depth: integer('How many levels of stacks inside the stack to go into.', { example: 2 }),
    with_detail: boolean('Descriptions and attributes too.'),
    ...resourceFilters,
  },
  reply: record({ resources: listOf('The resources.', resource) }),
})

export const showResource = endpoint(`GET ${resources}/{resource_name}`, {
  summary: 'Shows one resource and its attributes.',
  policy: 'resource:show',
  query: { with_attr: anyOf('An attribute to show besides those that are always shown.', 'show') },
  reply: record({ resource }),
})

export const showMetadata = endpoint(`GET ${resources}/{resource_name}/metadata`, {
  summary: 'Shows the metadata of a resource.',
  policy: 'resource:metadata',
  reply: record({ metadata: document('The metadata.', { role: 'web' }) }),
})

export const markUnhealthy = endpoint(`PATCH ${resources}/{resource_name}`, {
  summary:
    'Says that a resource is not well, so that the next update replaces it, or that it is well after all.',
  policy: 'resource:mark_unhealthy',
  body: {
    mark_unhealthy: boolean('Whether it is not well.', { required: true }),
    resource_status_reason: string('Why.'),
  },
  example: { mark_unhealthy: true, resource_status_reason: 'It does not answer.' },
  reply: nothing,
})

export const signalResource = endpoint(`POST ${resources}/{resource_name}/signal`, {
  summary: 'Tells a resource something: a wait condition that it is ready, or that a hook is cleared.',
  policy: 'resource:signal',
  open: true,
  example: { status: 'SUCCESS', reason: 'The database is ready.', data: 'ready', id: 'database' },
  reply: nothing,
})
