import {
  ActionInProgress,
  PhysicalResourceIdAmbiguity,
  ResourceNotAvailable,
  ResourceNotFound,
} from '../../contract/problems.ts'
import type { Caller, StackIdentity } from '../../contract/views.ts'
import type { ResourceRow, StackRow } from '../../store/rows.ts'
import { resourceEvent } from '../lifecycle/journal.ts'
import { noted } from '../noted.ts'
import type { EngineParts } from '../parts.ts'
import { standingRows } from '../plan/standing.ts'
import { definitionOf, liveStackOf } from './stacks.ts'

interface Ask {
  readonly stack: StackIdentity
  /** The name of the resource, its ID in the cloud, or its reference. */
  readonly resource: string
  readonly unhealthy: boolean
  readonly reason?: string
}

/** Says that a resource is not well, so that the next update replaces it; or that one which was found so is well after all. */
export async function markUnhealthy(parts: EngineParts, _caller: Caller, ask: Ask): Promise<void> {
  const { store, clock } = parts
  const deployment = await store.deployment(ask.stack.id)
  const stack = await liveStackOf(parts, ask.stack)
  const row = await resourceOf(parts, stack, ask.resource)
  // An owner writes its rows whole, and would write over this.
  const busy = ActionInProgress({ stack: stack.name, action: stack.action })
  if (deployment === undefined || deployment.pending) throw busy
  const status = ask.unhealthy ? 'FAILED' : 'COMPLETE'
  const isUnhealthy = row.action === 'CHECK' && row.status === 'FAILED'
  if (ask.unhealthy ? row.action === 'DELETE' : !isUnhealthy) return
  const statusReason = ask.reason || 'state changed by resource_mark_unhealthy api'
  const marked: ResourceRow = { ...row, action: 'CHECK', status, statusReason, updatedAt: clock.now() }
  const events = ask.unhealthy && isUnhealthy ? [] : [resourceEvent(parts, stack, marked)]
  const change = { resources: [marked], events, call: noted(parts) }
  if (!(await store.amend(stack.id, deployment.request, change))) throw busy
}

async function resourceOf(parts: EngineParts, stack: StackRow, wanted: string): Promise<ResourceRow> {
  const definition = await definitionOf(parts, stack)
  const rows = standingRows(parts, { stack, definition, rows: await parts.store.resources(stack.id) })
  const named = rows.get(wanted)
  if (named !== undefined) return named
  if (definition.resources.has(wanted)) throw ResourceNotAvailable({ resource: wanted })
  const all = [...rows.values()]
  const [found, ...others] = all.filter(({ physicalId }) => physicalId === wanted)
  if (others.length > 0) throw PhysicalResourceIdAmbiguity({ id: wanted })
  const referred = found ?? all.find(({ reference }) => reference === wanted)
  if (referred === undefined) throw ResourceNotFound({ resource: wanted, stack: stack.name })
  return referred
}
