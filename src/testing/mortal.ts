import type { Clock } from '../base/clock.ts'
import { silent } from '../base/log.ts'
import type { Session } from '../cloud/index.ts'
import type { Hints } from '../engine/index.ts'
import type { StackUsers } from '../identity/index.ts'
import { type Database, insisting, type Tx, unavailable } from '../store/database.ts'

/**
 * An engine's life, which may end between any two of its deeds. Every time it changes something in its database or its
 * cloud there are two moments to die at: before that is done, and after, when the answer never arrives. Between two that
 * only look at something nothing is different from the moment before.
 */
export interface Life {
  /** How many moments there were so far. */
  readonly moments: number
  readonly isOver: boolean
  readonly isFrozen: boolean
  end(): void
  /** Ends it at the moment that comes after so many more. */
  endAfter(moments: number): void
  /** Stops it as SIGSTOP does: what it asked for is done, and it hears of nothing until it is thawed. */
  freeze(): void
  thaw(): void
}

/** A life that ends at the given moment; without one it lasts until it is ended. */
export function life(endsAt?: number): Mortality {
  return new Mortality(endsAt)
}

/** A life as that is lived by it; see `Life`. */
export class Mortality implements Life {
  #moments = 0
  #isOver = false
  #endsAt: number | undefined
  #frozen: PromiseWithResolvers<void> | undefined

  constructor(endsAt?: number) {
    this.#endsAt = endsAt
  }

  get moments(): number {
    return this.#moments
  }

  get isOver(): boolean {
    return this.#isOver
  }

  get isFrozen(): boolean {
    return this.#frozen !== undefined
  }

  end(): void {
    this.#isOver = true
  }

  endAfter(moments: number): void {
    this.#endsAt = this.#moments + moments
  }

  freeze(): void {
    this.#frozen ??= Promise.withResolvers()
  }

  thaw(): void {
    this.#frozen?.resolve()
    this.#frozen = undefined
  }

  /** Lets a moment go by; answers whether life is over. */
  passes(): boolean {
    if (!this.#isOver && ++this.#moments === this.#endsAt) this.#isOver = true
    return this.#isOver
  }

  /** Goes on if this is alive, or when it is thawed. A dead engine waits for ever: nobody hears of it any more. */
  async lives(): Promise<void> {
    while (this.#frozen !== undefined) await this.#frozen.promise
    if (this.#isOver) await new Promise<never>(() => {})
  }

  /** Does something that changes nothing. */
  async look<T>(deed: () => Promise<T>): Promise<T> {
    await this.lives()
    try {
      return await deed()
    } finally {
      await this.lives()
    }
  }

  /** Does something that changes the world, with a moment before it and one after it. */
  change<T>(deed: () => Promise<T>): Promise<T> {
    return this.look(async () => {
      if (this.passes()) await this.lives()
      try {
        return await deed()
      } finally {
        this.passes()
      }
    })
  }
}

/** What goes wrong with a use of a database: both may wait, or throw what is thrown while a database is away. */
export interface DatabaseTrouble {
  reading(): Promise<void>
  /** `broken`: the connection is lost in the midst of the transaction; `unanswered`: when it was committed. */
  writing(): Promise<'well' | 'broken' | 'unanswered'>
  /** Looks at what a transaction did, before it is committed. */
  witness?(tx: Tx): Promise<void>
}

const noTrouble: DatabaseTrouble = { reading: async () => {}, writing: async () => 'well' }

interface Living {
  readonly mortality: Mortality
  readonly clock: Clock
  readonly trouble?: DatabaseTrouble
}

/** A database as an engine uses it that may die; what was committed stays, what was not is undone. */
export function mortalDatabase(
  database: Database,
  { mortality, clock, trouble = noTrouble }: Living,
): Database {
  async function transaction<T>(work: Parameters<typeof database.transaction<T>>[0]): Promise<T> {
    const fate = await trouble.writing()
    const done = await database.transaction(async (tx) => {
      const result = await work(tx)
      await trouble.witness?.(tx)
      // The connection of a dead engine is closed, and what it had begun undone.
      if (mortality.passes() || fate === 'broken') throw unavailable(new Error('the connection is lost'))
      return result
    })
    mortality.passes()
    if (fate === 'unanswered') throw unavailable(new Error('the connection was lost when it was committed'))
    return done
  }

  const self: Database = {
    ...database,
    read: (query) =>
      mortality.look(async () => {
        await trouble.reading()
        return await database.read(query)
      }),
    now: () =>
      mortality.look(async () => {
        await trouble.reading()
        return await database.now()
      }),
    transaction: (work) => mortality.look(() => transaction(work)),
    insist: (work) => insisting(work, { clock, log: silent }),
    // It is shared with others, who go on.
    close: async () => {},
  }
  return self
}

/** A session as an engine uses it that may die; what it asked for may be done all the same. */
export function mortalSession(session: Session, mortality: Mortality): Session {
  return {
    ...session,
    request: (ask) => {
      const deed = () => session.request(ask)
      return ask.method === 'GET' ? mortality.look(deed) : mortality.change(deed)
    },
    offers: (types) => mortality.look(() => session.offers(types)),
  }
}

/** The users of stacks as an engine knows them that may die. */
export function mortalUsers(users: StackUsers, mortality: Mortality): StackUsers {
  return new Proxy(users, {
    get(target, key, receiver) {
      const method: unknown = Reflect.get(target, key, receiver)
      if (typeof method !== 'function') return method
      return (...args: unknown[]) => mortality.change(() => method.apply(target, args) as Promise<unknown>)
    },
  })
}

/** The dead don't wake up. `skew` is how far an engine's clock differs from the true one. */
export function mortalClock(clock: Clock, mortality: Mortality, skew: () => number = () => 0): Clock {
  return {
    now: () => clock.now() + skew(),
    elapsed: () => clock.now(),
    async sleep(ms, signal) {
      await clock.sleep(ms, signal)
      await mortality.lives()
    },
  }
}

/** Hints as an engine hears them that may be dead, or frozen: then it hears them later. */
export function mortalHints(hints: Hints, mortality: Mortality): Hints {
  const hearing = (listener: (stackId: string) => void) => (stackId: string) => {
    if (mortality.isFrozen) void mortality.lives().then(() => listener(stackId))
    else if (!mortality.isOver) listener(stackId)
  }
  return {
    ...hints,
    onWork: (take) =>
      hints.onWork(async (stackId, again) => {
        await mortality.lives()
        await take(stackId, again)
      }),
    onChanged: (listener) => hints.onChanged(hearing(listener)),
    onSettled: (listener) => hints.onSettled(hearing(listener)),
    onSignalled: (listener) => hints.onSignalled(hearing(listener)),
  }
}
