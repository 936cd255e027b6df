import type { OfVolume } from './properties.ts'

/** Under which note it stands which backup a volume is kept as before it is deleted. */
export const backupKey = 'backup_before_delete'

type Backing = Pick<OfVolume, 'cinder' | 'id' | 'notes' | 'self'>

/** Starts backing a volume up, before it is deleted. */
export async function backUp({ cinder, id, notes, self: { physicalName: name } }: Backing): Promise<string> {
  return notes.ensure(backupKey, {
    make: async () => (await cinder.backups.create({ volume_id: id, name })).id,
    find: async () => (await cinder.backups.list({ name, volume_id: id }))[0]?.id,
  })
}

/** Whether a volume was to be backed up and now is. Throws if that failed. */
export async function isBackedUp({ cinder, notes }: Pick<OfVolume, 'cinder' | 'notes'>): Promise<boolean> {
  const backup = notes.get(backupKey)
  if (backup === undefined) return false
  const { status, fail_reason: reason } = await cinder.backups.get(backup)
  if (status === 'available') return true
  if (status === 'creating') return false
  throw new Error(`Volume backup failed - Unknown status ${status} due to "${reason || 'Unknown'}"`)
}
