import { createHash } from 'node:crypto'
import { BoundedMap } from '../base/bounded-map.ts'
import { CloudError, type CloudSession, type Connection, connect, isCloudError } from '../cloud/index.ts'

/** A user of whom the service was given the password, to act for them in a project. A secret. */
export interface PasswordHolder {
  readonly userId: string
  readonly projectId: string
  readonly password: string
}

/** Sessions in the name of those who gave the service their password; one for each of them, kept open. */
export interface PasswordSessions {
  /** A `CloudError` of kind `unauthorized` if the password opens nothing (any more). */
  open(holder: PasswordHolder): Promise<CloudSession>
  /** The same, whatever was opened before. */
  openAnew(holder: PasswordHolder): Promise<CloudSession>
}

/** Opens sessions where `connection` leads, and keeps those used of late. */
export function passwordSessions(connection: Connection, remember: number): PasswordSessions {
  const kept = new BoundedMap<Promise<CloudSession>>(remember)

  function openAnew(holder: PasswordHolder): Promise<CloudSession> {
    const key = keyOf(holder)
    const opening = openBy(connection, holder)
    kept.set(key, opening)
    opening.catch(() => kept.delete(key))
    return opening
  }

  return { openAnew, open: (holder) => kept.get(keyOf(holder)) ?? openAnew(holder) }
}

const keyOf = ({ userId, projectId, password }: PasswordHolder): string =>
  createHash('sha256')
    .update(JSON.stringify([userId, projectId, password]))
    .digest('base64')

async function openBy(
  connection: Connection,
  { userId, projectId, password }: PasswordHolder,
): Promise<CloudSession> {
  const scope = { project: { id: projectId } }
  try {
    return await connect({
      ...connection,
      credential: { by: 'password', user: { id: userId }, password, scope },
    })
  } catch (error) {
    if (!isCloudError(error, 'unauthorized')) throw error
    const message = `The password to act for the owner of this stack gives no access: ${error.message}`
    throw new CloudError(message, { kind: 'unauthorized', service: 'identity', cause: error })
  }
}
