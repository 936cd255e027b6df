import { BoundedMap } from '../base/bounded-map.ts'
import { CloudError, type CloudSession, type Connection, connect, isCloudError } from '../cloud/index.ts'

/** Sessions in the name of those who gave the service's own user a trust; one for each trust, kept open. */
export interface TrustSessions {
  /** Opens the trust; a `CloudError` of kind `unauthorized` if it gives no access any more. */
  open(trustId: string): Promise<CloudSession>
  /** The same, but `undefined` if it gives no access any more. */
  openIfGood(trustId: string): Promise<CloudSession | undefined>
  forget(trustId: string): void
}

/** Whether the service's own user can be a trustee: it must prove who it is by password. */
export const canUseTrusts = ({ credential }: Connection): boolean => credential.by === 'password'

/** What is thrown when it can't. */
export const noTrusts = (): CloudError =>
  new CloudError('This service runs with a credential that can use no trust; a trustee needs a password.', {
    kind: 'forbidden',
    service: 'identity',
  })

/** Opens trusts as the user of `connection`, and keeps the sessions used of late. */
export function trustSessions(connection: Connection, remember: number): TrustSessions {
  const kept = new BoundedMap<Promise<CloudSession>>(remember)

  function open(trustId: string): Promise<CloudSession> {
    const known = kept.get(trustId)
    if (known !== undefined) return known
    const opening = openTrust(connection, trustId)
    kept.set(trustId, opening)
    opening.catch(() => kept.delete(trustId))
    return opening
  }

  return {
    open,
    async openIfGood(trustId) {
      try {
        return await open(trustId)
      } catch (error) {
        if (isGone(error)) return undefined
        throw error
      }
    },
    forget: (trustId) => kept.delete(trustId),
  }
}

async function openTrust(connection: Connection, trustId: string): Promise<CloudSession> {
  const { credential } = connection
  if (credential.by !== 'password') throw noTrusts()
  const { user, password } = credential
  try {
    return await connect({ ...connection, credential: { by: 'trust', user, password, trustId } })
  } catch (error) {
    if (!isGone(error)) throw error
    throw new CloudError(
      `The trust to act for the owner of this stack gives no access any more: ${error.message}`,
      {
        kind: 'unauthorized',
        service: 'identity',
        cause: error,
      },
    )
  }
}

/** Keystone answers 403 for a deleted trust and 401 when the trustor is disabled or has lost the roles. */
const isGone = (error: unknown): error is CloudError =>
  isCloudError(error, 'unauthorized') || isCloudError(error, 'forbidden') || isCloudError(error, 'not-found')
