import type { Clock } from '../base/clock.ts'
import type { JsonMap } from '../base/json.ts'
import type { Log } from '../base/log.ts'
import type { Meter } from '../base/metrics.ts'
import type { Tracer } from '../base/tracing.ts'
import type { Leavable } from '../contract/call.ts'
import type { EngineCalls } from '../contract/engine.ts'
import type { Caller } from '../contract/views.ts'
import { type CrossOrigin, usualCrossOrigin } from './cross-origin.ts'
import { noRates, type RateOptions } from './rate-limits.ts'
import { anywherePublic, type Reachable } from './reachable.ts'

/** Tells who is behind a token. */
export interface Identity {
  /** Throws `Unauthorized` for a token that is not good (any more). */
  authenticate(token: string): Promise<Caller>
  /** Whether the token is known to be good, so that nobody has to be asked about it. */
  knows?(token: string): boolean
}

/** Says who may do what. */
export interface Policy {
  /** Throws `Forbidden` unless the caller may do what the rule, such as `stacks:create`, is about, to a project. */
  check(rule: string, caller: Caller, target: { readonly project_id: string }): void
}

/** By what a server proves who it is, in PEM; with `ca` only such clients are served as have a certificate by one of these. */
export interface ServerTls {
  readonly cert: Buffer
  readonly key: Buffer
  readonly ca?: Buffer
}

/** What a deployer may set of the REST server; all of it has a default. */
export interface ApiOptions {
  /** `max_json_body_size`: bytes. */
  readonly maxJsonBodySize?: number
  /** `max_template_size`: bytes. */
  readonly maxTemplateSize?: number
  readonly templateFetchTimeoutMs?: number
  /** From where templates are fetched; absent: everywhere in public. */
  readonly reachable?: Reachable
  /** `heat_api_root`: the address of the API up to and including `/v1`, for links; absent: each request's own. */
  readonly apiRoot?: string
  /** `enable_proxy_headers_parsing`: whether to believe `Forwarded` and `X-Forwarded-*` about the request's address. */
  readonly believeProxy?: boolean
  /** `deferred_auth_method` is `password`: callers give theirs, so that the service can act for them later. */
  readonly takesPasswords?: boolean
  /** Named to callers without a good token, so that they know where to get one. */
  readonly keystoneUrl?: string
  /** What pages of other origins may ask. */
  readonly crossOrigin?: CrossOrigin
  readonly revision?: string
  /** How long a client may take to send a request. */
  readonly requestTimeoutMs?: number
  readonly rates?: RateOptions
  /** As long as there is this file, the health check says that others are to be asked. */
  readonly disablingFile?: string
}

/** All that the REST server stands on. */
export interface ApiParts {
  readonly engine: Leavable<EngineCalls>
  readonly identity: Identity
  readonly policy: Policy
  readonly options?: ApiOptions
  /** Absent: the server does not speak TLS itself. */
  readonly tls?: ServerTls
  readonly log?: Log
  readonly meter?: Meter
  readonly tracer?: Tracer
  readonly clock?: Clock
  /** Told of each request that might have changed something, in the form of CADF; absent: nobody is. */
  readonly audit?: (event: JsonMap) => void
  /**
   * The server is to end soon: it still answers everything, but keeps no connection, and says to those who ask for its health
   * that they should go elsewhere.
   */
  readonly leaving?: AbortSignal
}

/** The options with their defaults in place. */
export type Settings = Required<Omit<ApiOptions, Open>> & Pick<ApiOptions, Open>

/** What has no default. */
type Open = 'apiRoot' | 'keystoneUrl' | 'disablingFile'

/** Fills in what the deployer left open. */
export const withDefaults = (options: ApiOptions = {}): Settings => ({
  maxJsonBodySize: 1_048_576,
  maxTemplateSize: 524_288,
  templateFetchTimeoutMs: 60_000,
  reachable: anywherePublic,
  believeProxy: false,
  takesPasswords: false,
  crossOrigin: usualCrossOrigin,
  revision: 'unknown',
  requestTimeoutMs: 120_000,
  rates: noRates,
  ...options,
})

/** All that is the same for all requests. */
export interface Server extends Omit<ApiParts, 'options' | 'log'> {
  readonly settings: Settings
  readonly log: Log
  readonly meter: Meter
  readonly tracer: Tracer
  readonly clock: Clock
  /** Aborted when the server is to close, and whoever waits must be answered. */
  readonly closing: AbortSignal
}
