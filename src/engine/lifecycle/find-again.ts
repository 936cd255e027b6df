import { sameJson } from '../../base/json.ts'
import type { Found } from '../../cloud/service.ts'
import { type AnyResource, requestOf } from '../../plugin/index.ts'
import { homeOf } from './clients.ts'
import { contextOf, selfOf } from './context.ts'
import type { Values } from './properties.ts'
import { rest } from './settle.ts'
import type { Hold } from './site.ts'

/** Clocks of clouds and engines differ a little, and OpenStack tells times to the second. */
const skewMs = 5000

/** IDs that this process has just taken for found, and that are not in the store yet. */
const claimed = new Set<string>()

/**
 * Looks for the object that a request may have made whose answer was never seen: the engine died, or the connection did.
 * The request may still be on its way, so it looks for a while before it says that there is none.
 */
export async function findAgain(type: AnyResource, hold: Hold, values: Values): Promise<Found | undefined> {
  const { clock, options } = hold.site.parts
  const since = hold.row.intent?.since ?? clock.now()
  const until = Math.max(since, clock.now() - options.doubtMs) + options.doubtMs
  for (let pause = 200; ; pause = Math.min(pause * 2, 2000)) {
    const found = await look(type, hold, { values, since })
    if (found !== undefined || clock.now() >= until) return found
    await rest(hold.site, pause)
  }
}

interface Sought {
  readonly values: Values
  readonly since: number
}

/** Everything that an earlier request for this resource may have made, but for what is known to be somebody's. */
async function look(type: AnyResource, hold: Hold, sought: Sought): Promise<Found | undefined> {
  const [first] = await candidates(type, hold, sought)
  if (first !== undefined) claimed.add(first.id)
  return first
}

/** Objects made twice, because a lost request arrived after all: all but the one that the row knows. */
export async function twins(type: AnyResource, hold: Hold, sought: Sought): Promise<readonly Found[]> {
  return (await candidates(type, hold, sought)).filter(({ id }) => id !== hold.row.physicalId)
}

async function candidates(type: AnyResource, hold: Hold, sought: Sought): Promise<readonly Found[]> {
  const alike =
    type.find === undefined ? await alikeAtHome(type, hold, sought) : await askType(type, hold, sought)
  const free = alike.filter(({ id }) => !claimed.has(id))
  const owned = await hold.site.parts.store.ownedPhysicalIds(free.map(({ id }) => id))
  return free.filter(({ id }) => !owned.has(id))
}

async function askType(type: AnyResource, hold: Hold, { values, since }: Sought): Promise<readonly Found[]> {
  const found = await type.find?.({ ...contextOf(type, hold, values), since: new Date(since) })
  return found === undefined ? [] : Array.isArray(found) ? (found as readonly Found[]) : [found as Found]
}

async function alikeAtHome(
  type: AnyResource,
  hold: Hold,
  { values, since }: Sought,
): Promise<readonly Found[]> {
  const home = homeOf(hold.site.session, type)
  if (home === undefined) return []
  const { physicalName } = selfOf(type, hold)
  const body = requestOf(type, contextOf(type, hold, values).props as Values) as Readonly<
    Record<string, unknown>
  >
  const name = typeof body['name'] === 'string' ? body['name'] : undefined
  const listed = await home.list(name === undefined ? {} : { name })
  return listed.filter((live) =>
    // Nothing else has the physical name, so no more needs to agree.
    name === physicalName
      ? nameOf(live) === name
      : madeSince(live, since - skewMs) && saysTheSame(live, body),
  )
}

const nameOf = (live: Found): unknown => (live as { name?: unknown }).name

function madeSince(live: Found, moment: number): boolean {
  const { created_at, created } = live as { created_at?: unknown; created?: unknown }
  const text = created_at ?? created
  if (typeof text !== 'string') return false
  return Date.parse(/Z|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`) >= moment
}

/** Whether every field of the request that the live object shows too has the same value there. */
function saysTheSame(live: Found, body: Readonly<Record<string, unknown>>): boolean {
  const shown = live as unknown as Record<string, unknown>
  return Object.entries(body).every(
    ([key, value]) => !(key in shown) || typeof value === 'object' || sameJson(shown[key], value),
  )
}
