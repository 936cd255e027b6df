import { isMap } from '../../base/json.ts'
import { answer, type Call, nothing, param, type Route, route } from '../kit/call.ts'
import { kind, type Row } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { backups, type Volume, volumeSnapshots, volumes, volumeTypes } from './kinds.ts'
import { onlyAdmin, overLimit } from './refusals.ts'

interface CinderQuota extends Row {
  readonly limits: Readonly<Record<string, number>>
}

/** The limits that were set for single projects; the ID is the project's. */
export const cinderQuotas = kind<CinderQuota>('cinder_quotas', [], { hidden: true })

const ordinary: Readonly<Record<string, number>> = {
  volumes: -1,
  per_volume_gigabytes: -1,
  snapshots: -1,
  gigabytes: -1,
  backups: -1,
  backup_gigabytes: 1000,
}

function limitsOf(world: World, projectId: string): Record<string, number> {
  const names = world
    .of(volumeTypes)
    .all()
    .flatMap(({ name }) => [`volumes_${name}`, `gigabytes_${name}`, `snapshots_${name}`])
  const ofTypes = Object.fromEntries(names.map((name) => [name, -1]))
  return { ...ordinary, ...ofTypes, groups: 10, ...world.of(cinderQuotas).get(projectId)?.limits }
}

function usageOf(world: World, projectId: string): Record<string, number> {
  const own = world.of(volumes).filter((volume) => volume.project_id === projectId)
  const taken = world.of(volumeSnapshots).filter((snapshot) => snapshot.project_id === projectId)
  const kept = world.of(backups).filter((backup) => backup.project_id === projectId)
  const size = (rows: readonly { readonly size: number }[]) => rows.reduce((sum, row) => sum + row.size, 0)
  return {
    volumes: own.length,
    snapshots: taken.length,
    gigabytes: size(own) + size(taken),
    backups: kept.length,
    backup_gigabytes: size(kept),
    ...byType(own),
  }
}

function byType(own: readonly Volume[]): Record<string, number> {
  const used: Record<string, number> = {}
  for (const { volume_type: type, size } of own) {
    used[`volumes_${type}`] = (used[`volumes_${type}`] ?? 0) + 1
    used[`gigabytes_${type}`] = (used[`gigabytes_${type}`] ?? 0) + size
  }
  return used
}

/** What is about to be added. */
export interface Addition {
  readonly what: 'volumes' | 'snapshots' | 'backups' | undefined
  readonly gigabytes: number
}

/** Refuses what would bring a project over its limits. */
export function mustHaveRoom(world: World, projectId: string, { what, gigabytes }: Addition): void {
  const limits = limitsOf(world, projectId)
  const space = what === 'backups' ? 'backup_gigabytes' : 'gigabytes'
  const most = {
    size: limits.per_volume_gigabytes ?? -1,
    space: limits[space] ?? -1,
    count: (what && limits[what]) ?? -1,
  }
  if (what === 'volumes' && most.size >= 0 && gigabytes > most.size) {
    throw overLimit(
      `VolumeSizeExceedsLimit: Requested volume size ${gigabytes}G is larger than maximum allowed limit ${most.size}G.`,
    )
  }
  if (most.space < 0 && most.count < 0) return
  const used = usageOf(world, projectId)
  if (most.space >= 0 && (used[space] ?? 0) + gigabytes > most.space) {
    const spent = `Requested ${gigabytes}G, quota is ${most.space}G and ${used[space]}G has been consumed.`
    throw overLimit(`${tooLarge[space]} ${spent}`)
  }
  if (what !== undefined && most.count >= 0 && (used[what] ?? 0) + 1 > most.count) {
    throw overLimit(tooMany[what](most.count))
  }
}

const tooLarge = {
  gigabytes: 'VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota.',
  backup_gigabytes:
    'BackupSizeExceedsAvailableQuota: Requested backup exceeds allowed Backup gigabytes quota.',
}

const tooMany = {
  volumes: (most: number) =>
    `VolumeLimitExceeded: Maximum number of volumes allowed (${most}) exceeded for quota 'volumes'.`,
  snapshots: (most: number) =>
    `SnapshotLimitExceeded: Maximum number of snapshots allowed (${most}) exceeded`,
  backups: (most: number) => `BackupLimitExceeded: Maximum number of backups allowed (${most}) exceeded`,
}

const base = '/v3/:project/os-quota-sets/:id'

export const quotaRoutes: readonly Route[] = [
  route(`GET ${base}`, (call) => {
    mustBeOwn(call)
    const limits = limitsOf(call.world, param(call))
    if (call.query.get('usage')?.toLowerCase() !== 'true')
      return answer({ quota_set: { ...limits, id: param(call) } })
    const used = usageOf(call.world, param(call))
    const details = Object.entries(limits).map(([name, limit]) => [
      name,
      { limit, in_use: used[name] ?? 0, reserved: 0 },
    ])
    return answer({ quota_set: { ...(Object.fromEntries(details) as object), id: param(call) } })
  }),
  route(`GET ${base}/defaults`, (call) =>
    answer({ quota_set: { ...ordinary, groups: 10, id: param(call) } }),
  ),
  route(`PUT ${base}`, (call) => {
    onlyAdmin(call, 'volume_extension:quotas:update')
    const given = isMap(call.body) && isMap(call.body.quota_set) ? call.body.quota_set : {}
    const { tenant_id: _tenant, ...limits } = given
    const before = call.world.of(cinderQuotas).get(param(call))?.limits
    const after = Object.entries(limits).map(([name, value]) => [name, Number(value)] as const)
    call.world.of(cinderQuotas).add({ id: param(call), limits: { ...before, ...Object.fromEntries(after) } })
    return answer({ quota_set: limitsOf(call.world, param(call)) })
  }),
  route(`DELETE ${base}`, (call) => {
    onlyAdmin(call, 'volume_extension:quotas:delete')
    call.world.of(cinderQuotas).remove(param(call))
    return nothing(200)
  }),
  route('GET /v3/:project/limits', (call) => {
    const most = limitsOf(call.world, call.caller.projectId)
    const used = usageOf(call.world, call.caller.projectId)
    const absolute = {
      maxTotalVolumes: most.volumes,
      maxTotalSnapshots: most.snapshots,
      maxTotalVolumeGigabytes: most.gigabytes,
      maxTotalBackups: most.backups,
      maxTotalBackupGigabytes: most.backup_gigabytes,
      totalVolumesUsed: used.volumes,
      totalGigabytesUsed: used.gigabytes,
      totalSnapshotsUsed: used.snapshots,
      totalBackupsUsed: used.backups,
      totalBackupGigabytesUsed: used.backup_gigabytes,
    }
    return answer({ limits: { rate: [], absolute } })
  }),
]

function mustBeOwn(call: Call): void {
  if (param(call) !== call.caller.projectId) onlyAdmin(call, 'volume_extension:quotas:show')
}
