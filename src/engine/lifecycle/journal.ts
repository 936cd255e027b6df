import { messageOf } from '../../base/problem.ts'
import type { EventRow, ResourceRow, StackRow } from '../../store/rows.ts'
import { type Change, type Ownership, OwnershipLost, type Targeting } from '../../store/store.ts'
import type { EngineParts } from '../parts.ts'

/** What one deployment writes down. Everything goes to the store in the order of the calls. */
export interface Journal {
  /** Records a resource row, with an event if its action or status is new. Durable when it resolves. */
  record(row: ResourceRow, also?: Pick<Change, 'children'>): Promise<void>
  /** Records that a row is gone. */
  forget(row: ResourceRow): Promise<void>
  /** Records the stack's own state, with an event. */
  recordStack(stack: StackRow): Promise<void>
}

interface Writer {
  readonly parts: EngineParts
  readonly stack: StackRow
  readonly owner: Ownership
  /** Called once if nothing more can be written: another engine owns the deployment, or the store is gone. */
  readonly onLost: (error: unknown) => void
}

export function journal({ parts, stack, owner, onLost }: Writer): Journal {
  const { store } = parts
  const told = new Map<string, string>()

  /** Nobody need wait for a write, but nobody may miss that it failed. */
  function write(change: Omit<Change, 'owner'>): Promise<void> {
    const written = store.write({ owner, ...change })
    written.catch((error: unknown) => {
      if (!(error instanceof OwnershipLost))
        parts.log.error({ stack: stack.id, error: messageOf(error) }, 'The journal can not be written')
      onLost(error)
    })
    return written
  }

  function eventsOf(row: ResourceRow): readonly EventRow[] {
    const state = `${row.action}_${row.status}`
    if (told.get(row.id) === state) return []
    told.set(row.id, state)
    return [resourceEvent(parts, stack, row)]
  }

  return {
    record: (row, also) => write({ resources: [row], events: eventsOf(row), ...also }),
    forget: (row) => write({ forgotten: [row.id], events: eventsOf(row) }),
    recordStack: (row) => write({ stack: row, events: [stackEvent(parts, row)] }),
  }
}

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
    sequence: ++sequence,
    createdAt: clock.now(),
  }
}

function resourceEvent({ newId, clock }: EngineParts, stack: StackRow, row: ResourceRow): EventRow {
  return {
    id: newId(),
    stackId: stack.id,
    rootId: stack.rootId,
    resourceName: row.name,
    resourceType: row.type,
    physicalId: row.physicalId ?? '',
    action: row.action,
    status: row.status,
    statusReason: row.statusReason,
    sequence: ++sequence,
    createdAt: clock.now(),
  }
}

export type { Targeting }
