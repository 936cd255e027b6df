import { randomBytes } from 'node:crypto'
import type { Caller } from '../kit/call.ts'
import type { World } from '../world/world.ts'
import { catalogFor } from './catalog.ts'
import {
  applicationCredentials,
  domains,
  type Project,
  projects,
  type Role,
  roles,
  type Token,
  tokens,
  trusts,
  type User,
  users,
} from './kinds.ts'
import { rolesOf, withImplied } from './roles.ts'

/** A token together with all that it stands for at this moment. */
export interface Standing {
  readonly token: Token
  /** Who the token speaks for; with an impersonating trust that is the trustor. */
  readonly user: User
  readonly project: Project | undefined
  readonly roles: readonly Role[]
}

const standingsKey = { of: 'standings' }

const standings = (world: World) => world.keep(standingsKey, () => new Map<string, Standing>())

/** Has every token looked at afresh: users, roles or trusts have changed. */
export const forgetStandings = (world: World): void => standings(world).clear()

/** What a token stands for, if it is good: known, not expired, and all it rests on still there. */
export function standingOf(world: World, id: string | undefined): Standing | undefined {
  if (!id) return undefined
  const known = standings(world).get(id)
  if (known !== undefined) return known.token.expires_at > world.now() ? known : undefined
  const token = world.of(tokens).get(id)
  if (token === undefined || token.expires_at <= world.now()) return undefined
  const standing = standingOfToken(world, token)
  if (standing !== undefined) standings(world).set(id, standing)
  return standing
}

/** What a token stands for now, or nothing if what it rests on has gone. */
export function standingOfToken(world: World, token: Token): Standing | undefined {
  const owner = enabledUser(world, token.user_id)
  if (owner === undefined || (owner.password_changed_at ?? 0) > token.issued_at) return undefined
  const project = world.of(projects).get(token.project_id)
  if (token.project_id !== undefined && !project?.enabled) return undefined
  if (token.trust_id !== undefined) return standingOfTrust(world, token, project)
  const held = heldBy(world, token)
  const scoped = token.project_id !== undefined || token.domain_id !== undefined || token.system === true
  if (held === undefined || (scoped && held.length === 0)) return undefined
  return { token, user: owner, project, roles: held }
}

function enabledUser(world: World, id: string): User | undefined {
  const user = world.of(users).get(id)
  return user?.enabled && world.of(domains).get(user.domain_id)?.enabled ? user : undefined
}

function heldBy(world: World, token: Token): readonly Role[] | undefined {
  const target = { projectId: token.project_id, domainId: token.domain_id, system: token.system }
  const held = rolesOf(world, token.user_id, target)
  if (token.application_credential_id === undefined) return held
  const credential = world.of(applicationCredentials).get(token.application_credential_id)
  if (credential === undefined) return undefined
  return held.filter((role) => credential.roles.includes(role.id))
}

/** A trust gives its roles, as long as the trustor still holds every one of them. */
function standingOfTrust(world: World, token: Token, project: Project | undefined): Standing | undefined {
  const trust = world.of(trusts).get(token.trust_id)
  if (trust === undefined) return undefined
  const trustor = enabledUser(world, trust.trustor_user_id)
  const trustee = enabledUser(world, trust.trustee_user_id)
  if (trustor === undefined || trustee === undefined) return undefined
  const held = rolesOf(world, trustor.id, { projectId: trust.project_id ?? undefined })
  if (!trust.roles.every((id) => held.some((role) => role.id === id))) return undefined
  const given = trust.roles.flatMap((id) => world.of(roles).get(id) ?? [])
  return { token, user: trust.impersonation ? trustor : trustee, project, roles: withImplied(world, given) }
}

/** The caller that a good token makes. */
export function callerOf(world: World, id: string | undefined): Caller | undefined {
  const standing = standingOf(world, id)
  if (standing === undefined) return undefined
  const names = standing.roles.map((role) => role.name)
  return {
    token: standing.token.id,
    userId: standing.user.id,
    projectId: standing.project?.id ?? '',
    domainId: standing.token.domain_id,
    roles: names,
    admin: names.includes('admin'),
  }
}

/** Makes a token; what it says beyond who and what for is worked out whenever it is used. */
export function issue(
  world: World,
  given: Omit<Token, 'id' | 'issued_at' | 'expires_at' | 'audit_ids'>,
  parent?: Token,
): Token {
  const audit = randomBytes(16).toString('base64url')
  const issued = Math.floor(world.now() / 1000) * 1000
  const token: Token = {
    ...given,
    id: `gAAAAAB${randomBytes(102).toString('base64url')}`,
    audit_ids: [audit, ...(parent?.audit_ids.slice(-1) ?? [])],
    issued_at: issued,
    expires_at: parent?.expires_at ?? issued + world.tokenTtlSeconds * 1000,
  }
  dropExpired(world)
  return world.of(tokens).add(token)
}

/** Keeps the table of tokens from growing for ever: the oldest are at its beginning. */
function dropExpired(world: World): void {
  const table = world.of(tokens)
  for (
    let oldest = table.find(() => true);
    oldest !== undefined && oldest.expires_at <= world.now();
    oldest = table.find(() => true)
  ) {
    table.remove(oldest.id)
    standings(world).delete(oldest.id)
  }
}

/** A moment as Keystone writes it. */
export const microseconds = (ms: number): string => new Date(ms).toISOString().replace('Z', '000Z')

/** The body that shows a token. */
export function tokenView(world: World, standing: Standing, { catalog }: { catalog: boolean }): object {
  const { token, user, project } = standing
  const scoped = project !== undefined || token.domain_id !== undefined || token.system === true
  const roleViews = standing.roles.map(({ id, name }) => ({ id, name }))
  return {
    token: {
      methods: token.methods,
      user: {
        domain: nameOfDomain(world, user.domain_id),
        id: user.id,
        name: user.name,
        password_expires_at: null,
      },
      audit_ids: token.audit_ids,
      expires_at: microseconds(token.expires_at),
      issued_at: microseconds(token.issued_at),
      ...scopeView(world, standing),
      ...(scoped ? { roles: roleViews } : {}),
      ...credentialView(world, token),
      ...(scoped && catalog ? { catalog: catalogFor(world, user.id, project?.id) } : {}),
    },
  }
}

function scopeView(world: World, { token, project }: Standing): object {
  if (token.system) return { system: { all: true } }
  if (token.domain_id !== undefined) return { domain: nameOfDomain(world, token.domain_id) }
  if (project === undefined) return {}
  const view = {
    project: { domain: nameOfDomain(world, project.domain_id), id: project.id, name: project.name },
  }
  const trust = world.of(trusts).get(token.trust_id)
  if (trust === undefined) return { ...view, is_domain: project.is_domain }
  return {
    ...view,
    'OS-TRUST:trust': {
      id: trust.id,
      trustor_user: { id: trust.trustor_user_id },
      trustee_user: { id: trust.trustee_user_id },
      impersonation: trust.impersonation,
    },
  }
}

function credentialView(world: World, token: Token): object {
  const credential = world.of(applicationCredentials).get(token.application_credential_id)
  if (credential === undefined) return {}
  return {
    application_credential: {
      id: credential.id,
      name: credential.name,
      restricted: !credential.unrestricted,
    },
  }
}

function nameOfDomain(world: World, id: string): { id: string; name: string } {
  return { id, name: world.of(domains).get(id)?.name ?? '' }
}
