import { document, listOf, moment, named, orNull, record, type Told, text } from '../../reply.ts'
import { id, link } from './common.ts'

const row = {
  id: id('The ID of the event.'),
  links: listOf('Where the event is, its resource, its stack, and the outermost stack.', link),
  event_time: moment('When it happened.'),
  resource_name: text('The resource it happened to; the name of the stack for the stack itself.', 'server'),
  logical_resource_id: text('The same as resource_name.', 'server'),
  resource_status: text('An action and how far it is.', 'CREATE_COMPLETE'),
  resource_status_reason: text('Why it is so.', 'state changed'),
  physical_resource_id: orNull(
    text(
      'The ID of the resource in its cloud; until it has one, the name that it is given there; null before it is begun.',
      'd2b1c0f0-8b36-4b9e-8ee1-1f8a2f3b9a11',
    ),
  ),
}

export const eventRow = named('EventRow', 'One row of a list of events.', record(row))

export type EventRow = Told<typeof eventRow>

export const event = named(
  'Event',
  'One event in full.',
  record({
    ...row,
    resource_type: text('The type of the resource.', 'OS::Nova::Server'),
    resource_properties: document('What the resource was given.', { flavor: 'm1.small' }),
  }),
)

export type EventReply = Told<typeof event>
