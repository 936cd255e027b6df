import { isMap } from '../../base/json.ts'
import { answer, type Call, nothing, param, type Route, route } from '../kit/call.ts'
import { badRequest, type Refusal } from '../kit/refusal.ts'
import { kind, type Row } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { serverGroups, servers } from './kinds.ts'
import { onlyAdmin, overLimit } from './refusals.ts'

interface NovaQuota extends Row {
  readonly limits: Readonly<Record<string, number>>
}

/** The limits that were set for single projects; the ID is the project's. */
export const novaQuotas = kind<NovaQuota>('nova_quotas', [], { hidden: true })

/** The limits of a project for which none were set. */
const ordinary = {
  cores: -1,
  instances: -1,
  key_pairs: -1,
  metadata_items: 128,
  ram: -1,
  server_group_members: 10,
  server_groups: -1,
} as const

type Limit = keyof typeof ordinary

/** Limits of a time when Nova had networks of its own. */
const former = {
  fixed_ips: -1,
  floating_ips: -1,
  injected_file_content_bytes: 10240,
  injected_file_path_bytes: 255,
  injected_files: 5,
  security_group_rules: -1,
  security_groups: -1,
}

export function limitsOf(world: World, projectId: string): Record<Limit, number> {
  return { ...ordinary, ...world.of(novaQuotas).get(projectId)?.limits }
}

export const limitOf = (world: World, projectId: string, name: Limit): number =>
  limitsOf(world, projectId)[name]

export function overQuotaFor(name: string): Refusal {
  const words: Readonly<Record<string, string>> = {
    key_pairs: 'Quota exceeded, too many key pairs.',
    server_groups: 'Quota exceeded, too many server groups.',
    server_group_members: 'Quota exceeded, too many servers in group',
  }
  return overLimit(words[name] ?? `Quota exceeded for ${name}`)
}

interface Usage {
  readonly instances: number
  readonly cores: number
  readonly ram: number
}

function usageOf(world: World, projectId: string): Usage {
  const own = world.of(servers).where('project_id', projectId)
  return {
    instances: own.length,
    cores: own.reduce((sum, { flavor }) => sum + flavor.vcpus, 0),
    ram: own.reduce((sum, { flavor }) => sum + flavor.ram, 0),
  }
}

/** Refuses servers, or a larger flavor, that the project has no room for. */
export function mustHaveRoom(world: World, projectId: string, wanted: Usage): void {
  const limits = limitsOf(world, projectId)
  const names = ['instances', 'cores', 'ram'] as const
  if (names.every((name) => limits[name] < 0)) return
  const used = usageOf(world, projectId)
  const over = names.filter(
    (name) => limits[name] >= 0 && wanted[name] > 0 && used[name] + wanted[name] > limits[name],
  )
  if (over.length === 0) return
  const said = (of: Readonly<Record<string, number>>) => over.map((name) => of[name]).join(', ')
  throw overLimit(
    `Quota exceeded for ${over.join(', ')}: Requested ${said({ ...wanted })}, but already used ${said({ ...used })} of ${said(limits)} ${over.join(', ')}`,
  )
}

function shown(call: Call, values: Readonly<Record<string, unknown>>): object {
  const extra =
    call.version >= 57
      ? []
      : Object.entries(former).filter(([name]) => call.version < 36 || name.startsWith('injected'))
  const all = [...Object.entries(values), ...extra.map(([name, limit]) => [name, limit] as const)]
  return { id: param(call), ...Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))) }
}

export const quotaRoutes: readonly Route[] = [
  route('GET /v2.1/os-quota-sets/:id', (call) => {
    mustBeOwn(call)
    return answer({ quota_set: shown(call, limitsOf(call.world, param(call))) })
  }),
  route('GET /v2.1/os-quota-sets/:id/defaults', (call) => answer({ quota_set: shown(call, ordinary) })),
  route('GET /v2.1/os-quota-sets/:id/detail', (call) => {
    onlyAdmin(call, 'os-quota-sets:detail')
    const used: Readonly<Record<string, number>> = {
      ...usageOf(call.world, param(call)),
      server_groups: call.world.of(serverGroups).filter((group) => group.project_id === param(call)).length,
    }
    const details = Object.entries(limitsOf(call.world, param(call))).map(([name, limit]) => [
      name,
      { limit, in_use: used[name] ?? 0, reserved: 0 },
    ])
    return answer({
      quota_set: shown(call, Object.fromEntries(details) as Readonly<Record<string, unknown>>),
    })
  }),
  route('PUT /v2.1/os-quota-sets/:id', update),
  route('DELETE /v2.1/os-quota-sets/:id', (call) => {
    onlyAdmin(call, 'os-quota-sets:delete')
    call.world.of(novaQuotas).remove(param(call))
    return nothing(202)
  }),
  route('GET /v2.1/limits', limits),
]

function mustBeOwn(call: Call): void {
  if (param(call) !== call.caller.projectId) onlyAdmin(call, 'os-quota-sets:show')
}

function update(call: Call) {
  onlyAdmin(call, 'os-quota-sets:update')
  const given = isMap(call.body) && isMap(call.body.quota_set) ? call.body.quota_set : {}
  const { force: _force, tenant_id: _tenant, ...limits } = given
  const unknown = Object.keys(limits).find(
    (name) => !Object.hasOwn(ordinary, name) && !Object.hasOwn(former, name),
  )
  if (unknown !== undefined) {
    throw badRequest(
      `Invalid input for field/attribute quota_set. Additional properties are not allowed ('${unknown}' was unexpected)`,
    )
  }
  const before = call.world.of(novaQuotas).get(param(call))?.limits
  const after = Object.entries(limits).map(([name, value]) => [name, Number(value)] as const)
  call.world.of(novaQuotas).add({ id: param(call), limits: { ...before, ...Object.fromEntries(after) } })
  const { id: _id, ...view } = shown(call, limitsOf(call.world, param(call))) as { id: string }
  return answer({ quota_set: view })
}

function limits(call: Call) {
  const project = call.query.get('tenant_id') ?? call.caller.projectId
  if (project !== call.caller.projectId) onlyAdmin(call, 'limits:other_project')
  const most = limitsOf(call.world, project)
  const used = usageOf(call.world, project)
  const groups = call.world.of(serverGroups).filter((group) => group.project_id === project).length
  const absolute = {
    maxTotalInstances: most.instances,
    maxTotalCores: most.cores,
    maxTotalRAMSize: most.ram,
    maxServerMeta: most.metadata_items,
    ...(call.version < 39 ? { maxImageMeta: most.metadata_items } : {}),
    ...(call.version < 57 ? { maxPersonality: 5, maxPersonalitySize: 10240 } : {}),
    maxTotalKeypairs: most.key_pairs,
    maxServerGroups: most.server_groups,
    maxServerGroupMembers: most.server_group_members,
    ...(call.version < 36
      ? { maxTotalFloatingIps: -1, maxSecurityGroups: -1, maxSecurityGroupRules: -1 }
      : {}),
    totalRAMUsed: used.ram,
    totalCoresUsed: used.cores,
    totalInstancesUsed: used.instances,
    ...(call.version < 36 ? { totalFloatingIpsUsed: 0, totalSecurityGroupsUsed: 0 } : {}),
    totalServerGroupsUsed: groups,
  }
  return answer({ limits: { rate: [], absolute } })
}
