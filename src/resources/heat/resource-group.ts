import { nested } from '../../plugin/index.ts'
import { anyList, integer, list, map, number, object, string } from '../../schema/index.ts'
import { groupAttribute } from './group-attributes.ts'
import { nextBatch } from './group-batches.ts'
import { membersWanted, removedNote, sampleMember } from './group-members.ts'

const pause = number('How many seconds to wait between batches.', { default: 0, range: { min: 0 } })
const batchSize = integer('The most members that are changed at once.', { default: 1, range: { min: 1 } })

/** So many resources of one definition. */
export const ResourceGroup = nested('OS::Heat::ResourceGroup', {
  summary: 'A number of resources that are all defined alike.',
  since: '2014.1',
  properties: {
    count: integer('How many there are.', { default: 1, updatable: true, range: { min: 0 } }),
    index_var: string("The text that stands for a member's name in the properties of the definition.", {
      default: '%index%',
      length: { min: 3 },
      since: '2014.2',
    }),
    resource_def: object(
      {
        type: string('The resource type of the members.', { required: true }),
        properties: map('The properties of each member.'),
        metadata: map('The metadata of each member.', { since: '5.0.0' }),
      },
      'What each member is.',
      { required: true, updatable: true },
    ),
    removal_policies: list(
      object({
        resource_list: anyList('Names or references of members to remove, rather than others.', {
          default: [],
        }),
      }),
      'Which members to remove.',
      { default: [], updatable: true, since: '2015.1' },
    ),
    removal_policies_mode: string(
      'Whether the members to remove are added to those of earlier updates, or take their place.',
      {
        default: 'append',
        oneOf: ['append', 'update'],
        updatable: true,
        since: '10.0.0',
      },
    ),
  },
  attributes: {
    refs: anyList('The references of all members.'),
    refs_map: map('The references of all members, by their names.', { since: '7.0.0' }),
    attributes: map('The values of an attribute, by the names of the members: [group, attributes, name].', {
      since: '2014.2',
    }),
    removed_rsrc_list: anyList('The names of members that were removed, and will not be used again.', {
      since: '7.0.0',
    }),
  },
  updatePolicy: {
    rolling_update: object({
      min_in_service: integer('The least number of members in service at any time.', {
        default: 0,
        range: { min: 0 },
      }),
      max_batch_size: batchSize,
      pause_time: pause,
    }),
    batch_create: object({ max_batch_size: batchSize, pause_time: pause }),
  },
  told: [removedNote],
  sampleChild: (props) => sampleMember(props),
  next(context) {
    const wanted = membersWanted(context)
    return nextBatch(context, wanted)
  },
  attribute: groupAttribute,
})
