import { isCloudError, unlessGone } from '../../cloud/error.ts'
import type { Found } from '../../cloud/service.ts'
import { type AnyResource, requestOf } from '../../plugin/index.ts'
import { claimsOf } from './claims.ts'
import { homeOf } from './clients.ts'
import { contextOf } from './context.ts'
import { worthAnotherTry } from './failure.ts'
import { findAgain } from './find-again.ts'
import type { Values } from './properties.ts'
import { removeObject } from './remove.ts'
import { goOnUnlessAborted, rest } from './rest.ts'
import { settle } from './settle.ts'
import { type Hold, touchesCloud } from './site.ts'
import { mayHaveTwin, noteTwin, removeTwins } from './twins.ts'

/**
 * Makes a resource's object and waits until it is ready; answers with the live object. One that fails in the cloud is
 * deleted and made anew, a few times; what is told in the end is how it failed first.
 */
export async function create(type: AnyResource, hold: Hold, values: Values): Promise<Found | undefined> {
  const { actionRetryLimit } = hold.site.parts.options
  let first: unknown
  for (let attempt = 0; ; attempt++) {
    try {
      return await createOnce(type, hold, values)
    } catch (error) {
      first ??= error
      if (attempt >= actionRetryLimit || hold.site.signal.aborted) throw first
      if (!worthAnotherTry(error) && !(await hasVanished(type, hold, error))) throw first
      if (!(await isClearedAway(type, hold, values))) throw first
      await backOff(hold, attempt)
    }
  }
}

async function createOnce(type: AnyResource, hold: Hold, values: Values): Promise<Found | undefined> {
  const live = hold.row.physicalId === null ? await begin(type, hold, values) : undefined
  return await complete(type, hold, { values, ...(live && { live }) })
}

/** Starts making the object. The intent is on disk before the cloud is asked, the ID follows before anything else. */
async function begin(type: AnyResource, hold: Hold, values: Values): Promise<Found> {
  await type.verify?.(contextOf(type, hold, values))
  goOnUnlessAborted(hold.site)
  const intent = { does: 'create', since: hold.site.parts.clock.now() } as const
  if (touchesCloud(type)) await hold.set({ intent })
  else hold.note({ intent })
  if (hold.site.signal.aborted) {
    // Nothing was asked, so that nothing need be looked for.
    hold.jot({ intent: null })
    goOnUnlessAborted(hold.site)
  }
  const live = await ask(type, hold, values)
  hold.jot({ physicalId: live.id, intent: null })
  return live
}

async function ask(type: AnyResource, hold: Hold, values: Values): Promise<Found> {
  try {
    const live = await request(type, hold, values)
    if (
      !touchesCloud(type) ||
      claimsOf(hold.site.parts).receive({ type: hold.row.type, id: live.id }, hold.row.id)
    )
      return live
    // One that looked for what a lost request had made took this for it, so what that made is this one's.
    return (await findAgain(type, hold, values)) ?? (await request(type, hold, values))
  } catch (error) {
    // A refusal, too, may say that an earlier request which was given up for lost has arrived since.
    if (!isCloudError(error) || !(error.doubtful || mayHaveTwin(hold))) throw error
    // Even if it is found, another may follow: it may have been sent more than once on its way.
    if (error.doubtful) noteTwin(hold)
    const lostAt = error.doubtful ? hold.site.parts.clock.now() : undefined
    const found = await findAgain(type, hold, values, lostAt)
    if (found !== undefined) return found
    throw error
  }
}

async function request(type: AnyResource, hold: Hold, values: Values): Promise<Found> {
  const context = contextOf(type, hold, values)
  if (type.create !== undefined) return await type.create(context)
  const home = homeOf(hold, type)
  if (home === undefined) return { id: hold.row.id }
  return await home.create(requestOf(type, context.props as Values))
}

interface Begun {
  readonly values: Values
  readonly live?: Found
}

/** Does what comes after the object is there: the calls that set the rest of it, and waiting. Safe to repeat. */
export async function complete(
  type: AnyResource,
  hold: Hold,
  { values, live }: Begun,
): Promise<Found | undefined> {
  const context = contextOf(type, hold, values)
  const synced = (await type.sync?.({ ...context, changed: context.props, before: {} })) ?? 'changed'
  // What the request said of the object does not hold any more after other calls.
  const known = type.sync === undefined || synced === 'unchanged' ? live : undefined
  const ready = await settle(type, hold, values, known)
  await removeTwins(type, hold, values)
  return ready ?? known
}

/** Whether something failed because the object is not there any more: an earlier attempt was clearing it away. */
export async function hasVanished(type: AnyResource, hold: Hold, error: unknown): Promise<boolean> {
  const { physicalId } = hold.row
  const home = homeOf(hold, type)
  if (!isCloudError(error, 'not-found') || physicalId === null || home === undefined) return false
  return (await unlessGone(home.get(physicalId))) === undefined
}

/** Deletes what failed; if even that fails, there is no room for another. */
async function isClearedAway(type: AnyResource, hold: Hold, values: Values): Promise<boolean> {
  if (hold.row.physicalId === null) return true
  try {
    await removeObject(type, hold, values)
  } catch (error) {
    if (isCloudError(error) || worthAnotherTry(error)) return false
    throw error
  }
  await hold.set({ physicalId: null, intent: null })
  return true
}

async function backOff({ site }: Hold, attempt: number): Promise<void> {
  await rest(site, (2 ** attempt + 2 * site.parts.random()) * site.parts.options.pollMs.first * 5)
}

/** Takes up a create that a crash interrupted, with what it made; answers whether it made anything. */
export async function recoverCreate(type: AnyResource, hold: Hold, values: Values): Promise<boolean> {
  if (hold.row.physicalId === null && hold.row.intent?.does === 'create' && touchesCloud(type)) {
    noteTwin(hold)
    const found = await findAgain(type, hold, values)
    if (found !== undefined) await hold.set({ physicalId: found.id, intent: null })
  }
  return hold.row.physicalId !== null
}
