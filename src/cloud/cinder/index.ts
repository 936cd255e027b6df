import { type Collection, type Session, service } from '../service.ts'
import { type Backups, backups } from './backups.ts'
import { backup, qosSpecs, snapshot, snapshots, volume, volumeTypes, vtype } from './find.ts'
import type { LiveSnapshot, LiveVolumeType } from './live.ts'
import { types, type Volumes, volumes } from './volumes.ts'

export type {
  LiveBackup,
  LiveSnapshot,
  LiveVolume,
  LiveVolumeType,
  NewVolume,
  VolumeStatus,
  VolumeUse,
} from './live.ts'

/** What Cinder is asked for here. */
export interface Cinder {
  readonly volumes: Volumes
  readonly snapshots: Collection<LiveSnapshot>
  readonly backups: Backups
  readonly volumeTypes: Collection<LiveVolumeType>
}

/** The block storage service. */
export const cinder = service('cinder', types, {
  connect: (session: Session): Cinder => ({
    volumes: volumes(session),
    snapshots: snapshots(session),
    backups: backups(session),
    volumeTypes: volumeTypes(session),
  }),
  find: { volume, snapshot, backup, vtype, qosSpecs },
})
