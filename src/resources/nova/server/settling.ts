import type { LiveServer, ServerStatus } from '../../../cloud/nova/index.ts'
import { resizingNote, restsNote } from './changes.ts'
import { isDetached } from './network-changes.ts'
import type { OfServer, ReadyServer } from './properties.ts'

const ready: readonly ServerStatus[] = [
  'ACTIVE',
  'PAUSED',
  'RESCUE',
  'SHELVED',
  'SHELVED_OFFLOADED',
  'SHUTOFF',
  'SUSPENDED',
]

/** How Nova tells that it has finished with a server. */
export const settles = {
  on: 'status',
  ready,
  busy: [
    'BUILD',
    'HARD_REBOOT',
    'MIGRATING',
    'PASSWORD',
    'REBOOT',
    'REBUILD',
    'RESIZE',
    'REVERT_RESIZE',
    'VERIFY_RESIZE',
  ] as const satisfies readonly ServerStatus[],
  failed: ['ERROR', 'DELETED', 'SOFT_DELETED'] as const satisfies readonly ServerStatus[],
  reason: ({ fault }: LiveServer): string =>
    `Message: ${fault?.message ?? 'Unknown'}, Code: ${fault?.code ?? 'Unknown'}`,
  nudge: { VERIFY_RESIZE: ({ nova, id }: OfServer): Promise<void> => nova.servers.confirmResize(id) },

  /** A new server must come up; one that was shut off, say, when an update began may stay so. */
  async until(context: ReadyServer): Promise<boolean> {
    const { live, notes } = context
    if (live.status !== 'ACTIVE' && notes.get(restsNote) !== live.status) return false
    return (await isResized(context)) && isDetached(context)
  },
} as const

/** A resize that finds no host leaves the server as it was, and ACTIVE. */
async function isResized({ live, notes }: ReadyServer): Promise<boolean> {
  const wanted = notes.get(resizingNote)
  if (wanted === undefined) return true
  if (live.flavor.id !== wanted && live['OS-EXT-STS:task_state'] !== null) return false
  await notes.delete(resizingNote)
  if (live.flavor.id === wanted) return true
  throw new Error(`Resizing to '${wanted}' failed, status '${live.status}'`)
}
