import type { AnyResource } from '../../plugin/index.ts'
import { asleepNote } from '../plan/decide.ts'
import { again } from './again.ts'
import { contextOf } from './context.ts'
import type { Values } from './properties.ts'
import { rest } from './rest.ts'
import { type Settles, settleAs } from './settle.ts'
import { type Hold, touchesCloud } from './site.ts'
import { underWay } from './state.ts'

interface Turning {
  readonly action: 'SUSPEND' | 'RESUME'
  /** The properties that the object was made with, with names turned into IDs. */
  readonly values: Values
}

/** Has an object sleep, or wakes it, and waits until it does. Safe to repeat; a type that knows no sleep does nothing. */
export async function turn(type: AnyResource, hold: Hold, { action, values }: Turning): Promise<void> {
  const context = contextOf(type, hold, values)
  const seconds = type.takes?.({ ...context, action }) ?? 0
  if (seconds > 0) await rest(hold.site, seconds * 1000)
  const deed = action === 'SUSPEND' ? type.suspend : type.resume
  // What was only taken over is looked at, never changed.
  if (deed === undefined || hold.row.external) return
  if (hold.row.physicalId === null)
    throw new Error(`Cannot ${action.toLowerCase()} ${hold.row.name}, resource_id not set`)
  const { actionRetryLimit: most } = hold.site.parts.options
  await again(hold.site, { most, passing: ['unavailable', 'rate-limited'] }, () => deed.begin(context))
  await settleAs((deed.settles ?? type.settles) as Settles | undefined, { type, hold, values })
  if (action === 'SUSPEND') return
  const { [asleepNote]: _, ...notes } = hold.row.notes
  hold.note({ notes })
}

/** Notes that an object is about to sleep, to be recorded with what comes next, so that it is known also of one that fails. */
export function noteSleep(type: AnyResource, hold: Hold): void {
  if (type.suspend === undefined || hold.row.external) return
  hold.note({ notes: { ...hold.row.notes, [asleepNote]: 'true' } })
}

/** Wakes what sleeps before it is changed. If that fails it is known to sleep yet, by the row. */
export async function wake(type: AnyResource, hold: Hold, values: Values): Promise<void> {
  const begun = underWay('RESUME')
  if (touchesCloud(type)) await hold.set(begun)
  else hold.jot(begun)
  await turn(type, hold, { action: 'RESUME', values })
}
