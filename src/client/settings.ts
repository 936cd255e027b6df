import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'

/** Which project to work in; none of it for a token or application credential that already belongs to one. */
export interface ProjectScope {
  readonly projectId?: string
  readonly projectName?: string
  readonly projectDomainId?: string
  readonly projectDomainName?: string
}

/** How to prove to Keystone who is asking. */
export type Credentials =
  | ({
      readonly is: 'password'
      readonly userId?: string
      readonly username?: string
      readonly userDomainId?: string
      readonly userDomainName?: string
      readonly password: string
    } & ProjectScope)
  | ({ readonly is: 'token'; readonly token: string } & ProjectScope)
  | {
      readonly is: 'application-credential'
      readonly id?: string
      /** With a name the user must be told too. */
      readonly name?: string
      readonly userId?: string
      readonly username?: string
      readonly userDomainId?: string
      readonly userDomainName?: string
      readonly secret: string
    }

/** Where the service is and who asks. */
export interface ClientSettings {
  /** Keystone's address, with or without `/v3`. */
  readonly authUrl: string
  readonly credentials: Credentials
  /** The orchestration service's address, with or without `/v1` and the project; absent: the catalog's. */
  readonly endpoint?: string
  readonly region?: string
  /** Which endpoint of the catalog; `public` unless said otherwise. */
  readonly interface?: 'public' | 'internal' | 'admin'
  /** For one request, Keystone's included; five minutes unless said otherwise. */
  readonly timeoutMs?: number
  readonly clock?: Clock
  readonly signal?: AbortSignal
  /** Hears of each request, without tokens. */
  readonly log?: Log
}
