import type { Clock } from '../base/clock.ts'
import { isAway, isCloudError } from './error.ts'
import type { Collection, Found } from './service.ts'

/** How long a look may be put off, so that others who want one join. */
export interface Patience {
  readonly ms: number
  readonly signal: AbortSignal
}

/** Looks at objects for many who wait for theirs: whoever looks into one collection in the same moment does it together. */
export interface Lookout {
  /**
   * The live object, as `get` of its collection would tell it, and never older than the call. It is put off until the first
   * of those who joined has no more patience; then all of them are answered, by few lists if they are many.
   */
  look<Live extends Found>(collection: Collection<Live>, id: string, patience: Patience): Promise<Live>
}

/** One who waits for an object. */
interface Seat {
  readonly id: string
  readonly answered: Promise<Found>
  readonly answer: (live: Found | PromiseLike<Found>) => void
  readonly refuse: (error: unknown) => void
  /** Aborted when somebody looks for it. */
  readonly taken: AbortController
}

/** So many are asked for by one list at most: services bound their pages, and addresses their length. */
const mostAtOnce = 100

export function lookout(clock: Clock): Lookout {
  const waiting = new WeakMap<object, Set<Seat>>()

  return {
    async look(collection, id, { ms, signal }) {
      const seats = waiting.get(collection) ?? new Set<Seat>()
      waiting.set(collection, seats)
      const seat = newSeat(id)
      seats.add(seat)
      try {
        await clock.sleep(ms, AbortSignal.any([signal, seat.taken.signal]))
      } catch (error) {
        if (!seat.taken.signal.aborted) {
          seats.delete(seat)
          throw error
        }
      }
      if (seats.has(seat)) void lookForAll(collection as Collection<Found>, take(seats))
      return (await seat.answered) as never
    },
  }
}

function newSeat(id: string): Seat {
  const { promise: answered, resolve: answer, reject: refuse } = Promise.withResolvers<Found>()
  // One who left off waiting does not hear of it.
  answered.catch(() => {})
  return { id, answered, answer, refuse, taken: new AbortController() }
}

/** Whoever comes from now on waits for the next look: this one may be answered with what was true before. */
function take(seats: Set<Seat>): readonly Seat[] {
  const taken = [...seats]
  seats.clear()
  for (const seat of taken) seat.taken.abort()
  return taken
}

async function lookForAll(collection: Collection<Found>, seats: readonly Seat[]): Promise<void> {
  if (seats.length === 1 || collection.some === undefined) return lookOneByOne(collection, seats)
  for (let from = 0; from < seats.length; from += mostAtOnce)
    await lookTogether(collection, seats.slice(from, from + mostAtOnce))
}

/** Whom a list leaves out may be there all the same, so only a look at the object itself tells that it is gone. */
async function lookTogether(collection: Collection<Found>, seats: readonly Seat[]): Promise<void> {
  let found: readonly Found[] = []
  try {
    found = (await collection.some?.([...new Set(seats.map(({ id }) => id))])) ?? []
  } catch (error) {
    // Who may not list may yet look at what is theirs; where nobody answers there is nothing to look at.
    if (!isCloudError(error) || isAway(error)) {
      for (const { refuse } of seats) refuse(error)
      return
    }
  }
  const live = new Map(found.map((one) => [one.id, one]))
  for (const seat of seats) {
    const one = live.get(seat.id)
    if (one !== undefined) seat.answer(one)
  }
  lookOneByOne(
    collection,
    seats.filter(({ id }) => !live.has(id)),
  )
}

function lookOneByOne(collection: Collection<Found>, seats: readonly Seat[]): void {
  for (const { id, answer } of seats) answer(collection.get(id))
}
