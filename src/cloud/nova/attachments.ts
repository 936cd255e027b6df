import { pages } from '../paging.ts'
import type { Session } from '../service.ts'
import type { Interface, NewInterface, VolumeAttachment } from './live.ts'
import { since, types } from './versions.ts'

/** What hangs on a server: network interfaces and volumes. */
export interface Attachments {
  interfaces(server: string): Promise<readonly Interface[]>
  /** Nova answers when it is done. */
  attachInterface(server: string, what: NewInterface): Promise<Interface>
  /** Starts taking an interface off. A port that Nova made is deleted, one that was there before is kept. */
  detachInterface(server: string, port: string): Promise<void>
  volumeAttachments(server: string): Promise<readonly VolumeAttachment[]>
  volumeAttachment(server: string, volume: string): Promise<VolumeAttachment>
  attachVolume(
    server: string,
    what: { readonly volume: string; readonly device?: string },
  ): Promise<VolumeAttachment>
  detachVolume(server: string, volume: string): Promise<void>
}

export function attachments(session: Session): Attachments {
  const at = (server: string, rest: string) => `/servers/${encodeURIComponent(server)}/${rest}`

  return {
    interfaces: (server) =>
      pages<Interface>(
        session,
        { service: types, method: 'GET', path: at(server, 'os-interface') },
        'interfaceAttachments',
      ),
    async attachInterface(server, what) {
      const { body } = await session.request({
        service: types,
        method: 'POST',
        path: at(server, 'os-interface'),
        body: { interfaceAttachment: what },
        ...(what.tag !== undefined && { microversion: since.attachTags }),
      })
      return (body as { interfaceAttachment: Interface }).interfaceAttachment
    },
    async detachInterface(server, port) {
      await session.request({ service: types, method: 'DELETE', path: at(server, `os-interface/${port}`) })
    },
    volumeAttachments: (server) =>
      pages<VolumeAttachment>(
        session,
        { service: types, method: 'GET', path: at(server, 'os-volume_attachments') },
        'volumeAttachments',
      ),
    async volumeAttachment(server, volume) {
      const path = at(server, `os-volume_attachments/${volume}`)
      const { body } = await session.request({ service: types, method: 'GET', path })
      return (body as { volumeAttachment: VolumeAttachment }).volumeAttachment
    },
    async attachVolume(server, { volume, device }) {
      const { body } = await session.request({
        service: types,
        method: 'POST',
        path: at(server, 'os-volume_attachments'),
        body: { volumeAttachment: { volumeId: volume, ...(device !== undefined && { device }) } },
      })
      return (body as { volumeAttachment: VolumeAttachment }).volumeAttachment
    },
    async detachVolume(server, volume) {
      await session.request({
        service: types,
        method: 'DELETE',
        path: at(server, `os-volume_attachments/${volume}`),
      })
    },
  }
}
