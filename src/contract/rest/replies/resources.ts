import {
  anything,
  eitherOf,
  itself,
  listOf,
  mapOf,
  moment,
  named,
  orNull,
  type Reply,
  record,
  type Told,
  text,
  truth,
} from '../../reply.ts'
import { identity, link, status } from './common.ts'
import { withoutStatus } from './stacks.ts'

const values = (description: string, key: string, example: unknown) =>
  mapOf(description, anything('The value.', example), key)

const both = {
  resource_name: text('The name of the resource in its template.', 'server'),
  resource_type: text('Its type.', 'OS::Nova::Server'),
  resource_status_reason: text('Why its status is what it is.', 'state changed'),
  physical_resource_id: text(
    'Its ID in its cloud; empty while there is none.',
    'd2b1c0f0-8b36-4b9e-8ee1-1f8a2f3b9a11',
  ),
  creation_time: moment('When it was first asked for.'),
  updated_time: moment('When it was last worked on.'),
  required_by: listOf('The resources that need it.', text('The name of one.', 'address')),
}

const parent = text('The resource of the outer stack that its stack stands for.', 'cluster')

export const resource = named(
  'Resource',
  'A resource of a stack.',
  record(
    {
      ...both,
      logical_resource_id: text('The same as resource_name.', 'server'),
      resource_status: status('How the resource is.'),
      links: listOf('Where it is, its stack, and the stack inside it if it is one.', link),
    },
    {
      parent_resource: parent,
      description: text('What its type is for; only where it was asked for.', ''),
      attributes: values('What it tells; only where it was asked for.', 'name', 'web-server'),
    },
  ),
)

export type ResourceReply = Told<typeof resource>

const raw = {
  ...both,
  creation_time: orNull(both.creation_time),
  updated_time: orNull(both.updated_time),
  resource_action: text('The last thing that was done to it.', 'INIT'),
  resource_status: text('How far that is.', 'COMPLETE'),
  resource_identity: identity,
  stack_identity: identity,
  stack_name: text('The name of its stack.', 'web'),
  description: text('What its type is for.', ''),
  attributes: values('What it tells.', 'name', 'web-server'),
  properties: values('What its template gives it.', 'flavor', 'm1.small'),
  metadata: values('Its metadata.', 'role', 'web'),
}

const rawOptional = { parent_resource: parent, nested_stack_id: identity }

const rawResource = named('ImaginedResource', 'A resource as previews show it.', record(raw, rawOptional))

export type RawResource = Told<typeof rawResource>

/** A resource that would be made; in the place of a nested one stand those inside it. */
export type ImaginedResourceReply = RawResource | readonly ImaginedResourceReply[]

const imagined = 'ImaginedResources'

const imaginedResources: Reply<ImaginedResourceReply> = named(
  imagined,
  'A resource that would be made; in the place of a nested one stand those inside it.',
  eitherOf(rawResource, listOf('Those inside it.', itself<ImaginedResourceReply>(imagined, []))),
)

export const stackPreview = named(
  'StackPreview',
  'What a stack would be.',
  record(
    { ...withoutStatus.parts, resources: listOf('What it would be made of.', imaginedResources) },
    withoutStatus.optional,
  ),
)

export type StackPreview = Told<typeof stackPreview>

const propertyChange = named(
  'PropertyChange',
  "One property's part in a planned change.",
  record(
    {
      path: text('Which property it is.', 'networks.0.port'),
      replaces: truth('Whether it takes another object to have it so.'),
    },
    {
      before: anything('What it is.', 'm1.small'),
      after: anything("What it would be; absent while that can't be known.", 'm1.large'),
    },
  ),
)

export type PropertyChangeReply = Told<typeof propertyChange>

const changedResource = named(
  'ChangedResource',
  'What an update would do to one resource, and why.',
  record(
    {
      ...raw,
      change_reason: text('Why that would be done.', 'Its property flavor changes.'),
      property_changes: listOf('The properties that have a part in it.', propertyChange),
      change_uncertain: truth(
        'Whether it may turn out smaller: it hangs on a value that is known only once something else has changed.',
      ),
    },
    rawOptional,
  ),
)

export type ChangedResource = Told<typeof changedResource>

const changed = (description: string) => listOf(description, changedResource)

export const resourceChanges = named(
  'ResourceChanges',
  'What an update would do to each resource of a stack.',
  record({
    unchanged: changed('Left as they are.'),
    updated: changed('Changed in place.'),
    replaced: changed('Made anew.'),
    added: changed('Made.'),
    deleted: changed('Deleted.'),
  }),
)

export type ResourceChangesReply = Told<typeof resourceChanges>
