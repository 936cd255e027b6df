import type { Cinder, VolumeUse } from '../../cloud/cinder/index.ts'
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
    const stays =
      live !== undefined && live.status !== 'detaching' && useBy(live.attachments, server) !== undefined
    if (stays) throw error
  }
}
