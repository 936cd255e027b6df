import { messageOf } from '../../base/problem.ts'
import { physicalNameOf, type Registry } from '../../plugin/index.ts'
import type { EventRow, ResourceRow, StackRow } from '../../store/rows.ts'
import { type Change, type Ownership, OwnershipLost } from '../../store/store.ts'
import type { EngineParts } from '../parts.ts'

/** What one deployment writes down. Everything goes to the store in the order of the calls. */
export interface Journal {
  /** Records a resource row, with an event if its action or status is new, and what else is told. Durable when it resolves. */
  record(row: ResourceRow, also?: Also): Promise<void>
  /** Records the same for whoever may read it, with what else comes soon; nobody waits for it. */
  jot(row: ResourceRow, also?: Also): void
  /** Records several rows at once, or none of them. */
  recordAll(rows: readonly ResourceRow[]): Promise<void>
  /** Records that a row is gone, and with it what that changes of others; nobody waits for it. */
  forget(row: ResourceRow, others: readonly ResourceRow[]): void
  /** Records that a snapshot is gone; nobody waits for it. */
  forgetSnapshot(id: string): void
  /** Resolves when all that was recorded so far is on disk; whoever reads then reads it. */
  written(): Promise<void>
}

/** What is written together with a resource row: a child's target, and what is known of the child's resources. */
export interface Also extends Pick<Change, 'children' | 'events'> {
  readonly ofChild?: readonly ResourceRow[]
}

interface Writer {
  readonly parts: EngineParts
  readonly stack: StackRow
  readonly owner: Ownership
  /** The rows as they are recorded: their states were told of. */
  readonly rows: readonly ResourceRow[]
  /** Called if nothing more can be written: another engine owns the deployment, or the store is gone. */
  readonly onLost: (error: unknown) => void
}

export function journal({ parts, stack, owner, rows, onLost }: Writer): Journal {
  const { store } = parts
  const told = new Map(rows.map((row) => [row.id, stateOf(row)]))

  let last: Promise<void> = Promise.resolve()
  let isWaitedFor = true

  /** Nobody need wait for a write, but nobody may miss that it failed. */
  function write(change: Omit<Change, 'owner'>): Promise<void> {
    const written = store.write({ owner, ...change })
    last = written
    isWaitedFor = !change.unhurried
    written.catch((error: unknown) => {
      if (!(error instanceof OwnershipLost))
        parts.log.error({ stack: stack.id, error: messageOf(error) }, 'The journal can not be written')
      onLost(error)
    })
    return written
  }

  function eventsOf(row: ResourceRow): readonly EventRow[] {
    const state = stateOf(row)
    if (row.action === 'INIT' || told.get(row.id) === state) return []
    told.set(row.id, state)
    return [resourceEvent(parts, stack, row)]
  }

  /** That it failed is told by `onLost`. */
  const jot = (change: Omit<Change, 'owner'>): void => void write({ ...change, unhurried: true })

  const changeOf = (row: ResourceRow, { ofChild = [], events = [], ...also }: Also = {}) => ({
    resources: [row, ...ofChild],
    events: [...eventsOf(row), ...events],
    ...also,
  })

  return {
    record: (row, also) => write(changeOf(row, also)),
    jot: (row, also) => jot(changeOf(row, also)),
    recordAll: (rows) => write({ resources: rows, events: rows.flatMap(eventsOf) }),
    forget: (row, others) => jot({ forgotten: [row.id], resources: others, events: eventsOf(row) }),
    forgetSnapshot: (id) => jot({ forgottenSnapshots: [id] }),
    written: () => (isWaitedFor ? last : write({})),
  }
}

const stateOf = ({ action, status }: ResourceRow): string => `${action}_${status}`

let sequence = 0

/** The event that tells of a stack's own state. */
export function stackEvent(
  { newId, clock }: Pick<EngineParts, 'newId' | 'clock'>,
  stack: StackRow,
): EventRow {
  return {
    id: newId(),
    stackId: stack.id,
    rootId: stack.rootId,
    resourceName: stack.name,
    resourceType: 'OS::Heat::Stack',
    physicalId: stack.id,
    action: stack.action,
    status: stack.status,
    statusReason: stack.statusReason,
    properties: null,
    sequence: ++sequence,
    createdAt: clock.now(),
  }
}

/** The event that tells of a resource's state. Before its object has an ID it is known by its physical name. */
export function resourceEvent(
  { newId, clock, registry }: Pick<EngineParts, 'newId' | 'clock' | 'registry'>,
  stack: StackRow,
  row: ResourceRow,
): EventRow {
  return {
    id: newId(),
    stackId: stack.id,
    rootId: stack.rootId,
    resourceName: row.name,
    resourceType: row.type,
    physicalId: row.physicalId ?? (row.action === 'INIT' ? '' : nameFor(registry, stack, row)),
    action: row.action,
    status: row.status,
    statusReason: row.statusReason,
    properties: row.sealed ? null : row.properties,
    sequence: ++sequence,
    createdAt: clock.now(),
  }
}

function nameFor(registry: Registry, stack: StackRow, { name, id, type }: ResourceRow): string {
  const known = registry.find(type)
  return physicalNameOf(stack.name, name, id, known?.is === 'resource' ? known.nameLimit : undefined)
}
