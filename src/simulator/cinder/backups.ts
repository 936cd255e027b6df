import { isMap } from '../../base/json.ts'
import { accepted, answer, type Call, param, type Route, route } from '../kit/call.ts'
import { badRequest } from '../kit/refusal.ts'
import { task } from '../world/agenda.ts'
import { type Backup, backups, volumes } from './kinds.ts'
import { cinderLinks, ownPage, pageLinks } from './lists.ts'
import { mustHaveRoom } from './quotas.ts'
import { invalidVolume, noSuch } from './refusals.ts'
import { addVolume, changeVolume, cinderMoment } from './volume-table.ts'
import { volumeOf } from './volumes.ts'

const base = '/v3/:project/backups'
const filters = ['name', 'status', 'volume_id', 'id']

export const backupRoutes: readonly Route[] = [
  route(`GET ${base}`, (call) => list(call, (backup) => brief(call, backup))),
  route(`GET ${base}/detail`, (call) => list(call, (backup) => full(call, backup))),
  route(`POST ${base}`, create),
  route(`GET ${base}/:id`, (call) => answer({ backup: full(call, backupOf(call)) })),
  route(`DELETE ${base}/:id`, (call) => {
    const backup = backupOf(call)
    if (!['available', 'error'].includes(backup.status))
      throw badRequest('Invalid backup: Backup status must be available or error')
    call.world.of(backups).remove(backup.id)
    return accepted()
  }),
  route(`POST ${base}/:id/restore`, restore),
]

function backupOf(call: Call): Backup {
  const backup = call.world.of(backups).get(param(call))
  if (backup === undefined || (!call.caller.admin && backup.project_id !== call.caller.projectId))
    throw noSuch.backup(param(call))
  return backup
}

function list(call: Call, view: (backup: Backup) => object) {
  const page = ownPage(call, backups, filters)
  return answer({ backups: page.items.map(view), ...pageLinks('backups', page) })
}

const brief = (call: Call, { id, name }: Backup) => ({ id, name, links: cinderLinks(call, `backups/${id}`) })

function full(call: Call, backup: Backup): object {
  const { origin: _origin, project_id: project, metadata, ...rest } = backup
  return {
    ...brief(call, backup),
    ...rest,
    availability_zone: 'nova',
    object_count: 1,
    fail_reason: null,
    has_dependent_backups: false,
    data_timestamp: backup.created_at,
    ...(call.version >= 18 ? { 'os-backup-project-attr:project_id': project } : {}),
    ...(call.version >= 43 ? { metadata } : {}),
  }
}

function create(call: Call) {
  const given = isMap(call.body) && isMap(call.body.backup) ? call.body.backup : {}
  const volume = volumeOf(call, String(given.volume_id))
  const forced = given.force === true || String(given.force).toLowerCase() === 'true'
  if (volume.status !== 'available' && !(volume.status === 'in-use' && forced)) {
    throw invalidVolume(
      `Volume to be backed up must be available or in-use, but the current status is "${volume.status}".`,
    )
  }
  mustHaveRoom(call.world, call.caller.projectId, { what: 'backups', gigabytes: volume.size })
  const backup = call.world.of(backups).add({
    id: call.world.random.uuid(),
    name: (given.name as string | null | undefined) ?? null,
    description: (given.description as string | null | undefined) ?? null,
    project_id: call.caller.projectId,
    volume_id: volume.id,
    snapshot_id: (given.snapshot_id as string | null | undefined) ?? null,
    status: 'creating',
    size: volume.size,
    container: (given.container as string | null | undefined) ?? null,
    is_incremental: given.incremental === true,
    metadata: (given.metadata as Record<string, string> | undefined) ?? {},
    created_at: cinderMoment(call.world),
    updated_at: null,
    origin: { name: volume.name },
  })
  const before = volume.status
  changeVolume(call.world, volume.id, { status: 'backing-up' })
  call.world.later(call.world.times.volumeWork, backupReady, { id: backup.id, volumeId: volume.id, before })
  return accepted({ backup: brief(call, backup) })
}

export const backupReady = task<{ id: string; volumeId: string; before: string }>(
  'cinder.backup-ready',
  (world, { id, volumeId, before }) => {
    if (world.of(backups).get(id) !== undefined)
      world
        .of(backups)
        .change(id, { status: 'available', container: 'volumebackups', updated_at: cinderMoment(world) })
    if (world.of(volumes).get(volumeId)?.status === 'backing-up')
      changeVolume(world, volumeId, { status: before })
  },
)

function restore(call: Call) {
  const backup = backupOf(call)
  const given = isMap(call.body) && isMap(call.body.restore) ? call.body.restore : {}
  if (backup.status !== 'available') throw badRequest('Invalid backup: Backup status must be available')
  const target = typeof given.volume_id === 'string' ? volumeOf(call, given.volume_id) : undefined
  if (target !== undefined && target.status !== 'available')
    throw invalidVolume('Volume to be restored to must be available')
  const name = (given.name as string | undefined) ?? `restore_backup_${backup.id}`
  const volume =
    target ??
    addVolume(call.world, {
      projectId: call.caller.projectId,
      userId: call.caller.userId,
      size: backup.size,
      name,
    })
  changeVolume(call.world, volume.id, { status: 'restoring-backup' })
  call.world.of(backups).change(backup.id, { status: 'restoring' })
  call.world.later(call.world.times.volumeCreate + call.world.times.volumeWork, backupRestored, {
    id: backup.id,
    volumeId: volume.id,
  })
  return accepted({ restore: { backup_id: backup.id, volume_id: volume.id, volume_name: volume.name } })
}

export const backupRestored = task<{ id: string; volumeId: string }>(
  'cinder.backup-restored',
  (world, { id, volumeId }) => {
    world.of(backups).change(id, { status: 'available' })
    changeVolume(world, volumeId, { status: 'available' })
  },
)
