import { sameJson } from '../../base/json.ts'
import { isAway } from '../../cloud/error.ts'
import type { Found } from '../../cloud/service.ts'
import { type AnyResource, requestOf } from '../../plugin/index.ts'
import { claimsOf } from './claims.ts'
import { homeOf } from './clients.ts'
import { contextOf, selfOf } from './context.ts'
import { Aborted } from './failure.ts'
import type { Values } from './properties.ts'
import { rest } from './rest.ts'
import type { Hold } from './site.ts'

/** Clocks of clouds and engines differ a little, and OpenStack tells times to the second. */
const skewMs = 5000

/** How long an object that only looks right must stay nobody's: whoever else asked for it has its answer by then. */
const patienceMs = 2000

/** No request is on its way for longer: what was made later, and only looks right, is somebody else's. */
const longestWayMs = 3_600_000

/**
 * Looks for the object that a request may have made whose answer was never seen: the engine died, or the connection did.
 * The request may still be on its way, so it looks for a while before it says that there is none: from when it was sent, or
 * from when its answer was given up, for then it was slow already. A cloud that is away says nothing at all.
 */
export async function findAgain(
  type: AnyResource,
  hold: Hold,
  values: Values,
  lostAt?: number,
): Promise<Found | undefined> {
  const { clock, options } = hold.site.parts
  const since = hold.row.intent?.since ?? clock.now()
  const until = (lostAt ?? since) + options.doubtMs
  for (let pause = 200; ; pause = Math.min(pause * 2, 2000)) {
    const found = await look(type, hold, { values, since }).catch(awayOnly)
    if (found !== 'away' && (found !== undefined || clock.now() >= until)) return found
    if (clock.now() > hold.site.deadline) throw new Aborted('Timed out')
    await rest(hold.site, pause)
  }
}

function awayOnly(error: unknown): 'away' {
  if (isAway(error)) return 'away'
  throw error
}

interface Sought {
  readonly values: Values
  readonly since: number
}

async function look(type: AnyResource, hold: Hold, sought: Sought): Promise<Found | undefined> {
  const { sureOf, all } = await unowned(type, hold, sought)
  if (sureOf === 'one') return all.find(({ id }) => !isTheOthers(hold, id))
  const claims = claimsOf(hold.site.parts)
  // Another resource in doubt may have taken one of them while the store was asked.
  return all.find(({ id }) => claims.find({ type: hold.row.type, id }, hold.row.id))
}

/** Whether an object is the row's that stands for the resource now: it asked for the same, and one can only be had once. */
function isTheOthers({ site, row }: Hold, id: string): boolean {
  const present = site.rows.get(row.name)
  return present?.id !== row.id && present?.type === row.type && present.physicalId === id
}

/** Objects made twice, because a lost request arrived after all: all but the one that the row knows. */
export async function twins(type: AnyResource, hold: Hold, sought: Sought): Promise<readonly Found[]> {
  const { sureOf, all } = await unowned(type, hold, sought)
  if (sureOf === 'one') return []
  const others = all.filter(({ id }) => id !== hold.row.physicalId)
  return sureOf === 'all' ? others : others.filter((live) => madeAt(live) <= sought.since + longestWayMs)
}

interface Candidates {
  /**
   * `one`: the type knows its object by what it is of (a server's volume), whoever else's object has the same ID. `all`:
   * nothing else has the name. `none`: they look right, but so may those of others.
   */
  readonly sureOf: 'one' | 'all' | 'none'
  readonly all: readonly Found[]
}

/** What may be the resource's and is nobody's. What only looks right is looked at twice. */
async function unowned(type: AnyResource, hold: Hold, sought: Sought): Promise<Candidates> {
  const { sureOf, all } = await candidates(type, hold, sought)
  if (sureOf === 'one') return { sureOf, all }
  const free = await withoutOwner(hold, all)
  if (sureOf === 'all' || free.length === 0) return { sureOf, all: free }
  await rest(hold.site, patienceMs)
  return { sureOf, all: await withoutOwner(hold, free) }
}

async function withoutOwner({ site, row }: Hold, found: readonly Found[]): Promise<readonly Found[]> {
  const claims = claimsOf(site.parts)
  const { type } = row
  const others = found.filter(({ id }) => id !== row.physicalId)
  const owned = await site.parts.store.ownedPhysicalIds(others.map(({ id }) => id))
  return others.filter(({ id }) => !owned.has(id) && !claims.isTaken({ type, id }, row.id))
}

async function candidates(type: AnyResource, hold: Hold, sought: Sought): Promise<Candidates> {
  if (type.find === undefined) return await alikeAtHome(type, hold, sought)
  const found = await type.find({ ...contextOf(type, hold, sought.values), since: new Date(sought.since) })
  if (found === undefined) return { sureOf: 'one', all: [] }
  return isList(found) ? { sureOf: 'none', all: found } : { sureOf: 'one', all: [found] }
}

const isList = (found: Found | readonly Found[]): found is readonly Found[] => Array.isArray(found)

async function alikeAtHome(type: AnyResource, hold: Hold, { values, since }: Sought): Promise<Candidates> {
  const home = homeOf(hold, type)
  if (home === undefined) return { sureOf: 'all', all: [] }
  const { physicalName } = selfOf(type, hold)
  const body = requestOf(type, contextOf(type, hold, values).props as Values) as Values
  const name = typeof body.name === 'string' ? body.name : undefined
  const listed = await home.list(name === undefined ? {} : { name })
  if (name === physicalName) return { sureOf: 'all', all: listed.filter((live) => nameOf(live) === name) }
  // What has a name was asked for by somebody who gave it one.
  const asked = name === undefined ? listed.filter((live) => !nameOf(live)) : listed
  const alike = asked.filter((live) => madeAt(live) >= since - skewMs && saysTheSame(live, body))
  return { sureOf: 'none', all: alike }
}

const nameOf = (live: Found): unknown => (live as { name?: unknown }).name

/** When an object was made; one that does not tell was made at no time that could be looked for. */
function madeAt(live: Found): number {
  const { created_at, created } = live as { created_at?: unknown; created?: unknown }
  const text = created_at ?? created
  if (typeof text !== 'string') return Number.NaN
  return Date.parse(/Z|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`)
}

/** Whether every field of the request that the live object shows too has the same value there. */
function saysTheSame(live: Found, body: Values): boolean {
  const shown = live as unknown as Record<string, unknown>
  return Object.entries(body).every(
    ([key, value]) => !(key in shown) || typeof value === 'object' || sameJson(shown[key], value),
  )
}
