import { type Log, silent } from '../base/log.ts'
import { messageOf } from '../base/problem.ts'
import { CloudError, type CloudSession, isCloudError, sessionWith, unlessGone } from '../cloud/index.ts'
import { type KeystoneClient, keystone, type Trust } from '../cloud/keystone/index.ts'
import { MissingCredential } from '../contract/problems.ts'
import type { Caller } from '../contract/views.ts'
import type { OwnSession } from './own-session.ts'
import { type PasswordSessions, passwordSessions } from './password-sessions.ts'
import { factsOf } from './token-facts.ts'
import { type TrustMarks, trustMarks } from './trust-marks.ts'
import { canUseTrusts, noTrusts, trustSessions } from './trust-sessions.ts'

/** What is stored with a stack to act in its owner's name later. It gives access: store it encrypted. */
export type StoredCredential = { readonly userId: string; readonly projectId: string } & (
  | { readonly by: 'trust'; readonly trustId: string; readonly owned: boolean }
  /** The owner's own password, where a site wants that instead of trusts. */
  | { readonly by: 'password'; readonly password: string }
  /** The owner is the very user that this service runs as. */
  | { readonly by: 'own' }
  /** Nothing could be stored: only the token of whoever asks can be used, as long as it lasts. */
  | { readonly by: 'none'; readonly reason: string }
)

export type OwnedTrust = Extract<StoredCredential, { readonly by: 'trust' }>

/** Lets the service act for callers, also when they are long gone. */
export interface Delegation {
  /**
   * Gets what is needed to act for a caller later. A caller whose token may not make a trust (one got from an EC2 or
   * a restricted application credential, or through another's trust) is not refused: then nothing is stored, and work
   * on the stack needs a caller's token. `passedOn`: another service may make a trust of its own of it, once.
   */
  entrust(caller: Caller, passedOn: boolean): Promise<StoredCredential>
  /** A session in the name of the stored credential's owner; a caller's token helps where nothing could be stored. */
  sessionFor(stored: StoredCredential, caller?: Caller): Promise<CloudSession>
  /** A session with the caller's own token, for as long as that lasts. */
  sessionOf(caller: Caller): Promise<CloudSession>
  /** Whether a stored credential gives access now. That Keystone can't be asked says nothing against it. */
  opens(stored: StoredCredential, caller?: Caller): Promise<boolean>
  /** Gives back what `entrust` got; what is gone already is well. */
  revoke(stored: StoredCredential, caller?: Caller): Promise<void>
  /** The trusts of this site that are there, whether or not anybody knows of them; not those that could not be marked as its own. */
  given(): Promise<readonly OwnedTrust[]>
}

export interface DelegationOptions {
  /** The trustee: the user of `[trustee]`, or else of `[keystone_authtoken]`. */
  readonly own: OwnSession
  /** Who may look at callers' tokens: the user of `[keystone_authtoken]`; the trustee, if none is given. */
  readonly inspector?: OwnSession
  /** The roles to pass on; all of the caller's, if none are given (`trusts_delegated_roles`). */
  readonly roles?: readonly string[]
  /** By what to act for callers later (`deferred_auth_method`); by trusts, unless said. */
  readonly by?: 'trusts' | 'password'
  /** What tells this site from all others; then its trusts can be told from theirs. */
  readonly site?: string
  readonly log?: Log
  /** How many sessions are kept open. */
  readonly remember?: number
}

/** Acts for others by Keystone trusts: the caller is the trustor, the service's own user the trustee. */
export function delegation(options: DelegationOptions): Delegation {
  const { own, inspector = own, roles = [], log = silent, remember = 2000 } = options
  const marks = options.site === undefined ? undefined : trustMarks(options.site)
  const trusts = trustSessions(own.connection, remember)
  const passwords = passwordSessions(own.connection, remember)
  const sessionOf = (caller: Caller) => asCaller(own, inspector, caller)

  async function entrust(caller: Caller, passedOn: boolean): Promise<StoredCredential> {
    const { userId, projectId } = caller
    if (options.by === 'password') return await passwordOf(passwords, caller)
    const self = await own.open()
    if (self.userId === userId && self.projectId === projectId && caller.trustId === undefined) {
      return { by: 'own', userId, projectId }
    }
    try {
      return { by: 'trust', userId, projectId, ...(await trustOf(caller, self.userId, passedOn)) }
    } catch (error) {
      if (!isRefused(error)) throw error
      log.warn({ userId, projectId, reason: messageOf(error) }, 'no trust could be made')
      return { by: 'none', userId, projectId, reason: messageOf(error) }
    }
  }

  /** The trust a request came through is used on, if it is to this service. */
  async function trustOf(
    caller: Caller,
    trusteeId: string,
    passedOn: boolean,
  ): Promise<{ trustId: string; owned: boolean }> {
    if (!canUseTrusts(own.connection)) throw noTrusts()
    const callers = keystone.connect(await sessionOf(caller)).trusts
    const present = caller.trustId === undefined ? undefined : await unlessGone(callers.get(caller.trustId))
    if (present?.trustee_user_id === trusteeId) return { trustId: present.id, owned: false }
    // One that is made of another's can't outlast it.
    const end = caller.trustId === undefined ? marks?.newEnd() : undefined
    const made = await newTrust(callers, caller, { trusteeId, passedOn, roles, end })
    return { trustId: made.id, owned: true }
  }

  async function sessionFor(stored: StoredCredential, caller?: Caller): Promise<CloudSession> {
    switch (stored.by) {
      case 'own':
        return ownSessionOf(own, stored)
      case 'trust':
        return trusts.open(stored.trustId)
      case 'password':
        return passwords.open(stored)
      case 'none':
        if (caller?.token !== undefined) return sessionOf(caller)
        throw nothingStored(stored.reason)
    }
  }

  async function revoke(stored: StoredCredential, caller?: Caller): Promise<void> {
    if (stored.by !== 'trust' || !stored.owned) return
    const opened = await trusts.openIfGood(stored.trustId)
    if (opened !== undefined && !(await deleteTrust(opened, stored.trustId))) {
      // Some Keystones let a trust be deleted only with a token of the trustor's own.
      if (caller?.token !== undefined) await deleteTrust(await sessionOf(caller), stored.trustId)
    }
    trusts.forget(stored.trustId)
  }

  const opens = (stored: StoredCredential, caller?: Caller): Promise<boolean> =>
    isGood(stored, () => (stored.by === 'password' ? passwords.openAnew(stored) : sessionFor(stored, caller)))

  const given = () => trustsOf(own, marks)

  return { entrust, sessionFor, sessionOf, opens, revoke, given }
}

/** A wrong password is told at once, not when the stack is deployed. */
async function passwordOf(
  passwords: PasswordSessions,
  { userId, projectId, password }: Caller,
): Promise<StoredCredential> {
  if (password === undefined) throw MissingCredential({ required: 'X-Auth-Key' })
  const holder = { userId, projectId, password }
  await passwords.openAnew(holder)
  return { by: 'password', ...holder }
}

async function isGood(stored: StoredCredential, open: () => Promise<CloudSession>): Promise<boolean> {
  try {
    const session = await open()
    // A session goes on for as long as its token is not looked at.
    if (stored.by === 'trust') await keystone.connect(session).trusts.get(stored.trustId)
    return true
  } catch (error) {
    return !(isRefused(error) || isCloudError(error, 'unauthorized'))
  }
}

type Trusts = KeystoneClient['trusts']

interface Wish {
  readonly trusteeId: string
  readonly passedOn: boolean
  readonly roles: readonly string[]
  readonly end: string | undefined
}

/** Where that end is taken, one that ends never will do: it only can't be told from those of others. */
async function newTrust(trusts: Trusts, caller: Caller, wish: Wish): Promise<Trust> {
  try {
    return await trusts.create(trustBody(caller, wish))
  } catch (error) {
    if (wish.end === undefined || !isCloudError(error, 'conflict')) throw error
    return await trusts.create(trustBody(caller, { ...wish, end: undefined }))
  }
}

const trustBody = (caller: Caller, { trusteeId, passedOn, roles, end }: Wish) => ({
  trustor_user_id: caller.userId,
  trustee_user_id: trusteeId,
  project_id: caller.projectId,
  impersonation: true,
  ...(end !== undefined && { expires_at: end }),
  ...(passedOn && { allow_redelegation: true, redelegation_count: 1 }),
  roles: (roles.length > 0 ? roles : caller.roles).map((name) => ({ name })),
})

/** The service may by now run as somebody else, who must not act on the owner's stacks. */
async function ownSessionOf(own: OwnSession, { userId, projectId }: StoredCredential): Promise<CloudSession> {
  const self = await own.open()
  if (self.userId === userId && self.projectId === projectId) return self
  throw nothingStored('its owner was the user that this service ran as, and it runs as another now.')
}

async function trustsOf(own: OwnSession, marks: TrustMarks | undefined): Promise<readonly OwnedTrust[]> {
  if (marks === undefined || !canUseTrusts(own.connection)) return []
  const self = await own.open()
  const listed = await keystone.connect(self).trusts.list({ trustee_user_id: self.userId })
  return listed.flatMap((trust) => {
    // What others made of a trust of this site ends when that does.
    const isOurs = trust.redelegated_trust_id === null && trust.trustee_user_id === self.userId
    if (!isOurs || !marks.isOwn(trust.expires_at)) return []
    const [userId, projectId] = [trust.trustor_user_id, trust.project_id ?? '']
    return [{ by: 'trust', trustId: trust.id, owned: true, userId, projectId }]
  })
}

async function asCaller(
  own: OwnSession,
  inspector: OwnSession,
  { token, projectId }: Caller,
): Promise<CloudSession> {
  if (token === undefined) throw nothingStored('the request came without a token.')
  const facts = await factsOf(inspector, token, { catalog: true })
  if (facts?.project?.id === projectId) return sessionWith(own.connection, facts)
  const reason = facts === undefined ? 'not good any more' : 'of another project than the request'
  throw new CloudError(`The token is ${reason}.`, { kind: 'unauthorized', service: 'identity' })
}

/** Whether the trust is gone now. */
async function deleteTrust(session: CloudSession, trustId: string): Promise<boolean> {
  try {
    await unlessGone(keystone.connect(session).trusts.delete(trustId))
    return true
  } catch (error) {
    if (isCloudError(error, 'forbidden')) return false
    throw error
  }
}

/** Keystone does not let this caller make this trust: no such right, no such role, an odd token. */
const isRefused = (error: unknown): boolean =>
  isCloudError(error, 'forbidden') || isCloudError(error, 'not-found') || isCloudError(error, 'bad-request')

const nothingStored = (reason: string): CloudError =>
  new CloudError(`No credential is stored to act for the owner of this stack: ${reason}`, {
    kind: 'unauthorized',
    service: 'identity',
  })
