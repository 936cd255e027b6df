import type { VolumeUse } from '../../../cloud/cinder/index.ts'
import { unlessGone } from '../../../cloud/error.ts'
import { startDetaching, useBy } from '../detaching.ts'
import type { OfVolume, ReadyVolume } from './properties.ts'

/** Under which note it stands which servers a volume was taken from, to be given back to them. */
const noteKey = 'apart'

interface Apart {
  readonly uses: readonly Pick<VolumeUse, 'server_id' | 'device'>[]
  /** Being taken off the servers, or being given back. */
  readonly going: 'apart' | 'back'
}

type Notes = Pick<OfVolume, 'notes'>

const noted = ({ notes }: Notes): Apart | undefined => {
  const text = notes.get(noteKey)
  return text === undefined ? undefined : JSON.parse(text)
}

const note = ({ notes }: Notes, apart: Apart): Promise<void> => notes.set(noteKey, JSON.stringify(apart))

/** Starts taking a volume off its servers, for what Cinder does only to a volume that nobody uses. */
export async function takeApart(context: OfVolume): Promise<void> {
  const { cinder, id } = context
  const { attachments } = await cinder.volumes.get(id)
  const uses = noted(context)?.uses ?? attachments.map(({ server_id, device }) => ({ server_id, device }))
  if (uses.length === 0) return
  await note(context, { uses, going: 'apart' })
  for (const { server_id } of attachments) await startDetaching(context, server_id, id)
}

/** Whether a volume is off its servers, or on its way. */
export const isApart = (context: Notes): boolean => noted(context) !== undefined

/** Starts giving a volume back to the servers it was taken from. Interrupted by a crash it is taken off them again. */
export async function giveBack(context: OfVolume): Promise<void> {
  const { cinder, nova, id } = context
  const apart = noted(context)
  if (apart === undefined) return
  const { attachments } = await cinder.volumes.get(id)
  for (const { server_id, device } of apart.uses) {
    if (useBy(attachments, server_id) !== undefined) continue
    await unlessGone(nova.servers.attachVolume(server_id, { volume: id, ...(device && { device }) }))
  }
  await note(context, { ...apart, going: 'back' })
}

/** Whether a volume is where it was last told to be. */
export async function isInPlace(context: ReadyVolume): Promise<boolean> {
  const { notes } = context
  const apart = noted(context)
  if (apart === undefined) return true
  if (apart.going === 'apart') return isFree(context, apart)
  for (const { server_id } of apart.uses) if (!(await isBack(context, server_id))) return false
  await notes.delete(noteKey)
  return true
}

/** Whether a server has the volume again. One that is gone meanwhile is not waited for. */
async function isBack({ nova, id, live }: ReadyVolume, server: string): Promise<boolean> {
  if (useBy(live.attachments, server) !== undefined) return true
  if ((await unlessGone(nova.servers.get(server))) === undefined) return true
  const known = await unlessGone(nova.servers.volumeAttachment(server, id))
  if (known !== undefined || live.status !== 'available') return false
  throw new Error(`Volume attachment failed - Unknown status ${live.status} due to "Unknown"`)
}

/**
 * Whether both Cinder and Nova see that nobody uses the volume: Nova takes a moment longer, and until then won't attach
 * it again. A crash may have interrupted its being given back, so it may have come to a server meanwhile.
 */
async function isFree(context: ReadyVolume, { uses }: Apart): Promise<boolean> {
  const { nova, id, live } = context
  for (const { server_id } of live.attachments) await startDetaching(context, server_id, id)
  if (live.attachments.length > 0) return false
  for (const { server_id } of uses) {
    if ((await unlessGone(nova.servers.volumeAttachment(server_id, id))) !== undefined) return false
  }
  return true
}
