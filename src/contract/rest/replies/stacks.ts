import {
  anything,
  document,
  listOf,
  mapOf,
  moment,
  named,
  orNull,
  record,
  type Told,
  text,
  truth,
  whole,
  word,
} from '../../reply.ts'
import { id, link, status } from './common.ts'

const tags = listOf('Words to find the stack by.', text('A tag.', 'production', { maxLength: 80 }))

const identified = {
  id: id('The ID of the stack.'),
  links: listOf('Where the stack is.', link),
  stack_name: text('The name of the stack.', 'web'),
  description: text("The template's own description.", 'Two servers and a load balancer.'),
}

const dated = {
  creation_time: moment('When the stack was made.'),
  updated_time: orNull(moment('When it last was changed.')),
  deletion_time: orNull(moment('When it was deleted.')),
  stack_owner: text('The name of the user it belongs to.', 'ada'),
  parent: orNull(id('The ID of the stack that it is a part of.')),
  stack_user_project_id: orNull(text("The project that the stack's own users live in.", '1b4f0e985197')),
}

const standing = {
  stack_status: status('How the stack is.'),
  stack_status_reason: text('Why it is so.', 'Stack CREATE completed successfully'),
}

const row = { ...identified, ...standing, ...dated, tags: orNull(tags) }

export const stackRow = named(
  'StackRow',
  'One row of a list of stacks.',
  record(row, { project: text('The project it belongs to; only administrators are told.', '9f86d081884c') }),
)

export type StackRow = Told<typeof stackRow>

export const outputRow = named(
  'OutputRow',
  'An output of a stack, without its value.',
  record({
    output_key: text('The name of the output.', 'address'),
    description: text('What it says.', 'Where the site is.'),
  }),
)

export const output = named(
  'Output',
  'An output of a stack.',
  record(
    {
      output_key: text('The name of the output.', 'address'),
      description: text('What it says.', 'Where the site is.'),
    },
    {
      output_value: anything(
        'Its value, of any type; null if it could not be worked out.',
        'http://203.0.113.7/',
      ),
      output_error: text('Why its value could not be worked out.', 'The attribute could not be read.'),
    },
  ),
)

export type OutputReply = Told<typeof output>

const whatItIsMadeOf = {
  ...{ ...identified, ...dated },
  tags,
  template_description: text("The template's own description.", 'Two servers and a load balancer.'),
  parameters: mapOf(
    'What parameters have for values, as texts; hidden ones read ******.',
    text('The value.', '3'),
    'size',
  ),
  notification_topics: listOf('Always empty.', text('A topic.', 'none')),
  capabilities: listOf('Always empty.', text('A capability.', 'none')),
  disable_rollback: truth('Whether things are left as they are when work fails.', true),
  timeout_mins: orNull(whole('How many minutes work may take.', 60)),
}

const outputs = listOf('What the stack tells; absent unless asked for, and of a deleted stack.', output)

export const stack = named(
  'Stack',
  'One stack in full.',
  record({ ...whatItIsMadeOf, ...standing }, { outputs }),
)

export type StackReply = Told<typeof stack>

/** All that a stack in full has but for its status. */
export const withoutStatus = { parts: whatItIsMadeOf, optional: { outputs } }

export const createdStack = named(
  'CreatedStack',
  'A stack that was just made.',
  record({ id: identified.id, links: identified.links }),
)

export const snapshot = named(
  'Snapshot',
  'A stack as it once was.',
  record({
    id: id('The ID of the snapshot.'),
    name: orNull(text('The name that it was given.', 'before the sale')),
    action: word('What is done to it.', ['CREATE', 'DELETE']),
    status: word('How far that is.', ['COMPLETE', 'IN_PROGRESS', 'FAILED']),
    status_reason: orNull(text('Why it is so.', 'Stack SNAPSHOT completed successfully')),
    data: orNull(
      document('The document of the stack as it then was; null until it is taken.', { name: 'web' }),
    ),
    creation_time: moment('When it was asked for.'),
  }),
)

export type SnapshotReply = Told<typeof snapshot>
