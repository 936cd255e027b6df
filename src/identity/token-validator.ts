import { createHash } from 'node:crypto'
import { BoundedMap } from '../base/bounded-map.ts'
import type { Clock } from '../base/clock.ts'
import { type Log, silent } from '../base/log.ts'
import { messageOf } from '../base/problem.ts'
import { CloudError, isCloudError, type Token } from '../cloud/index.ts'
import { Unauthorized, Unavailable } from '../contract/problems.ts'
import type { Caller } from '../contract/views.ts'
import type { OwnSession } from './own-session.ts'
import { factsOf } from './token-facts.ts'

/** Tells who a token belongs to. */
export interface TokenValidator {
  /** The caller; problem 401 if the token is not good, 503 if Keystone can't be asked. */
  validate(token: string): Promise<Caller>
  /** Whether it is known to be good without Keystone's being asked. */
  knows(token: string): boolean
}

export interface TokenValidatorOptions {
  /** The service's own user, who may ask Keystone about others' tokens. */
  readonly own: OwnSession
  readonly clock: Clock
  readonly log?: Log
  /** How long an answer is believed; a revoked token goes on working for so long. */
  readonly keepSeconds?: number
  /** How long a refusal is believed. */
  readonly keepRefusedSeconds?: number
  /** How much longer a good answer is believed while Keystone can't be reached. */
  readonly graceSeconds?: number
  /** How many tokens are remembered. */
  readonly remember?: number
}

interface Kept {
  readonly caller: Caller | undefined
  readonly until: number
  /** The token's own end. */
  readonly expiresAt: number
}

/** Asks Keystone about tokens, once for each token and while; never believes one beyond its end. */
export function tokenValidator(options: TokenValidatorOptions): TokenValidator {
  const { own, clock, log = silent, keepSeconds = 300, keepRefusedSeconds = 10, graceSeconds = 600 } = options
  const kept = new BoundedMap<Kept>(options.remember ?? 20_000)
  const asking = new Map<string, Promise<Caller>>()

  const keyOf = (token: string) => createHash('sha256').update(token).digest('base64')
  const counts = ({ until, expiresAt }: Kept) => clock.now() < Math.min(until, expiresAt)

  async function validate(token: string): Promise<Caller> {
    const key = keyOf(token)
    const known = kept.get(key)
    if (known !== undefined && counts(known)) {
      if (known.caller === undefined) throw Unauthorized({})
      return { ...known.caller, token }
    }
    return askOnce(key, token, known)
  }

  function askOnce(key: string, token: string, known: Kept | undefined): Promise<Caller> {
    const underWay = asking.get(key)
    if (underWay !== undefined) return underWay
    const asked = ask(key, token, known).finally(() => asking.delete(key))
    asking.set(key, asked)
    return asked
  }

  async function ask(key: string, token: string, known: Kept | undefined): Promise<Caller> {
    try {
      const facts = await factsOf(own, token, { catalog: false })
      if (facts === undefined || facts.expiresAt <= clock.now()) {
        kept.set(key, {
          caller: undefined,
          until: clock.now() + keepRefusedSeconds * 1000,
          expiresAt: Infinity,
        })
        throw Unauthorized({})
      }
      const caller = callerOf(facts)
      kept.set(key, { caller, until: clock.now() + keepSeconds * 1000, expiresAt: facts.expiresAt })
      return { ...caller, token }
    } catch (error) {
      if (!(error instanceof CloudError)) throw error
      log.warn({ reason: messageOf(error) }, 'a token could not be validated')
      const grace =
        known?.caller !== undefined &&
        clock.now() < Math.min(known.until + graceSeconds * 1000, known.expiresAt)
      if (grace && known.caller !== undefined) return { ...known.caller, token }
      throw Unavailable({ message: unavailableText(error) }, error)
    }
  }

  function knows(token: string): boolean {
    const known = kept.get(keyOf(token))
    return known?.caller !== undefined && counts(known)
  }

  return { validate, knows }
}

function unavailableText(error: unknown): string {
  const refused = isCloudError(error, 'unauthorized') || isCloudError(error, 'forbidden')
  return refused
    ? 'Keystone does not accept the user that this service validates tokens with ([keystone_authtoken]).'
    : 'The Keystone service is temporarily unavailable.'
}

/** The caller that a token stands for, without the token. */
export function callerOf(token: Token): Caller {
  const { user, project, roles, trustId, domainId, isOfSystem, isAdminProject } = token
  return {
    userId: user.id,
    userName: user.name,
    projectId: project?.id ?? '',
    projectName: project?.name ?? '',
    roles,
    isAdmin: isAdminProject && roles.some((role) => role.toLowerCase() === 'admin'),
    ...(trustId !== undefined && { trustId }),
    ...(user.domainId !== undefined && { userDomainId: user.domainId }),
    ...(project?.domainId !== undefined && { projectDomainId: project.domainId }),
    ...(domainId !== undefined && { domainId }),
    ...(isOfSystem && { isOfSystem }),
    ...(!isAdminProject && { isAdminProject }),
  }
}
