import type { Credential } from './auth.ts'

/** Where a request goes that is not for the session's own region and cloud, or over a connection of its own. */
export interface Elsewhere {
  /** Another region; if not said, the session's own, or in another cloud any. */
  readonly region?: string
  /** Another cloud, and who one is there. It holds secrets: it goes into no log and no message. */
  readonly cloud?: { readonly authUrl: string; readonly credential: Credential }
  /** Certificates to trust besides the usual ones, in PEM. */
  readonly certificates?: string
  /** `false` takes any certificate. */
  readonly verify?: boolean
}
