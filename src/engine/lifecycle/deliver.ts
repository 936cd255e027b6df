import { isMap, type Json } from '../../base/json.ts'
import {
  RequestLimitExceeded,
  ResourceActionNotSupported,
  ResourceNotAvailable,
  SignalRefused,
} from '../../contract/problems.ts'
import type { AnyResource, Heard } from '../../plugin/index.ts'
import type { EventRow } from '../../store/rows.ts'
import { noted } from '../noted.ts'
import { contextOf } from './context.ts'
import { resourceEvent } from './journal.ts'
import { readProperties } from './properties.ts'
import { typeOfRow } from './row-type.ts'
import { keptUnder, toldTo } from './signals.ts'
import type { Hold } from './site.ts'

/** How many signals of a resource are kept, and how large one may be as JSON. */
export const mostSignals = 1000
const largestSignal = 64 * 1024
const longestId = 255

/** How often a signal is taken anew because others came between. */
const attempts = 20

/**
 * Tells a resource something from outside. Its type says what that means; what is kept of it is on disk when this resolves,
 * and whoever waits for it is told. It may be done by any engine.
 */
export async function deliver(hold: Hold, details: Json): Promise<void> {
  const { store, hints } = hold.site.parts
  const type = await typeOfRow(hold)
  if (type?.is !== 'resource' || type.signal === undefined)
    throw ResourceActionNotSupported({ action: 'signal' })
  if (JSON.stringify(details).length > largestSignal)
    throw RequestLimitExceeded({ message: `A signal may have ${largestSignal} bytes.` })
  for (let attempt = 0; attempt < attempts; attempt++) {
    const heard = await hear(type, hold, details)
    if (heard.is === 'ignored') return
    if (heard.is === 'refused') throw SignalRefused({ reason: heard.reason })
    if (await store.addSignal(arrivalOf(hold, heard, details))) return hints.signalled(hold.site.stack.id)
    // Another took its ID, or the resource is gone.
    if ((await store.resource(hold.row.id)) === undefined) break
  }
  throw ResourceNotAvailable({ resource: hold.row.name })
}

async function hear(type: AnyResource, hold: Hold, details: Json): Promise<Heard> {
  const { values } = readProperties(type, hold.row.name, hold.row.properties ?? {})
  const told = await toldTo(hold.site.parts.store, hold.row.id)
  const heard = (await type.signal?.({ ...contextOf(type, hold, values), details, told })) as Heard
  if (heard.is !== 'kept') return heard
  if (heard.signal.id.length > longestId)
    throw RequestLimitExceeded({ message: `The ID of a signal may have ${longestId} characters.` })
  if (told.length >= mostSignals && !told.some(({ id }) => id === heard.signal.id))
    throw RequestLimitExceeded({ message: `A resource keeps ${mostSignals} signals.` })
  return heard
}

function arrivalOf({ site, row }: Hold, heard: Heard & { readonly is: 'kept' | 'done' }, details: Json) {
  const { clock } = site.parts
  const statusReason = heard.says === undefined ? textOf(details) : `Signal: ${heard.says}`
  const event: EventRow = { ...resourceEvent(site.parts, site.stack, row), action: 'SIGNAL', statusReason }
  const kept = heard.is === 'kept' && {
    signal: {
      ...{ resourceId: row.id, stackId: row.stackId, id: keptUnder(heard.signal.id) },
      ...{ content: heard.signal.content, createdAt: clock.now() },
    },
    replaces: heard.replaces,
  }
  return { resourceId: row.id, events: [event], call: noted(site.parts), ...kept }
}

/** What an event says of a signal of which its resource says nothing. */
function textOf(details: Json): string {
  if (details === null) return 'No signal details provided'
  if (typeof details === 'string') return details
  if (!isMap(details)) return 'Unknown'
  const { previous, current, reason } = details
  const isAlarm = [previous, current, reason].every((part) => part !== undefined)
  return isAlarm
    ? `alarm state changed from ${String(previous)} to ${String(current)} (${String(reason)})`
    : 'Unknown'
}
