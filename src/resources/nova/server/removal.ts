import { unlessGone } from '../../../cloud/error.ts'
import type { LiveServer } from '../../../cloud/nova/index.ts'
import { deleteOwnPorts } from './own-ports.ts'
import type { OfServer, ReadyServer } from './properties.ts'

/** Under which note the image stands that the server is saved in before it is deleted. */
const imageNote = 'snapshot_before_delete'

/** Starts deleting a server, and deletes the ports that were made for it. */
export async function remove(context: OfServer): Promise<void> {
  const { nova, id } = context
  await deleteOwnPorts(context)
  await unlessGone(nova.servers.delete(id))
}

/** Starts saving a server in an image, unless there is nothing worth saving; `gone` deletes it when that is done. */
export async function snapshotThenRemove(context: OfServer): Promise<void> {
  const { nova, glance, id, notes, self } = context
  const live = await nova.servers.get(id)
  if (live.status === 'ERROR') return remove(context)
  await notes.ensure(imageNote, {
    make: () => nova.servers.createImage(id, self.physicalName),
    find: async () => (await glance.images.list({ name: self.physicalName }))[0]?.id,
  })
}

/** Sees a deletion through: after the snapshot, and where Nova keeps deleted servers for a while. */
export async function isGone(context: ReadyServer): Promise<boolean> {
  const { nova, id, live } = context
  if (live.status === 'DELETED') return true
  if (live.status === 'SOFT_DELETED') await unlessGone(nova.servers.forceDelete(id))
  const deleting = live['OS-EXT-STS:task_state'] === 'deleting'
  if (!deleting && (await isSaved(context))) await remove(context)
  else if (!deleting && live.status === 'ERROR') throw new Error(deletionFault(live))
  return false
}

/** Whether there was to be an image of the server and it is complete. Throws if that failed: Nova then deletes it. */
async function isSaved({ glance, notes }: OfServer): Promise<boolean> {
  const image = notes.get(imageNote)
  if (image === undefined) return false
  const status = (await unlessGone(glance.images.get(image)))?.status ?? 'deleted'
  if (status === 'killed' || status === 'deleted' || status === 'pending_delete') {
    throw new Error(`Image of the server ${status}`)
  }
  return status === 'active'
}

const deletionFault = ({ name, fault }: LiveServer): string =>
  `Server ${name} delete failed: (${fault?.code ?? 'None'}) ${fault?.message ?? 'Unknown'}`
