import type { Cinder, LiveVolume, VolumeUse } from '../../cloud/cinder/index.ts'
import { isCloudError, unlessGone } from '../../cloud/error.ts'
import type { Nova } from '../../cloud/nova/index.ts'

/** How a server uses a volume, if it does. */
export const useBy = (uses: readonly VolumeUse[], server: string): VolumeUse | undefined =>
  uses.find(({ server_id }) => server_id === server)

interface Clients {
  readonly cinder: Cinder
  readonly nova: Nova
}

/** Starts taking a volume off a server. One that is on its way, or off already, is fine. */
export async function startDetaching(
  { cinder, nova }: Clients,
  server: string,
  volume: string,
): Promise<void> {
  try {
    await unlessGone(nova.servers.detachVolume(server, volume))
  } catch (error) {
    if (!isCloudError(error, 'bad-request')) throw error
    const live = await unlessGone(cinder.volumes.get(volume))
    if (live === undefined || live.status === 'detaching' || useBy(live.attachments, server) === undefined)
      return
    // It may have come to the server since; what else Nova has against it, it tells again.
    await unlessGone(nova.servers.detachVolume(server, volume))
  }
}

/** Whether a volume may be on its way to a server, which can't be called off. */
export const isComing = ({ status }: LiveVolume): boolean => status === 'reserved' || status === 'attaching'
