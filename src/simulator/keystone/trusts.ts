import { answer, type Call, created, link, nothing, param, type Route, route } from '../kit/call.ts'
import { badRequest, conflict, notFound } from '../kit/refusal.ts'
import { listed, shown } from './collection.ts'
import { projects, type Role, roles, type Trust, trusts, users } from './kinds.ts'
import { roleCollection } from './places.ts'
import { checked, forbiddenAction, unknown } from './refusals.ts'
import { roleNamed, rolesOf } from './roles.ts'
import { microseconds, standingOf } from './tokens.ts'

type Fields = Readonly<Record<string, unknown>>

export const trustRoutes: readonly Route[] = [
  route('GET /v3/OS-TRUST/trusts', list),
  route('POST /v3/OS-TRUST/trusts', create),
  route('GET /v3/OS-TRUST/trusts/:id', (call) => answer({ trust: fullView(call, oneOfTheirs(call)) })),
  route('DELETE /v3/OS-TRUST/trusts/:id', remove),
  route('GET /v3/OS-TRUST/trusts/:id/roles', (call) =>
    answer(listed(call, 'roles', roleViews(call, oneOfTheirs(call)))),
  ),
  route('GET /v3/OS-TRUST/trusts/:id/roles/:role', (call) => {
    const role =
      oneOfTheirs(call).roles.includes(param(call, 'role')) && call.world.of(roles).get(param(call, 'role'))
    if (!role) throw unknown('role', param(call, 'role'))
    return answer({ role: shown(call, roleCollection, role) })
  }),
]

const shape = {
  required: ['trustee_user_id', 'trustor_user_id', 'impersonation'],
  properties: {
    trustee_user_id: { type: 'string' },
    trustor_user_id: { type: 'string' },
    impersonation: { type: 'boolean' },
    project_id: { type: ['string', 'null'] },
    remaining_uses: { type: ['integer', 'null'], minimum: 1 },
    expires_at: { type: ['string', 'null'] },
    allow_redelegation: { type: ['boolean', 'null'] },
    redelegation_count: { type: ['integer', 'null'], minimum: 0 },
    roles: { type: 'array', items: { type: 'object' } },
  },
} as const

function create(call: Call) {
  const fields = checked(call.body, 'trust', shape)
  mustNotBeDelegated(call)
  const wanted = (fields.roles as readonly Fields[] | undefined) ?? []
  if (fields.project_id && wanted.length === 0) throw forbiddenAction('At least one role should be specified')
  if (call.caller.userId !== fields.trustor_user_id) {
    throw forbiddenAction('The authenticated user should match the trustor')
  }
  if (call.world.of(users).get(String(fields.trustee_user_id)) === undefined) {
    throw unknown('user', String(fields.trustee_user_id))
  }
  const given = wanted.map((each) => roleIn(call, each))
  const project = typeof fields.project_id === 'string' ? fields.project_id : null
  if (project !== null) mustHold(call, project, given)
  const trust: Trust = {
    id: call.world.random.hex(32),
    trustor_user_id: call.caller.userId,
    trustee_user_id: String(fields.trustee_user_id),
    project_id: project,
    impersonation: fields.impersonation === true,
    roles: given.map((role) => role.id),
    expires_at: expiryOf(call, fields.expires_at),
    remaining_uses: (fields.remaining_uses as number | null | undefined) ?? null,
    deleted_at: null,
    redelegated_trust_id: null,
    redelegation_count: Number(fields.redelegation_count ?? 0),
  }
  mustEndAlone(call, trust)
  call.world.of(trusts).add(trust)
  return created({ trust: fullView(call, trust) })
}

/** Keystone's tables hold no two trusts that are alike up to the second at which they end. */
function mustEndAlone(call: Call, trust: Trust): void {
  const keys = ['trustor_user_id', 'trustee_user_id', 'project_id', 'impersonation', 'expires_at'] as const
  const twin =
    trust.expires_at !== null &&
    call.world.of(trusts).find((one) => keys.every((key) => one[key] === trust[key]))
  if (twin)
    throw conflict(`Conflict occurred attempting to store trust - Duplicate entry found with ID ${trust.id}.`)
}

/** A token that was itself lent, by an application credential, may not lend on. */
function mustNotBeDelegated(call: Call): void {
  if (standingOf(call.world, call.caller.token)?.token.application_credential_id !== undefined) {
    throw forbiddenAction('Delegated tokens cannot manage trusts.')
  }
}

function roleIn(call: Call, given: Fields): Role {
  const role =
    typeof given.id === 'string'
      ? call.world.of(roles).get(given.id)
      : roleNamed(call.world, String(given.name))
  if (role !== undefined) return role
  throw given.id === undefined
    ? notFound(`Role ${String(given.name)} is not defined`)
    : unknown('role', String(given.id))
}

function mustHold(call: Call, projectId: string, given: readonly Role[]): void {
  if (call.world.of(projects).get(projectId) === undefined) throw unknown('project', projectId)
  const held = rolesOf(call.world, call.caller.userId, { projectId })
  const other = given.find((role) => !held.some((each) => each.id === role.id))
  if (other !== undefined) throw unknown('role', other.id)
}

function expiryOf(call: Call, value: unknown): string | null {
  if (typeof value !== 'string') return null
  const moment = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(value) ? value : `${value}Z`)
  if (Number.isNaN(moment)) throw badRequest('Timestamp not in expected format.')
  if (moment < call.world.now()) throw badRequest("The 'expires_at' must not be before now.")
  return microseconds(Math.floor(moment / 1000) * 1000)
}

function list(call: Call) {
  mustNotBeDelegated(call)
  const trustor = call.query.get('trustor_user_id')
  const trustee = call.query.get('trustee_user_id')
  const own = (trustor ?? trustee) === call.caller.userId
  if (!own && !call.caller.admin) throw forbiddenAction('identity:list_trusts')
  const wanted = call.world
    .of(trusts)
    .filter(
      (each) =>
        (trustor === null || each.trustor_user_id === trustor) &&
        (trustee === null || each.trustee_user_id === trustee),
    )
  return answer(
    listed(
      call,
      'trusts',
      wanted.map((each) => view(call, each)),
    ),
  )
}

function oneOfTheirs(call: Call): Trust {
  const trust = call.world.of(trusts).get(param(call))
  if (trust === undefined || hasExpired(call, trust)) throw notFound(`Could not find trust: ${param(call)}.`)
  const { userId, admin } = call.caller
  if (!admin && userId !== trust.trustor_user_id && userId !== trust.trustee_user_id) {
    throw forbiddenAction('identity:get_trust')
  }
  mustNotBeDelegated(call)
  return trust
}

const hasExpired = (call: Call, trust: Trust): boolean =>
  trust.expires_at !== null && Date.parse(trust.expires_at) <= call.world.now()

function remove(call: Call) {
  const trust = oneOfTheirs(call)
  if (!call.caller.admin && call.caller.userId !== trust.trustor_user_id)
    throw forbiddenAction('identity:delete_trust')
  call.world.of(trusts).remove(trust.id)
  return nothing()
}

function view(call: Call, { roles: _roles, ...trust }: Trust): object {
  return { ...trust, links: { self: link(call, `/identity/v3/OS-TRUST/trusts/${trust.id}`) } }
}

function fullView(call: Call, trust: Trust): object {
  const self = link(call, `/identity/v3/OS-TRUST/trusts/${trust.id}/roles`)
  return {
    ...view(call, trust),
    roles: roleViews(call, trust),
    roles_links: { self, next: null, previous: null },
  }
}

function roleViews(call: Call, trust: Trust): object[] {
  return trust.roles
    .flatMap((id) => call.world.of(roles).get(id) ?? [])
    .map((role) => shown(call, roleCollection, role))
}
