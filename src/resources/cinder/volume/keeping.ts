import type { Keeping } from '../../../plugin/index.ts'
import type { properties, uses } from './properties.ts'

/** A snapshot keeps a volume as a backup, whoever uses it, and a restore fills it from that. */
export const keeping: Keeping<typeof uses, typeof properties> = {
  as: 'backup_id',
  async begin({ cinder, id, self, mark }) {
    const told = { name: self.physicalName, description: mark, force: true }
    return (await cinder.backups.create({ volume_id: id, ...told })).id
  },
  async find({ cinder, id, mark }) {
    const backups = await cinder.backups.list({ volume_id: id })
    return backups.find(({ description }) => description === mark)?.id
  },
  async isKept({ cinder, kept }) {
    const { status, fail_reason: reason } = await cinder.backups.get(kept)
    if (status === 'creating') return false
    if (status === 'available') return true
    throw new Error(reason || `the backup went to status ${status}`)
  },
  remove: ({ cinder, kept }) => cinder.backups.delete(kept),
  async isBusy({ cinder, kept }) {
    const { status } = await cinder.backups.get(kept)
    return status === 'creating' || status === 'restoring'
  },
  // Where it came from at first does not count any more; how large it was does.
  restored: ({ image: _image, imageRef: _old, source_volid: _volume, ...given }, kept) => ({
    ...given,
    backup_id: kept,
  }),
}
