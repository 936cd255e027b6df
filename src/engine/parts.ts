import type { Clock } from '../base/clock.ts'
import type { JsonMap } from '../base/json.ts'
import type { Log } from '../base/log.ts'
import type { Meter } from '../base/metrics.ts'
import type { Tracer } from '../base/tracing.ts'
import type { CloudFinder, Session } from '../cloud/service.ts'
import type { Caller } from '../contract/views.ts'
import type { StackUsers } from '../identity/index.ts'
import type { Registry } from '../plugin/index.ts'
import type { Store } from '../store/store.ts'
import type { Definitions } from './definition/definitions.ts'

/** How the engine comes to act in a cloud: now with a caller's own token, later with what the caller left behind. */
export interface Access {
  forCaller(caller: Caller): Session
  /**
   * What to keep, so that the engine can act in the caller's name later: a trust, usually. `passedOn`: other services will be
   * asked to act in it too.
   */
  defer(caller: Caller, passedOn: boolean): Promise<JsonMap>
  forStack(document: JsonMap, projectId: string): Session
  /** Whether what `defer` made gives access. If that can't be told now, it may well do so later. */
  opens(document: JsonMap, projectId: string): Promise<boolean>
  /** Gives back what `defer` made. */
  discard(document: JsonMap, projectId: string): Promise<void>
  /** Gives back what `defer` made, is not among what is kept, and was not an hour ago either; answers how much that was. */
  discardOthers(kept: readonly JsonMap[], now: number): Promise<number>
}

/** What engines tell each other, and themselves. A hint may be lost; the store has the truth. */
export interface Hints {
  /** There is something to take up, or a target changed: one engine is told, whichever comes next. */
  work(stackId: string): void
  /** Whoever has the stack should look whether something new is asked of it. */
  changed(stackId: string): void
  settled(stackId: string): void
  /** A resource of the stack was told something from outside. */
  signalled(stackId: string): void
  /**
   * Takes what there is to take up, in turn with other engines, until it is closed. A stack is in this engine's hands until
   * `take` resolves; if the engine is lost before, another is told, `again`.
   */
  onWork(take: (stackId: string, again: boolean) => Promise<void>): Promise<{ close(): Promise<void> }>
  onChanged(listener: (stackId: string) => void): void
  onSettled(listener: (stackId: string) => void): void
  onSignalled(listener: (stackId: string) => void): void
}

export interface EngineOptions {
  readonly host: string
  readonly maxResourcesPerStack: number
  readonly maxStacksPerTenant: number
  readonly maxNestedStackDepth: number
  readonly maxSnapshotsPerStack: number
  readonly maxSoftwareConfigsPerTenant: number
  readonly maxSoftwareDeploymentsPerTenant: number
  readonly maxTemplateSize: number
  /** In bytes: of a request, and of all files that are fetched for one. */
  readonly maxJsonBodySize: number
  readonly stackActionTimeoutSeconds: number
  /** How often a failed create is begun anew, and a conflict while deleting tried again. */
  readonly actionRetryLimit: number
  /** Whether every update also mends what was changed in the cloud behind its back. */
  readonly observeOnUpdate: boolean
  readonly hiddenStackTags: readonly string[]
  /** The role of the users that stacks make. */
  readonly stackUserRole: string
  /** Whether stacks may be abandoned and exported, and adopted: their documents hold all that the stack knows. */
  readonly enableStackAbandon: boolean
  readonly enableStackAdopt: boolean
  readonly heartbeatMs: number
  /** An engine not seen for so long is dead, and its deployments go to others. */
  readonly deadAfterMs: number
  /** How long an engine that stops lets requests to clouds end that are under way. */
  readonly drainMs: number
  /** No other engine shares the store: what another left is free at once. */
  readonly alone: boolean
  /** How long a request of a dead engine may still be on its way into a cloud. */
  readonly doubtMs: number
  /** The time between polls of an object that settles: it grows from the first to the last. */
  readonly pollMs: { readonly first: number; readonly last: number }
  readonly revision: string
}

export const defaultOptions: EngineOptions = {
  host: 'localhost',
  maxResourcesPerStack: 1000,
  maxStacksPerTenant: 512,
  maxNestedStackDepth: 5,
  maxSnapshotsPerStack: 32,
  maxSoftwareConfigsPerTenant: 4096,
  maxSoftwareDeploymentsPerTenant: 4096,
  maxTemplateSize: 524_288,
  maxJsonBodySize: 1_048_576,
  stackActionTimeoutSeconds: 3600,
  actionRetryLimit: 5,
  observeOnUpdate: false,
  hiddenStackTags: [],
  stackUserRole: 'heat_stack_user',
  enableStackAbandon: false,
  enableStackAdopt: false,
  heartbeatMs: 1000,
  deadAfterMs: 5000,
  drainMs: 60_000,
  alone: false,
  doubtMs: 15_000,
  pollMs: { first: 200, last: 5000 },
  revision: 'unknown',
}

/** Everything an engine is made of; `bin` puts it together, tests put in what they like. */
export interface EngineParts {
  readonly id: string
  readonly store: Store
  readonly registry: Registry
  /** The custom constraints that ask a cloud, by name. */
  readonly finders: ReadonlyMap<string, CloudFinder>
  /** The availability zones of a cloud. */
  readonly zones: (session: Session) => Promise<readonly string[]>
  /** The text at an address, by http or https; only so long, only so much. */
  readonly fetchText: (address: string) => Promise<string>
  readonly access: Access
  /** Whether a caller may have resources of a type. */
  readonly allowsType: (type: string, caller: Caller) => boolean
  /** The users that stacks make for those who signal them. */
  readonly users: StackUsers
  readonly hints: Hints
  readonly clock: Clock
  readonly log: Log
  /** Where it is said how much there is and how long it takes. */
  readonly meter: Meter
  /** Follows requests through the engine. */
  readonly tracer: Tracer
  /** A number from 0 to 1, for back-off and the like. */
  readonly random: () => number
  readonly newId: () => string
  readonly options: EngineOptions
  /** The ID of the call that is answered, if it came over the bus: a stack that it makes has that ID. */
  readonly call?: string
  readonly definitions: Definitions
}
