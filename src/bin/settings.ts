import type { ApiOptions } from '../api/index.ts'
import type { EngineOptions } from '../engine/index.ts'
import type { CloudAccess, PolicyPlaces } from '../identity/index.ts'
import type { TypeSettings } from '../resources/site-types.ts'
import type { Site } from '../template/index.ts'

export interface NotificationSettings {
  readonly transportUrl: string
  readonly exchange: string
  readonly topics: readonly string[]
  readonly publisher: string
  readonly level: 'INFO' | 'ERROR'
  readonly envelope: '1.0' | '2.0'
  readonly durable: boolean
}

export interface MonitorSettings {
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
}

/** The paths of what a server proves who it is with. */
export interface TlsFiles {
  readonly cert: string
  readonly key: string
  /** Certificates of whom clients must have theirs from; absent: they need none. */
  readonly ca?: string
}

/** All that a site decides, whatever it said it in. */
export interface Settings {
  readonly database: string
  readonly transportUrl: string
  readonly encryptionKey: string
  /** The service's own user: it validates tokens. */
  readonly own: CloudAccess
  /** The user to whom those whose stacks are deployed give their trusts, and how clouds are reached in their name. */
  readonly trustee: CloudAccess
  readonly delegatedRoles: readonly string[]
  /** By what the service acts in users' names later. */
  readonly deferredBy: 'trusts' | 'password'
  /** The administrator of the domain in which stacks have users, if there is one. */
  readonly stackDomainAdmin?: CloudAccess
  /** The role of those users. */
  readonly stackUserRole: string
  /** Where the operator's rules of who may do what are. */
  readonly policy: PolicyPlaces
  readonly enforceNewDefaults: boolean
  /** The operator's environment files, which count for all stacks. */
  readonly environmentDirectory: string
  /** What an expression of YAQL may take. */
  readonly yaql: Site['yaql']
  readonly engine: EngineOptions
  /** What the operator says of resource types. */
  readonly types: TypeSettings
  readonly events: { readonly mostPerStack: number; readonly purgeBatch: number }
  /** Where others are told of what happens to stacks; absent: nowhere. */
  readonly notifications?: NotificationSettings
  /** Where others are told of what was asked of the API; absent: nowhere. */
  readonly auditNotifications?: NotificationSettings
  /** Whether the log is told of it. */
  readonly auditLog: boolean
  /** Where a process says how it is; absent: nowhere. */
  readonly monitor?: MonitorSettings
  readonly api: ApiOptions & { readonly host: string; readonly port: number }
  /** The API speaks TLS itself; absent: it does not. */
  readonly tls?: TlsFiles
  /** Requests at once, by service type. */
  readonly limits: Readonly<Record<string, number>>
  /** How often a request to a cloud is sent at most. */
  readonly tries: number
  readonly rpcTimeoutMs: number
  /** How long an API that stops goes on to answer, so that those who spread requests see that it stops. */
  readonly apiDrainMs: number
  readonly debug: boolean
  /** What was said that has no effect, or should not be so: for the log. */
  readonly warnings: readonly string[]
}
