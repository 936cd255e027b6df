import { cinder, type LiveVolume } from '../../../cloud/cinder/index.ts'
import { glance } from '../../../cloud/glance/index.ts'
import { nova } from '../../../cloud/nova/index.ts'
import { type Changing, type Existing, physicalName, textsOf } from '../../../plugin/index.ts'
import { boolean, integer, map, string } from '../../../schema/index.ts'

/** The services that a volume's handlers ask. */
export const uses = { cinder, nova }

/** Cinder mixes into the metadata how the volume may be used. */
function ownMetadata(metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { readonly: _mode, attached_mode: _attachedMode, ...own } = metadata
  return own
}

/** What can be said of a volume. */
export const properties = {
  availability_zone: string('The availability zone to make the volume in.'),
  size: integer('The size of the volume, in GB. It can grow, never shrink.', {
    updatable: true,
    range: { min: 1 },
  }),
  snapshot_id: string('The snapshot to make the volume of.', { finds: cinder.find.snapshot }),
  backup_id: string('The backup to fill the volume from.', {
    updatable: true,
    finds: cinder.find.backup,
    live: false,
  }),
  name: string('A name for the volume. It need not be unique.', { default: physicalName, updatable: true }),
  description: string('What the volume is for.', { default: physicalName, updatable: true }),
  volume_type: string('The name or ID of the volume type.', {
    updatable: true,
    finds: cinder.find.vtype,
    live: false,
  }),
  metadata: map('Keys and values to keep with the volume.', {
    default: {},
    updatable: true,
    live: { field: 'metadata', to: textsOf, from: ownMetadata },
  }),
  imageRef: string('The image, as this property was called before.', {
    since: '5.0.0',
    support: 'HIDDEN',
    spells: 'image',
  }),
  image: string('The name or ID of the image to make the volume of.', {
    finds: glance.find.image,
    live: false,
  }),
  source_volid: string('The volume to copy.', { finds: cinder.find.volume }),
  scheduler_hints: map('What to tell the scheduler, which chooses where the volume is made.', {
    since: '2015.1',
    live: false,
  }),
  read_only: boolean('Whether servers may only read the volume.', {
    updatable: true,
    since: '5.0.0',
    ownCall: true,
    live: false,
  }),
  multiattach: boolean('Whether several servers may use the volume. Today the volume type says so.', {
    default: false,
    since: '13.0.0',
    support: 'HIDDEN',
    live: false,
  }),
}

/** What handlers of a volume are given once it is there. */
export type OfVolume = Existing<typeof uses, typeof properties>

/** What handlers are given when a volume is to change. */
export type ChangingVolume = Changing<typeof uses, typeof properties>

/** What is given when Cinder says that a volume is ready. */
export type ReadyVolume = OfVolume & { readonly live: LiveVolume }
