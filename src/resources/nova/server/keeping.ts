import type { Keeping } from '../../../plugin/index.ts'
import type { properties, uses } from './properties.ts'

/** Under which name an image tells the mark of the snapshot that it was made for. */
const markName = 'hearth_snapshot'

const uploading: ReadonlySet<string | null | undefined> = new Set([
  'image_uploading',
  'image_snapshot_pending',
  'image_snapshot',
  'image_pending_upload',
])

/** A snapshot keeps a server as an image, and a restore rebuilds it from that. */
export const keeping: Keeping<typeof uses, typeof properties> = {
  as: 'snapshot_image_id',
  begin: ({ nova, id, self, mark }) => nova.servers.createImage(id, self.physicalName, { [markName]: mark }),
  find: async ({ glance, mark }) => (await glance.images.list({ [markName]: mark }))[0]?.id,
  async isKept({ nova, glance, id, kept }) {
    const { status } = await glance.images.get(kept)
    if (status === 'killed' || status === 'deleted' || status === 'pending_delete') throw new Error(status)
    if (status !== 'active') return false
    return !uploading.has((await nova.servers.get(id))['OS-EXT-STS:task_state'])
  },
  remove: ({ glance, kept }) => glance.images.delete(kept),
  restored: (given, kept) => ({ ...given, image: kept }),
}
