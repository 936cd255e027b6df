import { anyList, boolean, map, string } from '../../../schema/index.ts'

const inText = (field: string) => ({
  field,
  from: (value: unknown) => (value == null ? null : String(value)),
})
const inJson = (field: string) => ({ field, from: (value: unknown) => JSON.stringify(value) })

/** Truth as templates read it in a text. */
const inWords = (field: string) => ({ field, from: (value: boolean) => (value ? 'True' : 'False') })

/** What a volume tells of itself. */
export const attributes = {
  availability_zone: string('The availability zone that the volume is in.'),
  size: string('The size of the volume, in GB.', { live: inText('size') }),
  snapshot_id: string('The snapshot that the volume was made of.'),
  display_name: string('The name of the volume.', { live: 'name' }),
  display_description: string('What the volume is for.', { live: 'description' }),
  volume_type: string('The name of the volume type.'),
  metadata: string('The keys and values kept with the volume, as JSON.', { live: inJson('metadata') }),
  metadata_values: map('The keys and values kept with the volume.', { live: 'metadata' }),
  source_volid: string('The volume that it is a copy of.'),
  status: string('How far the volume has come: creating, available, in-use, error, …', { fresh: true }),
  created_at: string('When the volume was made.'),
  bootable: string('Whether servers can boot from the volume.'),
  encrypted: string('Whether the volume is encrypted.', { live: inWords('encrypted') }),
  attachments: string('Where the volume is attached, as JSON; attachments_list has it as a list.', {
    support: 'DEPRECATED',
    live: inJson('attachments'),
  }),
  attachments_list: anyList('Where the volume is attached.', { since: '9.0.0', live: 'attachments' }),
  multiattach: boolean('Whether several servers may use the volume.', { since: '6.0.0' }),
}
