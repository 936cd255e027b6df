import { collection } from '../collection.ts'
import type { Collection, Session } from '../service.ts'
import type { LiveBackup } from './live.ts'
import { types } from './volumes.ts'

/** What Cinder does with backups of volumes. */
export interface Backups extends Collection<LiveBackup> {
  create(body: {
    readonly volume_id: string
    readonly name: string
    readonly description?: string
    readonly force?: boolean
  }): Promise<LiveBackup>
  /** Starts filling a volume from a backup, a new one if none is said, and answers with the volume's ID. */
  restore(id: string, into: { readonly volume_id: string } | { readonly name: string }): Promise<string>
}

export function backups(session: Session): Backups {
  const usual = collection<LiveBackup>(session, {
    service: types,
    path: '/backups',
    listPath: '/backups/detail',
    one: 'backup',
    many: 'backups',
  })

  return {
    ...usual,
    async restore(id, into) {
      const path = `/backups/${encodeURIComponent(id)}/restore`
      const { body } = await session.request({
        service: types,
        method: 'POST',
        path,
        body: { restore: into },
      })
      return (body as { restore: { volume_id: string } }).restore.volume_id
    },
  }
}
