import { integer, string } from '../../schema/index.ts'
import { endpoint } from '../endpoint.ts'
import { listOf, record } from '../reply.ts'
import { anyOf } from './fields.ts'
import { event, eventRow } from './replies/events.ts'

const stack = '/v1/{project_id}/stacks/{stack_name}/{stack_id}' as const

/** Conditions on events: each takes one value or, repeated, any of several. */
export const eventFilters = {
  resource_status: anyOf('COMPLETE, FAILED or IN_PROGRESS.', 'FAILED'),
  resource_action: anyOf('CREATE, UPDATE, …', 'CREATE'),
  resource_name: anyOf('Events of the resource of this name.', 'server'),
  resource_type: anyOf('Events of resources of this type.', 'OS::Nova::Server'),
}

const query = {
  limit: integer('At most so many.'),
  marker: string('Only those after the event of this ID.', {
    example: '4f7b0f5c-5d2e-4a3a-9a3c-0a9c6ad0b2f1',
  }),
  sort_dir: string('asc or desc.', { example: 'asc' }),
  sort_keys: anyOf('event_time or resource_type.', 'event_time'),
  nested_depth: integer('How many levels of stacks inside the stack to go into.', { example: 2 }),
  wait: integer(
    'If there are none, wait up to so many seconds for some, at most 30: with marker, a live stream.',
  ),
  ...eventFilters,
}

const reply = record({ events: listOf('The events.', eventRow) })

export const listEvents = endpoint(`GET ${stack}/events`, {
  summary: 'Lists what happened to a stack and its resources.',
  policy: 'events:index',
  query,
  reply,
})

export const listResourceEvents = endpoint(`GET ${stack}/resources/{resource_name}/events`, {
  summary: 'Lists what happened to one resource.',
  policy: 'events:index',
  query,
  reply,
})

export const showEvent = endpoint(`GET ${stack}/resources/{resource_name}/events/{event_id}`, {
  summary: 'Shows one event in full.',
  policy: 'events:show',
  reply: record({ event }),
})
