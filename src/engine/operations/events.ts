import type { EventQuery } from '../../contract/engine.ts'
import { EventNotFound } from '../../contract/problems.ts'
import type { Caller, EventView, StackIdentity } from '../../contract/views.ts'
import type { EventRow, StackRow } from '../../store/rows.ts'
import type { EngineParts } from '../parts.ts'
import { identityOf, stackOf } from './stacks.ts'

export async function listEvents(
  parts: EngineParts,
  _caller: Caller,
  ask: EventQuery,
): Promise<readonly EventView[]> {
  const root = await stackOf(parts, ask.stack)
  const stacks = await reached(parts, root, ask.nestedDepth ?? 0)
  const byId = new Map(stacks.map((stack) => [stack.id, stack]))
  const { stack: _stack, nestedDepth, ...query } = ask
  const rows = await parts.store.listEvents([...byId.keys()], query)
  if (rows.length === 0 && ask.resource !== undefined)
    throw EventNotFound({ message: `No events found for resource ${ask.resource}` })
  return rows.map((row) => eventView(row, byId.get(row.stackId) ?? root, nestedDepth ? root : undefined))
}

/** A stack and its nested ones down to a depth. */
async function reached(
  { store, options }: EngineParts,
  root: StackRow,
  depth: number,
): Promise<readonly StackRow[]> {
  if (depth === 0) return [root]
  const deepest = root.depth + Math.min(depth, options.maxNestedStackDepth)
  const tree = await store.tree(root.rootId)
  const inside = new Set([root.id])
  const ordered = [...tree].sort((a, b) => a.depth - b.depth)
  for (const { id, parentId } of ordered) if (parentId !== null && inside.has(parentId)) inside.add(id)
  const found = ordered.filter(({ id, depth: at }) => inside.has(id) && at <= deepest)
  return found.some(({ id }) => id === root.id) ? found : [root, ...found]
}

function eventView(row: EventRow, stack: StackRow, root: StackRow | undefined): EventView {
  const { id, resourceName, resourceType, physicalId, action, status, statusReason, createdAt } = row
  return {
    stack: identityOf(stack),
    ...(root && { rootStack: identityOf(root) }),
    id,
    time: createdAt,
    resourceName,
    resourceType,
    physicalId,
    action,
    status,
    statusReason,
  }
}

type EventAsk = { readonly stack: StackIdentity; readonly resource: string; readonly event: string }

export async function showEvent(parts: EngineParts, _caller: Caller, ask: EventAsk): Promise<EventView> {
  const stack = await stackOf(parts, ask.stack)
  const row = await parts.store.event(stack.id, ask.event)
  if (row === undefined || row.resourceName !== ask.resource)
    throw EventNotFound({ message: `No event ${ask.event} found` })
  return { ...eventView(row, stack, undefined), resourceProperties: row.properties ?? {} }
}
