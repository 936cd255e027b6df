import { task } from '../world/agenda.ts'
import type { World } from '../world/world.ts'
import { type Attachment, type Volume, volumeSnapshots, volumes } from './kinds.ts'

/** A moment as Cinder writes it. */
export const cinderMoment = (world: World): string =>
  `${new Date(world.now()).toISOString().slice(0, 19)}.000000`

/** Changes a volume, and when it was last changed. */
export function changeVolume(world: World, id: string, changes: Partial<Volume>): Volume | undefined {
  return world.of(volumes).change(id, { ...changes, updated_at: cinderMoment(world) })
}

/** What a new volume may be told; the rest is as for any. */
export interface VolumeWanted {
  readonly projectId: string
  readonly userId: string
  readonly size: number
  readonly name?: string | null
  readonly description?: string | null
  readonly zone?: string | null
  readonly type?: string | null
  readonly snapshotId?: string | null
  readonly sourceId?: string | null
  readonly metadata?: Readonly<Record<string, string>>
  readonly imageMetadata?: Readonly<Record<string, string>>
  readonly bootable?: boolean
  readonly multiattach?: boolean
  readonly status?: string
  readonly keptFor?: string
}

/** Makes a volume; it is available after a while. */
export function addVolume(world: World, wanted: VolumeWanted): Volume {
  const volume = world.of(volumes).add({
    id: world.random.uuid(),
    name: wanted.name ?? null,
    description: wanted.description ?? null,
    project_id: wanted.projectId,
    user_id: wanted.userId,
    status: wanted.status ?? 'creating',
    size: wanted.size,
    availability_zone: wanted.zone ?? 'nova',
    volume_type: wanted.type ?? '__DEFAULT__',
    snapshot_id: wanted.snapshotId ?? null,
    source_volid: wanted.sourceId ?? null,
    metadata: wanted.metadata ?? {},
    image_metadata: wanted.imageMetadata ?? {},
    bootable: wanted.bootable ?? false,
    multiattach: wanted.multiattach ?? false,
    encrypted: false,
    readonly: false,
    attachments: [],
    kept_for: wanted.keptFor ?? null,
    created_at: cinderMoment(world),
    updated_at: null,
  })
  world.later(world.times.volumeCreate, volumeReady, { id: volume.id })
  return volume
}

/** Ends whatever a volume is in the middle of: it is available, or in use if somebody has it. */
export const volumeReady = task<{ id: string }>('cinder.volume-ready', (world, { id }) => {
  const volume = world.of(volumes).get(id)
  if (volume === undefined || volume.status === 'deleting') return
  changeVolume(world, id, { status: volume.attachments.length > 0 ? 'in-use' : 'available' })
})

export const volumeGone = task<{ id: string }>('cinder.volume-gone', (world, { id }) => {
  world.of(volumes).remove(id)
})

/** Has a volume go; it is gone after a while. */
export function removeVolume(world: World, id: string): void {
  changeVolume(world, id, { status: 'deleting' })
  world.later(world.times.volumeDelete, volumeGone, { id })
}

/** Why a volume can't be deleted now, if it can't. */
export function whyNotDeletable(world: World, volume: Volume): string | undefined {
  const fit = [
    'available',
    'error',
    'error_restoring',
    'error_extending',
    'error_managing',
    'reserved',
  ].includes(volume.status)
  if (
    fit &&
    volume.attachments.length === 0 &&
    world.of(volumeSnapshots).where('volume_id', volume.id).length === 0
  )
    return undefined
  return 'Invalid volume: Volume status must be available or error or error_restoring or error_extending or error_managing and must not be migrating, attached, belong to a group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.'
}

/** Joins a volume to a server: taken at once, in use after a while. */
export function attachVolume(
  world: World,
  volume: Volume,
  to: Pick<Attachment, 'id' | 'server_id' | 'device' | 'host_name'>,
): void {
  changeVolume(world, volume.id, { status: 'reserved', kept_for: to.id })
  world.later(world.times.volumeAttach, volumeAttached, { volumeId: volume.id, to })
}

interface Joining {
  readonly volumeId: string
  readonly to: Pick<Attachment, 'id' | 'server_id' | 'device' | 'host_name'>
}

/** Ends an attachment; one that was called off meanwhile leads to nothing. */
export const volumeAttached = task<Joining>('cinder.volume-attached', (world, { volumeId, to }) => {
  const volume = world.of(volumes).get(volumeId)
  if (volume?.kept_for !== to.id) return
  const attachment = { ...to, attached_at: cinderMoment(world) }
  changeVolume(world, volumeId, {
    status: 'in-use',
    kept_for: null,
    attachments: [...volume.attachments, attachment],
  })
})

/** Parts a volume from a server: free after a while. */
export function detachVolume(world: World, volume: Volume, attachmentId: string, deleteToo = false): void {
  changeVolume(world, volume.id, { status: 'detaching' })
  world.later(world.times.volumeDetach, volumeDetached, { volumeId: volume.id, attachmentId, deleteToo })
}

interface Parting {
  readonly volumeId: string
  readonly attachmentId: string
  readonly deleteToo: boolean
}

export const volumeDetached = task<Parting>(
  'cinder.volume-detached',
  (world, { volumeId, attachmentId, deleteToo }) => {
    partNow(world, volumeId, attachmentId, deleteToo)
  },
)

/** Frees a volume of an attachment, as when its server is gone. */
export function partNow(world: World, volumeId: string, attachmentId: string, deleteToo: boolean): void {
  const volume = world.of(volumes).get(volumeId)
  const held =
    volume?.kept_for === attachmentId || volume?.attachments.some((each) => each.id === attachmentId)
  if (volume === undefined || !held) return
  const attachments = volume.attachments.filter((each) => each.id !== attachmentId)
  changeVolume(world, volumeId, {
    attachments,
    kept_for: null,
    status: attachments.length > 0 ? 'in-use' : 'available',
  })
  if (deleteToo && attachments.length === 0) removeVolume(world, volumeId)
}
