import type { Origin } from '../base/tracing.ts'
import type { EventQuery, StackQuery } from '../contract/engine.ts'
import type { Status } from '../contract/views.ts'
import type { Arrival } from './add-signal.ts'
import type { NotedCall } from './calls.ts'
import type {
  CredentialRow,
  DeploymentRow,
  EngineRow,
  EventRow,
  ResourceRow,
  SignalRow,
  SnapshotRow,
  StackProjectRow,
  StackRow,
  TemplateRow,
} from './rows.ts'
import type { SoftwareStore } from './software-store.ts'

/** Proves that its bearer owns a stack's deployment. */
export interface Ownership {
  readonly stackId: string
  readonly engineId: string
  readonly fence: number
}

/** Another engine owns the deployment now: whoever gets this must stop, and has changed nothing. */
export class OwnershipLost extends Error {
  readonly stackId: string

  constructor(stackId: string) {
    super(`this engine no longer owns the deployment of stack ${stackId}`)
    this.name = 'OwnershipLost'
    this.stackId = stackId
  }
}

/** What an owner wants written, all of it or nothing. Rows are whole: a later one of the same ID supersedes. */
export interface Change {
  readonly owner: Ownership
  readonly resources?: readonly ResourceRow[]
  /** IDs of resource rows that are gone. */
  readonly forgotten?: readonly string[]
  readonly events?: readonly EventRow[]
  readonly snapshots?: readonly SnapshotRow[]
  /** IDs of snapshots that are gone. */
  readonly forgottenSnapshots?: readonly string[]
  readonly stack?: StackRow
  /**
   * The request that the owner works on. If something newer was asked of the stack meanwhile, `stack` is not written, for
   * it would take back the new target; the rest is. Absent: `stack` is written whatever was asked.
   */
  readonly request?: number
  /** Child stacks that begin, or get a new target, with this change. */
  readonly children?: readonly Targeting[]
  /** What the owner's own stack is to become next, without anybody asking; like `stack`, unless something newer was asked. */
  readonly next?: Targeting
  /** Nobody waits for it: it may wait a little for more that can be written with it. */
  readonly unhurried?: boolean
}

/** Gives a stack something new to become. */
export interface Targeting {
  readonly stack: StackRow
  /** The template it refers to, when that is new. */
  readonly template?: TemplateRow
  /** The snapshot that is to be taken of it. */
  readonly snapshot?: SnapshotRow
  readonly askedAt: number
  /** Whose request it is. */
  readonly origin?: Origin
  readonly events?: readonly EventRow[]
  /** The call that asks for it. Of one that was carried out already nothing is done: `CallCarriedOut` is thrown. */
  readonly call?: NotedCall | undefined
}

/** All that is remembered. One set of queries for SQLite, PostgreSQL and MariaDB. */
export interface Store extends SoftwareStore {
  /**
   * Writes a change with others of the same moment in one transaction, and resolves when it is on disk. Changes are
   * written in the order of the calls, whatever stack they are for. Rejects with `OwnershipLost`, alone, if the owner is not.
   */
  write(change: Change): Promise<void>

  /** Stores a new stack and its first target. Throws the problem `StackExists` if the project has a live one of the name. */
  createStack(
    targeting: Targeting & {
      readonly template: TemplateRow
      readonly credential?: CredentialRow
      /** What is known of its resources from before. */
      readonly resources?: readonly ResourceRow[]
    },
  ): Promise<void>
  /**
   * Gives an existing stack a new target, unless its row changed since it was read (`seen`: the request number of its
   * deployment then); answers whether it did.
   */
  retarget(
    targeting: Targeting & { readonly seen: number; readonly credential?: CredentialRow },
  ): Promise<boolean>

  /**
   * Changes resources of a stack that nobody works on: `seen` is the request number of its deployment as it was read. Answers
   * whether it did; it does not if something was asked of the stack since, or its last deployment has not ended.
   */
  amend(
    stackId: string,
    seen: number,
    change: {
      readonly resources: readonly ResourceRow[]
      readonly events: readonly EventRow[]
      readonly call?: NotedCall | undefined
    },
  ): Promise<boolean>

  /** Deployments with work to do whose owner is nobody, or none of these engines; the longest waiting first. */
  claimable(living: readonly string[]): Promise<readonly DeploymentRow[]>
  /** Takes a deployment as read; of several engines that try, one gets it. */
  claim(deployment: DeploymentRow, engineId: string): Promise<Ownership | undefined>
  /**
   * Ends a deployment: it has no more work, and no owner, unless something new was asked since `request`; answers whether
   * it ended. If it did not, nothing of `last` is written.
   */
  finish(owner: Ownership, request: number, last: Change): Promise<boolean>
  /** Gives a deployment up unfinished, for any engine to take. */
  release(owner: Ownership): Promise<void>
  deployment(stackId: string): Promise<DeploymentRow | undefined>
  /** The deployments of these stacks, in no order. */
  deployments(stackIds: readonly string[]): Promise<readonly DeploymentRow[]>

  stack(id: string): Promise<StackRow | undefined>
  /** The live stack of a name. */
  stackByName(projectId: string, name: string): Promise<StackRow | undefined>
  /** Live children of a stack. */
  children(stackId: string): Promise<readonly StackRow[]>
  /** Every live stack of a tree, the root included. */
  tree(rootId: string): Promise<readonly StackRow[]>
  /** `projectId` undefined: of all projects. Hidden tags as configured are the caller's to name in `query`. */
  listStacks(
    projectId: string | undefined,
    query: StackQuery,
    hiddenTags: readonly string[],
  ): Promise<readonly StackRow[]>
  countStacks(
    projectId: string | undefined,
    query: StackQuery,
    hiddenTags: readonly string[],
  ): Promise<number>
  /** Live root stacks of a project, for its quota. */
  countLive(projectId: string): Promise<number>

  template(id: string): Promise<TemplateRow | undefined>
  /** Drops a stack's templates but for these, and for those that its resources were made by. */
  forgetTemplates(stackId: string, keep: readonly string[]): Promise<void>
  /** The resources of a stack; with `names`, only those of these names. */
  resources(stackId: string, names?: readonly string[]): Promise<readonly ResourceRow[]>
  resource(id: string): Promise<ResourceRow | undefined>
  /** Physical IDs that any live resource row of the project's stacks owns, of these: so that nothing is taken for lost that is owned. */
  ownedPhysicalIds(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** The live stacks of a tree that have a resource which was found unhealthy. */
  unhealthyStacks(rootId: string): Promise<readonly string[]>
  /** How many resources the live stacks of a tree have. */
  countResources(rootId: string): Promise<number>
  /** Events of these stacks by the query's filters, order and page. */
  listEvents(
    stackIds: readonly string[],
    query: Omit<EventQuery, 'stack' | 'nestedDepth'>,
  ): Promise<readonly EventRow[]>
  event(stackId: string, id: string): Promise<EventRow | undefined>
  /** Has a listener told of the events that this process stores, in their order, when they are on disk. */
  onEvents(listener: (events: readonly EventRow[]) => void): void

  /** The signals of a resource, in the order in which they came. */
  signals(resourceId: string): Promise<readonly SignalRow[]>
  /**
   * Stores what a resource was told, with the events that tell of it; answers whether it did: the resource must be there,
   * and no other signal of it have the ID, unless this one `replaces` it. Anybody may, whoever owns the deployment.
   */
  addSignal(arrival: Arrival): Promise<boolean>
  /** Drops these signals of a resource. */
  forgetSignals(resourceId: string, ids: readonly string[]): Promise<void>

  /** The snapshots of a stack, the oldest first; with a status, only those. */
  snapshots(stackId: string, status?: Status): Promise<readonly SnapshotRow[]>
  /** How many snapshots a stack has, for its quota. */
  countSnapshots(stackId: string): Promise<number>
  snapshot(id: string): Promise<SnapshotRow | undefined>
  /** Stores the action and status of a snapshot that no engine is taking; answers whether it is still there. */
  changeSnapshot(row: SnapshotRow, call?: NotedCall): Promise<boolean>
  forgetSnapshot(id: string): Promise<void>

  /** The project that the users of a tree of stacks are in, by the tree's root. */
  stackProject(rootId: string): Promise<StackProjectRow | undefined>
  /** The same, by the project. */
  stackProjectOf(projectId: string): Promise<StackProjectRow | undefined>
  saveStackProject(row: StackProjectRow): Promise<void>
  forgetStackProject(rootId: string): Promise<void>

  credential(id: string): Promise<CredentialRow | undefined>
  /** Some credentials in the order of their IDs, those after one of them; none, if there are no more. */
  credentialsAfter(id: string): Promise<readonly CredentialRow[]>
  saveCredential(row: CredentialRow): Promise<void>
  forgetCredential(id: string): Promise<void>
  /** The stacks that were deleted before a moment and whose credential is still there. */
  leftCredentials(before: number): Promise<readonly StackRow[]>

  /** The call of an ID, if it changed something. */
  carriedOut(call: string): Promise<NotedCall | undefined>
  /** Forgets calls that were carried out before a moment. */
  forgetCalls(before: number): Promise<void>

  /** What time it is for the database, by which all engines go. */
  now(): Promise<number>
  /** Says that an engine is alive; the first time, that it exists. */
  heartbeat(engine: EngineRow): Promise<void>
  engines(): Promise<readonly EngineRow[]>
  forgetEngine(id: string): Promise<void>

  close(): Promise<void>
}
