import { cinder, type LiveVolume } from '../../../cloud/cinder/index.ts'
import { CloudError, isCloudError, unlessGone } from '../../../cloud/error.ts'
import { resource, textsOf } from '../../../plugin/index.ts'
import { isInPlace } from './apart.ts'
import { attributes } from './attributes.ts'
import { backUp, isBackedUp } from './backup.ts'
import { setReadOnlyAtFirst, steps } from './changes.ts'
import { keeping } from './keeping.ts'
import { properties, uses } from './properties.ts'
import { sourceRefusals } from './sources.ts'

/** A volume: a disk that outlives the servers it is attached to. */
export const Volume = resource('OS::Cinder::Volume', {
  summary: 'A disk that servers can use, one after the other.',
  uses,
  lives: cinder.collection('volumes'),
  properties,
  attributes,

  settles: {
    on: 'status',
    ready: ['available', 'in-use'],
    busy: [
      'attaching',
      'backing-up',
      'creating',
      'detaching',
      'downloading',
      'extending',
      'maintenance',
      'reserved',
      'restoring-backup',
      'retyping',
      'uploading',
    ],
    failed: ['error', 'error_deleting', 'error_extending', 'error_managing', 'error_restoring'],
    async until(context) {
      await setReadOnlyAtFirst(context)
      return isInPlace(context)
    },
  },

  validate: sourceRefusals,

  async create({ cinder, props }) {
    if (props.backup_id) return { id: await cinder.backups.restore(props.backup_id, { name: props.name }) }
    return cinder.volumes.create({
      name: props.name,
      description: props.description,
      metadata: textsOf(props.metadata),
      ...(props.size !== undefined && { size: props.size }),
      ...(props.availability_zone && { availability_zone: props.availability_zone }),
      ...(props.image && { imageRef: props.image }),
      ...(props.snapshot_id && { snapshot_id: props.snapshot_id }),
      ...(props.source_volid && { source_volid: props.source_volid }),
      ...(props.volume_type && { volume_type: props.volume_type }),
      ...(props.scheduler_hints && { hints: props.scheduler_hints }),
    })
  },

  /** A volume that a backup was restored to has got no more than its name yet. */
  async sync({ cinder, id, props, before }) {
    if (!props.backup_id || before.name !== undefined) return
    await cinder.volumes.update(id, { description: props.description })
    if (Object.keys(props.metadata).length > 0) await cinder.volumes.setMetadata(id, textsOf(props.metadata))
  },

  steps,

  /** Cinder says of what will pass, and of what never will, only that it refuses. */
  async delete({ cinder, id }) {
    try {
      await cinder.volumes.delete(id)
    } catch (error) {
      if (!isCloudError(error, 'bad-request')) throw error
      const { status } = await cinder.volumes.get(id)
      if (used.has(status))
        throw new CloudError('Volume in use', { kind: 'conflict', service: 'block-storage' })
      // What held it let it go between the refusal and the look; something else that holds it is told by the second.
      if (status === 'available') await cinder.volumes.delete(id)
      else if (status !== 'deleting') throw error
    }
  },

  async snapshotThenDelete(context) {
    const { cinder, id } = context
    const { status } = await cinder.volumes.get(id)
    if (status === 'deleting') return
    if (status === 'error') await cinder.volumes.delete(id)
    else await backUp(context)
  },

  snapshot: keeping,

  async gone(context) {
    const { cinder, id, live } = context
    if (live.status === 'error_deleting') throw new Error('Went to status error_deleting due to "delete"')
    if (live.status === 'available' && (await isBackedUp(context)))
      await unlessGone(cinder.volumes.delete(id))
    return false
  },
})

/** States in which a server has a volume, or is about to have it, or has just let it go. */
const used: ReadonlySet<LiveVolume['status']> = new Set(['in-use', 'attaching', 'detaching', 'reserved'])
