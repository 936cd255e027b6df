import { once } from '../base/once.ts'
import { type CloudSession, type Connection, connect } from '../cloud/index.ts'

/** The service's own user: the one it validates tokens with, and to which callers give their trusts. */
export interface OwnSession {
  readonly connection: Connection
  /** Its session, opened when first asked for, and tried again when that failed. */
  open(): Promise<CloudSession>
}

/** The session of the service's own user. Keystone need not be there yet. */
export function ownSession(connection: Connection): OwnSession {
  return { connection, open: once(() => connect(connection)) }
}
