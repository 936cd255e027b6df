import { type JsonMap, sameJson } from '../../base/json.ts'
import type { Session } from '../../cloud/service.ts'
import type { Caller } from '../../contract/views.ts'
import type { AnyResource } from '../../plugin/index.ts'
import type { ResourceRow, StackRow } from '../../store/rows.ts'
import type { StackDefinition } from '../../template/index.ts'
import type { Former } from '../definition/former.ts'
import type { EngineParts } from '../parts.ts'
import type { Also, Journal } from './journal.ts'

/** Keeps an engine from changing things outside that are another's to change by now. */
export interface Guard {
  /** Waits until it is known whether the deployment is this engine's; throws `OwnershipLost` if it is not. */
  makeSure(): Promise<void>
  /** Throws if what `makeSure` found may not hold any more; called right before something is sent. */
  beforeSending(): void
}

/** Where resources are worked on: one deployment of one stack. */
export interface Site {
  readonly parts: EngineParts
  readonly stack: StackRow
  /** What the stack is to be; when it is deleted, what it was. */
  readonly definition: StackDefinition
  /** What its rows were made by, where that is another template. */
  readonly former: Former
  readonly facade: JsonMap | null
  readonly session: Session
  /** Whose rights it is deployed with, as far as that is known; absent where nothing is deployed. */
  readonly owner?: () => Promise<Caller | undefined>
  /** Absent where nothing is deployed. */
  readonly guard?: Guard
  readonly journal: Journal
  /** Aborted to stop waiting: the stack is to be deleted, timed out, or is no longer this engine's. */
  readonly signal: AbortSignal
  /** Aborted when something newer is asked of the stack: what only waits for somebody to tell lets go then. */
  readonly newer: AbortSignal
  /** When the action must have ended, in milliseconds since the epoch; and when it was asked for. */
  readonly deadline: number
  readonly askedAt: number
  /** The number of the request that is worked on. */
  readonly request: number
  /** The snapshot that is being taken of the stack. */
  readonly snapshotId?: string
  /** The row that stands for each resource name now. */
  readonly rows: Map<string, ResourceRow>
  /** Names already turned into IDs, while this deployment runs. */
  readonly found: Map<string, Promise<string>>
  /** Physical IDs and references of this stack's own resources: what they name need not be looked up. */
  readonly ownIds: Set<string>
}

/** One resource row while it is worked on. */
export class Hold {
  readonly site: Site
  row: ResourceRow

  constructor(site: Site, row: ResourceRow) {
    this.site = site
    this.row = row
  }

  /** Changes the row and records it; durable when it resolves. */
  set(patch: Partial<ResourceRow>, also?: Also): Promise<void> {
    this.note({ ...patch, updatedAt: this.site.parts.clock.now() })
    return this.site.journal.record(this.row, also)
  }

  /** Changes the row and records it for whoever reads it; nothing that comes next depends on that. */
  jot(patch: Partial<ResourceRow>, also?: Also): void {
    this.note({ ...patch, updatedAt: this.site.parts.clock.now() })
    this.site.journal.jot(this.row, also)
  }

  /** Changes the row, to be recorded with what comes next. */
  note(patch: Partial<ResourceRow>): void {
    this.row = { ...this.row, ...patch }
    if (patch.physicalId) this.site.ownIds.add(patch.physicalId)
    if (patch.reference) this.site.ownIds.add(patch.reference)
  }

  /** Whether the row says anything else than this. */
  differsFrom(said: Partial<ResourceRow>): boolean {
    const known: Readonly<Record<string, unknown>> = { ...this.row }
    return Object.entries(said).some(([key, value]) => !sameJson(value, known[key]))
  }
}

/** Whether the objects of a type are in a cloud, so that what is done to them must be in the journal first. */
export function touchesCloud(type: AnyResource): boolean {
  return Object.keys(type.uses).length > 0
}
