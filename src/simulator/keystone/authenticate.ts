import { createHash } from 'node:crypto'
import { isMap } from '../../base/json.ts'
import { type Call, header, nothing, type Route, route } from '../kit/call.ts'
import { badRequest, forbidden, unauthorized } from '../kit/refusal.ts'
import type { World } from '../world/world.ts'
import {
  type ApplicationCredential,
  applicationCredentials,
  domains,
  projects,
  type Token,
  tokens,
  trusts,
  type User,
  users,
} from './kinds.ts'
import { forbiddenAction, missing, unknown } from './refusals.ts'
import { rolesOf } from './roles.ts'
import { forgetStandings, issue, type Standing, standingOf, standingOfToken, tokenView } from './tokens.ts'

type Fields = Readonly<Record<string, unknown>>

/** Who somebody proved to be, and what their proof ties them to. */
interface Proof {
  readonly user: User
  readonly methods: readonly string[]
  readonly parent?: Token
  readonly credential?: ApplicationCredential
}

type Scope = Pick<Token, 'project_id' | 'domain_id' | 'system' | 'trust_id'>

/** How a secret is kept. */
export const digest = (id: string, secret: string): string =>
  createHash('sha256').update(`${id}:${secret}`).digest('hex')

export const tokenRoutes: readonly Route[] = [
  route('POST /v3/auth/tokens', authenticate, { open: true }),
  route('GET /v3/auth/tokens', validate, { open: true }),
  route('HEAD /v3/auth/tokens', (call) => ({ ...validate(call), body: undefined }), { open: true }),
  route('DELETE /v3/auth/tokens', revoke, { open: true }),
]

function authenticate(call: Call) {
  const auth = mapIn(call.body, 'auth', 'request body')
  const identity = mapIn(auth, 'identity', 'auth')
  const proof = prove(call.world, identity)
  const scope = scopeOf(call.world, proof, auth.scope)
  const { user, methods, parent, credential } = proof
  const token = issue(
    call.world,
    {
      ...scope,
      methods,
      user_id: user.id,
      ...(credential ? { application_credential_id: credential.id } : {}),
    },
    parent,
  )
  const standing = standingOfToken(call.world, token)
  if (standing === undefined) {
    call.world.of(tokens).remove(token.id)
    throw token.trust_id === undefined
      ? unauthorized()
      : forbidden('You are not authorized to perform the requested action.')
  }
  return tokenAnswer(call, standing, 201)
}

function tokenAnswer(call: Call, standing: Standing, status: number) {
  const body = tokenView(call.world, standing, { catalog: !call.query.has('nocatalog') })
  return { status, body, headers: { 'x-subject-token': standing.token.id, vary: 'X-Auth-Token' } }
}

function mapIn(value: unknown, name: string, target: string): Fields {
  const inner = isMap(value) ? value[name] : undefined
  if (inner === undefined) throw missing(name, target)
  if (!isMap(inner))
    throw badRequest(`Invalid input for field '${name}': ${JSON.stringify(inner)} is not of type 'object'`)
  return inner
}

function prove(world: World, identity: Fields): Proof {
  const methods = identity.methods
  if (!Array.isArray(methods) || methods.length === 0) throw missing('methods', 'identity')
  const method = String(methods[0])
  const given = mapIn(identity, method, 'identity')
  if (method === 'password') return byPassword(world, mapIn(given, 'user', 'password'))
  if (method === 'token') return byToken(world, given)
  if (method === 'application_credential') return byCredential(world, given)
  throw unauthorized()
}

function byPassword(world: World, given: Fields): Proof {
  if (typeof given.password !== 'string') throw missing('password', 'user')
  const user = userOf(world, given)
  if (!user?.enabled || user.password_digest !== digest(user.id, given.password)) throw unauthorized()
  return { user, methods: ['password'] }
}

function userOf(world: World, given: Fields): User | undefined {
  if (typeof given.id === 'string') return world.of(users).get(given.id)
  if (typeof given.name !== 'string') throw missing('name', 'user')
  const domain = domainOf(world, given)
  return world.of(users).find((each) => each.name === given.name && each.domain_id === domain)
}

function domainOf(world: World, given: Fields): string | undefined {
  const { id, name } = mapIn(given, 'domain', 'user')
  return world.of(domains).find((each) => each.id === id || (id === undefined && each.name === name))?.id
}

function byToken(world: World, given: Fields): Proof {
  if (typeof given.id !== 'string') throw missing('id', 'token')
  const standing = standingOf(world, given.id)
  if (standing === undefined) throw unknown('token', given.id)
  const parent = standing.token
  if (parent.trust_id !== undefined) {
    throw forbidden('You are not authorized to perform the requested action.')
  }
  if (parent.application_credential_id !== undefined) {
    throw forbiddenAction('Using a delegated token to create another token is not allowed.')
  }
  return { user: standing.user, methods: [...new Set(['token', ...parent.methods])], parent }
}

function byCredential(world: World, given: Fields): Proof {
  const owner = given.id === undefined && isMap(given.user) ? userOf(world, given.user) : undefined
  const credential = world
    .of(applicationCredentials)
    .find((each) =>
      given.id === undefined ? each.name === given.name && each.user_id === owner?.id : each.id === given.id,
    )
  const user = world.of(users).get(credential?.user_id)
  if (credential === undefined || !user?.enabled) throw unauthorized()
  if (credential.secret_digest !== digest(credential.id, String(given.secret))) throw unauthorized()
  if (credential.expires_at !== null && Date.parse(`${credential.expires_at}Z`) <= world.now())
    throw unauthorized()
  return { user, methods: ['application_credential'], credential }
}

function scopeOf(world: World, proof: Proof, scope: unknown): Scope {
  if (proof.credential !== undefined) {
    const wanted = isMap(scope) && isMap(scope.project) ? scope.project.id : undefined
    if (scope !== undefined && wanted !== proof.credential.project_id) throw unauthorized()
    return { project_id: proof.credential.project_id }
  }
  if (scope === undefined) return defaultScope(world, proof.user)
  if (scope === 'unscoped' || !isMap(scope)) return {}
  if (isMap(scope.project)) return { project_id: projectOf(world, scope.project) }
  if (isMap(scope.domain)) return { domain_id: domainOf(world, scope) ?? refuse() }
  if (isMap(scope['OS-TRUST:trust'])) return trustScope(world, proof, String(scope['OS-TRUST:trust'].id))
  if (isMap(scope.system)) return { system: true }
  return {}
}

function refuse(): never {
  throw unauthorized()
}

function defaultScope(world: World, user: User): Scope {
  const id = user.default_project_id
  return id !== undefined && rolesOf(world, user.id, { projectId: id }).length > 0 ? { project_id: id } : {}
}

function projectOf(world: World, given: Fields): string {
  if (typeof given.id === 'string') return world.of(projects).get(given.id)?.id ?? refuse()
  if (typeof given.name !== 'string') throw missing('name', 'project')
  const domain = domainOf(world, given)
  return (
    world.of(projects).find((each) => each.name === given.name && each.domain_id === domain)?.id ?? refuse()
  )
}

function trustScope(world: World, { user }: Proof, id: string): Scope {
  const trust = world.of(trusts).get(id)
  if (trust === undefined) throw unauthorized()
  if (trust.expires_at !== null && Date.parse(trust.expires_at) <= world.now()) throw unauthorized()
  if (trust.trustee_user_id !== user.id)
    throw forbidden('You are not authorized to perform the requested action.')
  if (trust.remaining_uses !== null) {
    if (trust.remaining_uses < 1) throw forbidden(`No remaining uses for trust: ${id}.`)
    world.of(trusts).change(id, { remaining_uses: trust.remaining_uses - 1 })
  }
  return { trust_id: id, ...(trust.project_id === null ? {} : { project_id: trust.project_id }) }
}

/** Both tokens of a request about a token: who asks, and what is asked about. */
function subjectOf(call: Call, action: string): Standing {
  const asking = standingOf(call.world, header(call, 'x-auth-token'))
  if (asking === undefined) throw unauthorized()
  const subject = header(call, 'x-subject-token')
  if (subject === undefined) throw forbiddenAction(action)
  const standing = standingOf(call.world, subject)
  if (standing === undefined) throw unknown('token', subject)
  const trusted = asking.roles.some((role) => role.name === 'admin' || role.name === 'service')
  if (!trusted && asking.user.id !== standing.user.id) throw forbiddenAction(action)
  return standing
}

function validate(call: Call) {
  return tokenAnswer(call, subjectOf(call, 'identity:validate_token'), 200)
}

function revoke(call: Call) {
  const { token } = subjectOf(call, 'identity:revoke_token')
  call.world.of(tokens).remove(token.id)
  forgetStandings(call.world)
  return nothing()
}
