import { collection } from '../collection.ts'
import { type LookupWays, lookUp } from '../lookup.ts'
import type { Collection, Found, Session } from '../service.ts'
import { backups } from './backups.ts'
import type { LiveSnapshot, LiveVolumeType } from './live.ts'
import { types, volumes } from './volumes.ts'

export const snapshots = (session: Session): Collection<LiveSnapshot> =>
  collection(session, {
    service: types,
    path: '/snapshots',
    listPath: '/snapshots/detail',
    one: 'snapshot',
    many: 'snapshots',
  })

export const volumeTypes = (session: Session): Collection<LiveVolumeType> =>
  collection(session, { service: types, path: '/types', one: 'volume_type', many: 'volume_types' })

const qosSpecsOf = (session: Session): Collection<Found & { readonly name: string }> =>
  collection(session, { service: types, path: '/qos-specs', one: 'qos_specs', many: 'qos_specs' })

/** Finds by ID, or by name as Cinder filters. */
const findIn =
  <Live extends Found>(entity: string, open: (session: Session) => Collection<Live>) =>
  async (session: Session, nameOrId: string): Promise<string> => {
    const { get, list } = open(session)
    const ways: LookupWays<Live> = {
      entity,
      service: 'block-storage',
      byId: get,
      byName: (name) => list({ name }),
    }
    return (await lookUp(nameOrId, ways)).id
  }

/** Finds by ID, or by name where Cinder has no filter for it. */
const findAmongAll =
  <Live extends Found & { readonly name: string }>(
    entity: string,
    open: (session: Session) => Collection<Live>,
  ) =>
  async (session: Session, nameOrId: string): Promise<string> => {
    const { get, list } = open(session)
    const byName = async (name: string) => (await list()).filter((one) => one.name === name)
    return (await lookUp(nameOrId, { entity, service: 'block-storage', byId: get, byName })).id
  }

export const volume = findIn('Volume', volumes)
export const snapshot = findIn('VolumeSnapshot', snapshots)
export const backup = findIn('Volume backup', backups)
export const vtype = findAmongAll('VolumeType', volumeTypes)
/** A set of QoS specs' ID. */
export const qosSpecs = findAmongAll('QoSSpecs', qosSpecsOf)
