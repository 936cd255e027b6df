import type { Clock } from '../base/clock.ts'
import type { ClientSettings, ConnectionWords, HearthClient } from '../client/index.ts'
import type { TypeCatalog } from '../template/index.ts'
import type { Terminal } from './terminal.ts'

/** How `hearth up` is to start. */
export interface UpOptions {
  /** A cloud of clouds.yaml, or `env` for the one that OS_* name; absent: a simulated one. */
  readonly cloud?: string
  /** Whether to put the endpoints of this service into that cloud's catalog. */
  readonly register: boolean
  readonly port?: number
  /** Where to say how the process is, in place of what the configuration says. */
  readonly monitorPort?: number
  /** Where the database and the address of the service are kept. */
  readonly stateDirectory: string
  readonly configFile?: string
  readonly logLevel?: LogLevel
}

/** How `hearth api` or `hearth engine` is to start. */
export interface ProcessOptions {
  readonly configFile?: string
  readonly port?: number
  readonly monitorPort?: number
  readonly logLevel?: LogLevel
}

/** Where the service is that is to be managed. */
export interface ManageOptions {
  readonly configFile?: string
  /** Where `hearth up` keeps its state, which counts where there is no configuration file. */
  readonly stateDirectory: string
}

/** What operators do to the database of a service. */
export interface Management {
  version(): Promise<{ readonly present: number; readonly newest: number }>
  migrate(): Promise<void>
  /** Removes deleted stacks; answers how many. */
  purgeDeleted(query: {
    readonly before: number
    readonly projectId?: string
    readonly batch: number
  }): Promise<number>
  /** Answers the names of the stacks that were in progress; `undefined`: there is no such stack. */
  resetStatus(stackId: string): Promise<readonly string[] | undefined>
  /** Encrypts everything with the key of the settings that was encrypted with another one; answers how much that was. */
  reencrypt(formerKey: string): Promise<number>
  resourceData(id: string): Promise<Readonly<Record<string, string>> | undefined>
  engines(): Promise<
    readonly { readonly id: string; readonly host: string; readonly seenAt: number; readonly isUp: boolean }[]
  >
  forgetEngine(id: string): Promise<void>
  close(): Promise<void>
}

/** Somebody of whom it is asked what they may do: as Keystone tells of a token, or else by roles. */
export interface PolicyVisitor {
  /** Keystone's answer about a token. */
  readonly access?: unknown
  readonly roles: readonly string[]
  readonly userId: string
  readonly projectId: string
  /** Whether they count as an administrator whatever the rules say. */
  readonly isAdmin: boolean
  /** What they ask about; absent: their own project. */
  readonly target?: Readonly<Record<string, unknown>>
}

/** The rules of who may do what, as a service has them. */
export interface PolicyBook {
  /** The files that say so, besides the built-in rules. */
  readonly files: readonly string[]
  /** What is odd about the rules, though they can be used. */
  readonly oddities: readonly string[]
  readonly rules: readonly {
    readonly name: string
    readonly check: string
    /** A file of the site says it. */
    readonly isOwn: boolean
    /** What the site says is what is built in. */
    readonly isRedundant: boolean
  }[]
  /** The built-in rules as a policy file of comments. */
  sample(): string
  allows(rule: string, visitor: PolicyVisitor): boolean
}

/** What was looked at in a set-up, and how it was. Holds no secret. */
export interface Finding {
  readonly check: string
  readonly status: 'ok' | 'warning' | 'error'
  readonly finding: string
  /** Empty where nothing is to be done. */
  readonly advice: string
}

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

/** The resource types that are known without asking a service. */
export interface OfflineTypes {
  readonly catalog: TypeCatalog
  /** Types that services may well have but of which nothing is known here. */
  readonly others: readonly string[]
}

/** What the command line takes from whoever puts the program together. */
export interface ProgramParts {
  readonly version: string
  /** Each resolves once the process has shut down. */
  up(options: UpOptions): Promise<void>
  api(options: ProcessOptions): Promise<void>
  engine(options: Omit<ProcessOptions, 'port'>): Promise<void>
  manage(options: ManageOptions): Promise<Management>
  /** Reads who may do what at a site. */
  readPolicy(options: ManageOptions): Promise<PolicyBook>
  /** Looks at everything that a service stands on. */
  examine(options: ManageOptions): Promise<readonly Finding[]>
  /** A cloud of clouds.yaml, its `auth` section and the rest in one map; rejects if there is none of the name. */
  readCloud?(name: string): Promise<ConnectionWords>
  /** The name of the only cloud of clouds.yaml, if it has but one. */
  onlyCloud?(): Promise<string | undefined>
  /** The resource types to check templates against without a service; without it their properties are not checked. */
  readTypes?(): Promise<OfflineTypes>
  /** Left out, these are the real ones; tests pass their own. */
  readonly connect?: (settings: ClientSettings) => Promise<HearthClient>
  readonly terminal?: Terminal
  readonly clock?: Clock
  readonly directory?: string
  readonly variables?: Readonly<Record<string, string | undefined>>
}
