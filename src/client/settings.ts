import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'

/**
 * Which project to work in; none of it for a token or application credential that already belongs to one, or for a
 * trust, which does too.
 */
export interface ProjectScope {
  /** Act in the name of whoever has made this trust. */
  readonly trustId?: string
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
  | OpenIdCredentials
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

/** Who asks is known to an OpenID Connect provider that Keystone trusts. */
export interface OpenIdCredentials extends ProjectScope {
  readonly is: 'openid-connect'
  /** The provider by its name in Keystone, and that of the protocol there. */
  readonly identityProvider: string
  readonly protocol: string
  readonly grant: OpenIdGrant
}

/** How the provider is convinced. */
export type OpenIdGrant =
  | { readonly by: 'access-token'; readonly accessToken: string }
  | ({ readonly by: 'password'; readonly username: string; readonly password: string } & OpenIdClient)
  | ({ readonly by: 'client-credentials' } & OpenIdClient)

interface OpenIdClient {
  readonly clientId: string
  readonly clientSecret: string
  /** `openid profile`, most often. */
  readonly scope: string
  /** Which of the tokens in the provider's answer to take: `access_token` or `id_token`. */
  readonly tokenKey: string
  /** Where the provider gives tokens; absent: its discovery document says it. */
  readonly tokenEndpoint?: string
  readonly discoveryEndpoint?: string
}

/** What sends a request: `fetch` itself, or what does as it does. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

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
  /** What sends the requests, in place of Node's own. */
  readonly fetch?: Fetch
  readonly clock?: Clock
  readonly signal?: AbortSignal
  /** Hears of each request, without tokens. */
  readonly log?: Log
}
