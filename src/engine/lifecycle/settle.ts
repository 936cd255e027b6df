import { isAway, unlessGone } from '../../cloud/error.ts'
import { type Lookout, lookout } from '../../cloud/lookout.ts'
import type { Collection, Found } from '../../cloud/service.ts'
import type { AnyResource } from '../../plugin/index.ts'
import type { EngineParts } from '../parts.ts'
import { homeOf } from './clients.ts'
import { contextOf } from './context.ts'
import { Aborted, ResourceInError, ResourceUnknownStatus } from './failure.ts'
import type { Values } from './properties.ts'
import { goOnUnlessAborted, rest } from './rest.ts'
import type { Hold, Site } from './site.ts'
import { untilTold } from './told.ts'

/** How a type tells from the live object that the cloud has finished. */
export type Settles = {
  readonly on: string
  readonly ready: readonly unknown[]
  readonly busy: readonly unknown[]
  readonly failed: readonly unknown[]
  readonly reason?: (live: unknown) => string | undefined
  readonly until?: (context: object) => boolean | Promise<boolean>
  readonly nudge?: Readonly<Record<string, (context: object) => Promise<void>>>
}

/**
 * Waits until the cloud has finished with an object, and answers with it as it then is. `live` is what the last request
 * said of it, so that an object that is ready at once costs no request more.
 */
export async function settle(
  type: AnyResource,
  hold: Hold,
  values: Values,
  live?: Found,
): Promise<Found | undefined> {
  await untilTold(type, hold, values)
  return await settleAs(type.settles as Settles | undefined, { type, hold, values }, live)
}

interface Waiting {
  readonly type: AnyResource
  readonly hold: Hold
  readonly values: Values
}

/** As `settle`, where something else than usual is waited for. */
export async function settleAs(
  settles: Settles | undefined,
  waiting: Waiting,
  live?: Found,
): Promise<Found | undefined> {
  const { type, hold, values } = waiting
  const home = homeOf(hold, type, values)
  const { physicalId } = hold.row
  if (settles === undefined || home === undefined || physicalId === null) return live
  return await polled(
    hold.site,
    async (turn, patience) => {
      const isKnown = turn === 0 && live !== undefined && settles.on in live
      const now = isKnown ? live : await lookAt(home, hold, patience)
      return (await isReady(settles, now, waiting)) ? now : undefined
    },
    home,
  )
}

async function isReady(settles: Settles, live: Found, { type, hold, values }: Waiting): Promise<boolean> {
  const status = (live as unknown as Record<string, unknown>)[settles.on]
  const context = contextOf(type, hold, values)
  if (settles.failed.includes(status))
    throw new ResourceInError(String(status), settles.reason?.(live) ?? 'Unknown')
  if (settles.ready.includes(status))
    return settles.until === undefined || (await settles.until({ ...context, live }))
  if (!settles.busy.includes(status))
    throw new ResourceUnknownStatus(String(status), `${type.type} ${hold.row.name}`)
  await settles.nudge?.[String(status)]?.(context)
  return false
}

/** Waits until an object is gone, or what is left of it counts as gone. */
export async function untilGone(type: AnyResource, hold: Hold, values: Values): Promise<void> {
  const home = homeOf(hold, type, values)
  const { physicalId } = hold.row
  if (home === undefined || physicalId === null) return
  const failed = (type.settles as Settles | undefined)?.failed ?? []
  const on = (type.settles as Settles | undefined)?.on
  await polled(
    hold.site,
    async (turn, patience) => {
      const live = (await unlessGone(lookAt(home, hold, patience))) as Record<string, unknown> | undefined
      if (live === undefined) return true
      if (type.gone !== undefined)
        return (await type.gone({ ...contextOf(type, hold, values), live })) ? true : undefined
      const status = on === undefined ? undefined : live[on]
      if (status === 'DELETED') return true
      // A failed object takes a moment to say that it is being deleted.
      if (turn > 5 && failed.includes(status))
        throw new ResourceInError(String(status), 'it could not be deleted')
      return undefined
    },
    home,
  )
}

/**
 * Asks again and again, at growing intervals, until there is an answer. A cloud that can't be reached for a while is asked
 * again: what it was told to do goes on meanwhile. Of a home that tells of several objects at once, half of each interval
 * is left as patience to whoever asks, so that those who wait for objects of one kind soon ask for them together.
 */
export async function polled<T>(
  site: Site,
  ask: (turn: number, patienceMs: number) => Promise<T | undefined>,
  home?: Collection<Found>,
): Promise<T> {
  const { clock, options, random } = site.parts
  const share = home?.some === undefined ? 0 : 0.5
  let pause = options.pollMs.first
  for (let turn = 0; ; turn++) {
    const answer = await unlessUnavailable(ask(turn, pause * share))
    if (answer !== undefined) return answer
    await rest(site, pause * (1 - share) * (0.9 + 0.2 * random()))
    pause = Math.min(pause * 1.4, options.pollMs.last)
    if (clock.now() > site.deadline) throw new Aborted('Timed out')
  }
}

const lookouts = new WeakMap<EngineParts, Lookout>()

/** The live object, looked at together with others of its kind that are waited for in the same moment. */
async function lookAt(
  home: Collection<Found>,
  { site: { parts, signal }, row: { physicalId } }: Hold,
  patienceMs: number,
): Promise<Found> {
  const id = physicalId ?? ''
  if (patienceMs === 0) return await home.get(id)
  const known = lookouts.get(parts) ?? lookout(parts.clock)
  lookouts.set(parts, known)
  try {
    return await known.look(home, id, { ms: patienceMs, signal })
  } catch (error) {
    goOnUnlessAborted({ signal })
    throw error
  }
}

async function unlessUnavailable<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (isAway(error)) return undefined
    throw error
  }
}
