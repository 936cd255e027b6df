import { isMap } from '../../base/json.ts'
import { accepted, answer, type Call, param, type Route, route } from '../kit/call.ts'
import { badRequest } from '../kit/refusal.ts'
import { mustFit } from '../nova/refusals.ts'
import { task } from '../world/agenda.ts'
import { type VolumeSnapshot, volumeSnapshots } from './kinds.ts'
import { ownPage, pageLinks } from './lists.ts'
import { mustHaveRoom } from './quotas.ts'
import { invalidVolume, noSuch } from './refusals.ts'
import { metadataShape } from './types.ts'
import { cinderMoment } from './volume-table.ts'
import { volumeOf } from './volumes.ts'

type Fields = Readonly<Record<string, unknown>>

const base = '/v3/:project/snapshots'
const filters = ['name', 'status', 'volume_id', 'id', 'metadata']

export const snapshotRoutes: readonly Route[] = [
  route(`GET ${base}`, (call) => list(call, (snapshot) => plain(snapshot))),
  route(`GET ${base}/detail`, (call) => list(call, full)),
  route(`POST ${base}`, create),
  route(`GET ${base}/:id`, (call) => answer({ snapshot: full(snapshotOf(call)) })),
  route(`PUT ${base}/:id`, (call) => {
    const snapshot = snapshotOf(call)
    const given = (
      isMap(call.body) && isMap(call.body.snapshot) ? call.body.snapshot : {}
    ) as Partial<VolumeSnapshot>
    const { name = snapshot.name, description = snapshot.description } = given
    const after = call.world
      .of(volumeSnapshots)
      .change(snapshot.id, { name, description, updated_at: cinderMoment(call.world) })
    return answer({ snapshot: plain(after ?? snapshot) })
  }),
  route(`DELETE ${base}/:id`, (call) => {
    const snapshot = snapshotOf(call)
    if (!['available', 'error'].includes(snapshot.status)) {
      throw badRequest(
        'Invalid snapshot: Snapshot status must be available or error, and must not be part of a group and must not be used by any volume',
      )
    }
    call.world.of(volumeSnapshots).change(snapshot.id, { status: 'deleting' })
    call.world.later(call.world.times.volumeWork, snapshotGone, { id: snapshot.id })
    return accepted()
  }),
  route(`GET ${base}/:id/metadata`, (call) => answer({ metadata: snapshotOf(call).metadata })),
]

function snapshotOf(call: Call): VolumeSnapshot {
  const snapshot = call.world.of(volumeSnapshots).get(param(call))
  if (snapshot === undefined || (!call.caller.admin && snapshot.project_id !== call.caller.projectId))
    throw noSuch.snapshot(param(call))
  return snapshot
}

function list(call: Call, view: (snapshot: VolumeSnapshot) => object) {
  const page = ownPage(call, volumeSnapshots, filters)
  return answer({ snapshots: page.items.map(view), ...pageLinks('snapshots', page) })
}

function plain({
  id,
  created_at,
  updated_at,
  name,
  description,
  volume_id,
  status,
  size,
  metadata,
}: VolumeSnapshot): object {
  return { id, created_at, updated_at, name, description, volume_id, status, size, metadata }
}

function full(snapshot: VolumeSnapshot): object {
  return {
    ...plain(snapshot),
    'os-extended-snapshot-attributes:project_id': snapshot.project_id,
    'os-extended-snapshot-attributes:progress': snapshot.status === 'available' ? '100%' : '0%',
  }
}

const text = { type: ['string', 'null'], maxLength: 255 } as const

function create(call: Call) {
  mustFit(call.body, {
    type: 'object',
    required: ['snapshot'],
    properties: {
      snapshot: {
        type: 'object',
        required: ['volume_id'],
        additionalProperties: false,
        properties: {
          name: text,
          description: text,
          volume_id: { type: 'string', format: 'uuid' },
          force: { type: ['boolean', 'string', 'null'] },
          metadata: metadataShape,
        },
      },
    },
  })
  const { snapshot: given } = call.body as { snapshot: Fields }
  const volume = volumeOf(call, String(given.volume_id))
  const forced = given.force === true || String(given.force).toLowerCase() === 'true'
  if (volume.status !== 'available' && !(volume.status === 'in-use' && (forced || call.version >= 66))) {
    throw invalidVolume(
      `Volume ${volume.id} status must be available, but current status is: ${volume.status}.`,
    )
  }
  mustHaveRoom(call.world, call.caller.projectId, { what: 'snapshots', gigabytes: volume.size })
  const snapshot = call.world.of(volumeSnapshots).add({
    id: call.world.random.uuid(),
    name: (given.name as string | null | undefined) ?? null,
    description: (given.description as string | null | undefined) ?? null,
    project_id: call.caller.projectId,
    user_id: call.caller.userId,
    volume_id: volume.id,
    status: 'creating',
    size: volume.size,
    metadata: (given.metadata as Record<string, string> | null | undefined) ?? {},
    created_at: cinderMoment(call.world),
    updated_at: null,
  })
  call.world.later(call.world.times.volumeWork, snapshotReady, { id: snapshot.id })
  return accepted({ snapshot: plain(snapshot) })
}

export const snapshotReady = task<{ id: string }>('cinder.snapshot-ready', (world, { id }) => {
  if (world.of(volumeSnapshots).get(id)?.status !== 'creating') return
  world.of(volumeSnapshots).change(id, { status: 'available', updated_at: cinderMoment(world) })
})

export const snapshotGone = task<{ id: string }>('cinder.snapshot-gone', (world, { id }) => {
  world.of(volumeSnapshots).remove(id)
})
