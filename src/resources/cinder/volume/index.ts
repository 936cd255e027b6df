import { cinder, type LiveVolume } from '../../../cloud/cinder/index.ts'
import { CloudError, isCloudError, unlessGone } from '../../../cloud/error.ts'
import { resource, textsOf } from '../../../plugin/index.ts'
import { isInPlace } from './apart.ts'
import { attributes } from './attributes.ts'
import { backUp, backupKey, isBackedUp } from './backup.ts'
import { setReadOnlyAtFirst, steps } from './changes.ts'
import { keeping } from './keeping.ts'
import { type OfVolume, properties, uses } from './properties.ts'
import { sourceRefusals } from './sources.ts'

/** States in which a server is about to have a volume, or has just let it go. */
const taken = ['attaching', 'detaching', 'reserved'] as const

/** States that a volume leaves by itself, and in which Cinder does not begin to delete it. */
const atWork = [
  'backing-up',
  'creating',
  'downloading',
  'extending',
  'maintenance',
  'restoring-backup',
  'retyping',
  'uploading',
] as const

const isOneOf = (states: readonly Status[], status: Status): boolean => states.includes(status)

type Status = LiveVolume['status']

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
    busy: [...taken, ...atWork],
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

  delete: remove,

  async snapshotThenDelete(context) {
    const { cinder, id } = context
    const { status } = await cinder.volumes.get(id)
    if (status === 'deleting') return
    if (status === 'error') await cinder.volumes.delete(id)
    else await backUp(context)
  },

  snapshot: keeping,

  async gone(context) {
    const { live, notes } = context
    if (live.status === 'error_deleting') throw new Error('Went to status error_deleting due to "delete"')
    if (live.status === 'in-use' && notes.get(backupKey) === undefined) throw inUse()
    if (live.status === 'available' && (await isFreeToGo(context))) await unlessGone(remove(context))
    return false
  },
})

/**
 * Deletes a volume, or lets it be while Cinder is at something else with it: `gone` deletes it after that. Cinder says of
 * what will pass, and of what never will, only that it refuses.
 */
async function remove({ cinder, id }: Pick<OfVolume, 'cinder' | 'id'>, isAgain = false): Promise<void> {
  try {
    await cinder.volumes.delete(id)
  } catch (error) {
    if (!isCloudError(error, 'bad-request')) throw error
    const { status } = await cinder.volumes.get(id)
    if (status === 'in-use' || isOneOf(taken, status)) throw inUse()
    // What held it let it go between the refusal and the look; something else that holds it is told by the second.
    if (status === 'available' && !isAgain) await remove({ cinder, id }, true)
    else if (status !== 'deleting' && !isOneOf(atWork, status)) throw error
  }
}

/** Whether nothing is to be done any more before a volume is deleted. */
const isFreeToGo = async (context: Pick<OfVolume, 'cinder' | 'notes'>): Promise<boolean> =>
  context.notes.get(backupKey) === undefined || (await isBackedUp(context))

const inUse = () => new CloudError('Volume in use', { kind: 'conflict', service: 'block-storage' })
