import { randomBytes } from 'node:crypto'
import { answer, type Call, created, link, nothing, param, type Route, route } from '../kit/call.ts'
import { badRequest } from '../kit/refusal.ts'
import { digest } from './authenticate.ts'
import { listed } from './collection.ts'
import { type ApplicationCredential, applicationCredentials, roles } from './kinds.ts'
import { checked, duplicate, forbiddenAction, unknown } from './refusals.ts'
import { roleNamed, rolesOf } from './roles.ts'
import { standingOf } from './tokens.ts'

const base = '/v3/users/:user/application_credentials'

export const applicationCredentialRoutes: readonly Route[] = [
  route(`GET ${base}`, (call) => {
    mustBeOwn(call, 'list')
    const name = call.query.get('name')
    const own = call.world.of(applicationCredentials).where('user_id', param(call, 'user'))
    const wanted = own.filter((each) => name === null || each.name === name)
    return answer(
      listed(
        call,
        'application_credentials',
        wanted.map((each) => view(call, each)),
      ),
    )
  }),
  route(`POST ${base}`, create),
  route(`GET ${base}/:id`, (call) =>
    answer({ application_credential: view(call, oneOfTheirs(call, 'get')) }),
  ),
  route(`DELETE ${base}/:id`, (call) => {
    mustNotBeRestricted(call)
    call.world.of(applicationCredentials).remove(oneOfTheirs(call, 'delete').id)
    return nothing()
  }),
]

const shape = {
  required: ['name'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 255 },
    description: { type: ['string', 'null'] },
    secret: { type: ['string', 'null'] },
    expires_at: { type: ['string', 'null'] },
    roles: { type: 'array', items: { type: 'object' } },
    unrestricted: { type: ['boolean', 'null'] },
    access_rules: { type: 'array', items: { type: 'object' } },
  },
} as const

function mustBeOwn(call: Call, action: string): void {
  const { admin, userId } = call.caller
  if (userId !== param(call, 'user') && !(admin && action !== 'create')) {
    throw forbiddenAction(`identity:${action}_application_credential`)
  }
}

function mustNotBeRestricted(call: Call): void {
  const id = standingOf(call.world, call.caller.token)?.token.application_credential_id
  const credential = call.world.of(applicationCredentials).get(id)
  if (credential !== undefined && !credential.unrestricted) {
    throw forbiddenAction(
      "Using method 'application_credential' is not allowed for managing additional application credentials.",
    )
  }
}

function oneOfTheirs(call: Call, action: string): ApplicationCredential {
  mustBeOwn(call, action)
  const row = call.world.of(applicationCredentials).get(param(call))
  if (row === undefined || row.user_id !== param(call, 'user'))
    throw unknown('Application Credential', param(call))
  return row
}

function create(call: Call) {
  const fields = checked(call.body, 'application_credential', shape)
  mustBeOwn(call, 'create')
  mustNotBeRestricted(call)
  const { userId, projectId } = call.caller
  if (projectId === '') throw forbiddenAction('identity:create_application_credential')
  const theirs = call.world.of(applicationCredentials).where('user_id', userId)
  if (theirs.some((each) => each.name === fields.name)) {
    throw duplicate('application_credential', `Duplicate entry found with name ${String(fields.name)}`)
  }
  const id = call.world.random.hex(32)
  const secret = typeof fields.secret === 'string' ? fields.secret : randomBytes(64).toString('base64url')
  const row = call.world.of(applicationCredentials).add({
    id,
    name: String(fields.name),
    description: (fields.description as string | undefined) ?? null,
    user_id: userId,
    project_id: projectId,
    roles: rolesFor(call, fields.roles),
    expires_at: expiryOf(fields.expires_at),
    unrestricted: (fields.unrestricted as boolean | undefined) ?? null,
    secret_digest: digest(id, secret),
    ...(fields.access_rules ? { access_rules: fields.access_rules as object[] } : {}),
  })
  return created({ application_credential: { ...view(call, row), secret } })
}

function rolesFor(call: Call, wanted: unknown): string[] {
  const { userId, projectId } = call.caller
  const held = rolesOf(call.world, userId, { projectId })
  if (!Array.isArray(wanted) || wanted.length === 0) return held.map((role) => role.id)
  return wanted.map((each: { id?: string; name?: string }) => {
    const role =
      each.id === undefined ? roleNamed(call.world, String(each.name)) : call.world.of(roles).get(each.id)
    if (role === undefined) throw unknown('role', String(each.id ?? each.name))
    if (!held.some((one) => one.id === role.id))
      throw badRequest(
        `Invalid application credential: Could not find role assignment with role: ${role.id}, user or group: ${userId}, project, domain, or system: ${projectId}.`,
      )
    return role.id
  })
}

function expiryOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const moment = Date.parse(/[zZ]$/.test(value) ? value : `${value}Z`)
  if (Number.isNaN(moment)) throw badRequest('Timestamp not in expected format.')
  return new Date(moment).toISOString().replace('Z', '000')
}

function view(call: Call, { secret_digest: _digest, ...row }: ApplicationCredential): object {
  const held = row.roles.flatMap((id) => call.world.of(roles).get(id) ?? [])
  const roleViews = held.map(({ id, name, domain_id, description, options }) => ({
    id,
    name,
    domain_id,
    description,
    options,
  }))
  const self = link(call, `/identity/v3/application_credentials/${row.id}`)
  return { ...row, roles: roleViews, system: null, links: { self } }
}
