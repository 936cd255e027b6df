import { noted } from '../noted.ts'
import { isLeftToNext } from './failure.ts'
import { resourceEvent } from './journal.ts'
import { listen } from './listen.ts'
import { notPassed } from './not-passed.ts'
import type { Hold, Site } from './site.ts'

/** The places at which a resource waits for a user, if the environment says so. */
export const hookNames = [
  'pre-create',
  'pre-update',
  'pre-delete',
  'post-create',
  'post-update',
  'post-delete',
] as const
export type Hook = (typeof hookNames)[number]

/**
 * Lets a resource wait at a hook until somebody clears it, if it has that hook. Where it waits is on disk before it does, and
 * counts for one request: whoever takes the deployment up goes on waiting, or goes on if it was cleared meanwhile.
 */
export async function pauseAt(hold: Hold, hook: Hook): Promise<void> {
  const { site } = hold
  if (!hasHook(hold, hook)) return
  try {
    if (hold.row.notes[hook] !== markOf(site)) await reach(hold, hook)
    await listen(site, () => isCleared(hold, hook))
  } catch (error) {
    if (!isLeftToNext(error, site.signal)) await giveUp(hold, hook)
    throw notPassed(error)
  }
}

/** Whether the environment says that a resource waits at a hook. */
export const hasHook = ({ site, row }: Hold, hook: Hook): boolean =>
  site.definition.environment.hooksOf(row.name).includes(hook)

/** What is noted of a hook that was reached: in which request. */
const markOf = ({ request }: Site): string => String(request)

async function reach(hold: Hold, hook: Hook): Promise<void> {
  const action = hook.slice(hook.indexOf('-') + 1).toUpperCase()
  hold.note({ notes: { ...hold.row.notes, [hook]: markOf(hold.site) } })
  await tell(hold, `${action} paused until Hook ${hook} is cleared`)
}

async function giveUp(hold: Hold, hook: Hook): Promise<void> {
  const { [hook]: _, ...notes } = hold.row.notes
  hold.note({ notes })
  await tell(hold, 'Failure occurred while waiting.')
}

/** The state stays what it is while the resource waits, and so does the time of its last change. */
async function tell({ site, row }: Hold, statusReason: string): Promise<void> {
  const event = { ...resourceEvent(site.parts, site.stack, row), statusReason }
  await site.journal.record(row, { events: [event] })
}

async function isCleared({ site, row }: Hold, hook: Hook): Promise<boolean> {
  const signals = await site.parts.store.signals(row.id)
  return signals.some(({ id, content }) => id === clearingOf(hook) && content.request === row.notes[hook])
}

/** Under which ID it is kept that a hook was cleared. What a resource was told is kept under others: see `signals.ts`. */
const clearingOf = (hook: Hook): string => `hook:${hook}`

/** Clears a hook for a resource that waits there; answers whether it does. Anybody may, whoever owns the deployment. */
export async function clearHook(hold: Hold, hook: Hook): Promise<boolean> {
  const { store, clock, hints } = hold.site.parts
  const { row, site } = hold
  const request = row.notes[hook]
  if (request === undefined || !(await isWaiting(hold, hook))) return false
  const signal = {
    ...{ resourceId: row.id, stackId: row.stackId, id: clearingOf(hook) },
    ...{ content: { request }, createdAt: clock.now() },
  }
  const event = {
    ...resourceEvent(site.parts, site.stack, row),
    statusReason: `Hook ${hook} is cleared`,
  }
  const call = noted(site.parts)
  await store.addSignal({ resourceId: row.id, signal, events: [event], replaces: true, call })
  hints.signalled(row.stackId)
  return true
}

/** What was reached in an earlier request nobody waits for any more. */
async function isWaiting(hold: Hold, hook: Hook): Promise<boolean> {
  const { row, site } = hold
  const deployment = await site.parts.store.deployment(row.stackId)
  const isNow = deployment?.pending === true && row.notes[hook] === String(deployment.request)
  return isNow && !(await isCleared(hold, hook))
}
