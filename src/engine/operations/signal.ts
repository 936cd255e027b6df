import { isMap, type Json } from '../../base/json.ts'
import {
  InvalidBreakPointHook,
  NotSupported,
  ResourceNotAvailable,
  ResourceNotFound,
} from '../../contract/problems.ts'
import type { Caller, StackIdentity } from '../../contract/views.ts'
import type { ResourceRow } from '../../store/rows.ts'
import { ownerSession } from '../deploy/owner-session.ts'
import { deliver } from '../lifecycle/deliver.ts'
import { clearHook, hookNames } from '../lifecycle/hooks.ts'
import { resourceEvent } from '../lifecycle/journal.ts'
import { Hold } from '../lifecycle/site.ts'
import type { EngineParts } from '../parts.ts'
import { standingRows } from '../plan/standing.ts'
import { onlookerSite } from './onlooker.ts'
import { definitionOf, stackOfUser } from './stacks.ts'

interface SignalAsk {
  readonly stack: StackIdentity
  readonly resource: string
  readonly details: Json
}

/** Tells a resource something from outside. What it does in a cloud for it, it does as the stack's owner. */
export async function signalResource(parts: EngineParts, caller: Caller, ask: SignalAsk): Promise<void> {
  const hold = await signalled(parts, caller, ask)
  if (isMap(ask.details) && 'unset_hook' in ask.details) return await unsetHook(hold, ask.details.unset_hook)
  await refuseAction(hold)
  await deliver(hold, ask.details)
}

/** The resource that is told something, with all the others of its stack. */
async function signalled(parts: EngineParts, caller: Caller, { stack: identity, resource }: SignalAsk) {
  const stack = await stackOfUser(parts, identity)
  const definition = await definitionOf(parts, stack)
  const recorded = await parts.store.resources(stack.id)
  const rows = standingRows(parts, { stack, definition, rows: recorded })
  const row = rows.get(resource)
  if (row === undefined) throw notThere(definition.resources.has(resource), resource, stack.name)
  const site = onlookerSite(parts, caller, { stack, definition, rows })
  return new Hold({ ...site, session: ownerSession(parts, stack) }, row)
}

const notThere = (isDefined: boolean, resource: string, stack: string): Error =>
  isDefined ? ResourceNotAvailable({ resource }) : ResourceNotFound({ resource, stack })

/** Clears a hook whatever the resource's action is: one after a deletion could be cleared by nobody otherwise. */
async function unsetHook(hold: Hold, given: Json | undefined): Promise<void> {
  const hook = hookNames.find((one) => one === given)
  const what = shownAs(hold)
  if (hook === undefined)
    throw InvalidBreakPointHook({ message: `Invalid hook type "${String(given)}" for ${what}` })
  if (!(await clearHook(hold, hook)))
    throw InvalidBreakPointHook({ message: `The "${hook}" hook is not defined on ${what}` })
}

/** A resource as messages speak of it: `Server "web" [its ID] Stack "demo" [its ID]`. */
function shownAs({ row, site: { stack } }: Hold): string {
  const name = `${row.type.split('::').at(-1)} "${row.name}"`
  return row.physicalId === null ? name : `${name} [${row.physicalId}] Stack "${stack.name}" [${stack.id}]`
}

const deaf: ReadonlySet<ResourceRow['action']> = new Set(['SUSPEND', 'DELETE'])

/** A resource that is suspended or goes takes no signals; that somebody tried is told by an event. */
async function refuseAction({ site, row }: Hold): Promise<void> {
  const { action } = row
  if (!deaf.has(action)) return
  const statusReason = `Cannot signal resource during ${action}`
  const event = { ...resourceEvent(site.parts, site.stack, row), statusReason }
  await site.parts.store.addSignal({ resourceId: row.id, events: [event] })
  throw NotSupported({ feature: `Signal resource during ${action}` })
}
