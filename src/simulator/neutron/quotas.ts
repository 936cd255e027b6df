import { isMap } from '../../base/json.ts'
import { answer, type Call, type Route as HttpRoute, nothing, param, route } from '../kit/call.ts'
import { badRequest } from '../kit/refusal.ts'
import { type Kind, kind, type Row } from '../world/table.ts'
import { againstPolicy, overQuota } from './refusals.ts'

interface Quota extends Row {
  readonly limits: Readonly<Record<string, number>>
}

/** The limits that were set for single projects; the ID is the project's. */
export const neutronQuotas = kind<Quota>('neutron_quotas', [], { hidden: true })

/** The limits of a project for which none were set: none, but for a few. */
const ordinary: Readonly<Record<string, number>> = {
  network: -1,
  subnet: -1,
  subnetpool: -1,
  port: -1,
  router: -1,
  floatingip: -1,
  rbac_policy: 10,
  security_group: -1,
  security_group_rule: -1,
  trunk: -1,
}

/** What counts against which limit. */
const counted: Readonly<Record<string, string>> = {
  network: 'networks',
  subnet: 'subnets',
  subnetpool: 'subnetpools',
  port: 'ports',
  router: 'routers',
  floatingip: 'floatingips',
  rbac_policy: 'rbac_policies',
  security_group: 'security_groups',
  security_group_rule: 'security_group_rules',
  trunk: 'trunks',
}

export function limitsOf(
  { world }: Pick<Call, 'world'>,
  projectId: string,
): Readonly<Record<string, number>> {
  return { ...ordinary, ...world.of(neutronQuotas).get(projectId)?.limits }
}

function usedBy({ world }: Pick<Call, 'world'>, projectId: string, name: string): number {
  const rows = world.census().get(counted[name] ?? '') ?? []
  return rows.filter((row) => (row as { readonly project_id?: unknown }).project_id === projectId).length
}

interface Limited<T extends Row> {
  readonly kind: Kind<T>
  readonly quota?: string
}

/** Refuses what would bring a project over its limit. */
export function mustFitQuota<T extends Row>(
  call: Pick<Call, 'world'>,
  { quota }: Limited<T>,
  projects: readonly string[],
): void {
  if (quota === undefined) return
  for (const project of new Set(projects)) {
    const limit = limitsOf(call, project)[quota] ?? -1
    const wanted = projects.filter((each) => each === project).length
    if (limit >= 0 && usedBy(call, project, quota) + wanted > limit) throw overQuota(quota)
  }
}

export const quotaRoutes: readonly HttpRoute[] = [
  route('GET /v2.0/quotas', (call) => {
    onlyAdmin(call, 'get_quota')
    return answer({
      quotas: call.world
        .of(neutronQuotas)
        .all()
        .map(({ id }) => ({ ...limitsOf(call, id), project_id: id, tenant_id: id })),
    })
  }),
  route('GET /v2.0/quotas/:id', (call) => {
    mustBeOwn(call, 'get_quota')
    return answer({ quota: limitsOf(call, param(call)) })
  }),
  route('GET /v2.0/quotas/:id/default', () => answer({ quota: ordinary })),
  route('GET /v2.0/quotas/:id/details', (call) => {
    mustBeOwn(call, 'get_quota')
    return answer({ quota: detailsOf(call) })
  }),
  route('GET /v2.0/quotas/:id/details.json', (call) => answer({ quota: detailsOf(call) })),
  route('PUT /v2.0/quotas/:id', (call) => {
    onlyAdmin(call, 'update_quota')
    const wanted = isMap(call.body) && isMap(call.body.quota) ? call.body.quota : {}
    const { check_limit: _check, project_id: _project, tenant_id: _tenant, ...limits } = wanted
    const unknown = Object.keys(limits).filter((name) => !Object.hasOwn(ordinary, name))
    if (unknown.length > 0) throw badRequest(`Unrecognized attribute(s) '${unknown.join(', ')}'`)
    const before = call.world.of(neutronQuotas).get(param(call))?.limits
    const after = Object.entries(limits).map(([name, value]) => [name, Number(value)] as const)
    call.world.of(neutronQuotas).add({ id: param(call), limits: { ...before, ...Object.fromEntries(after) } })
    return answer({ quota: limitsOf(call, param(call)) })
  }),
  route('DELETE /v2.0/quotas/:id', (call) => {
    onlyAdmin(call, 'delete_quota')
    call.world.of(neutronQuotas).remove(param(call))
    return nothing()
  }),
]

function detailsOf(call: Call): object {
  const limits = limitsOf(call, param(call))
  const details = Object.entries(limits).map(([name, limit]) => [
    name,
    { limit, used: usedBy(call, param(call), name), reserved: 0 },
  ])
  return Object.fromEntries(details) as object
}

function onlyAdmin(call: Call, action: string): void {
  if (!call.caller.admin) throw againstPolicy(action)
}

function mustBeOwn(call: Call, action: string): void {
  if (!call.caller.admin && param(call) !== call.caller.projectId) throw againstPolicy(action)
}
