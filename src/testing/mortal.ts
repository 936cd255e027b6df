import type { Clock } from '../base/clock.ts'
import type { Session } from '../cloud/index.ts'
import type { Store } from '../store/index.ts'

/**
 * An engine's life, which may end between any two of its deeds. Every time it asks its store or its cloud for something
 * there are two moments to die at: before it is done, and after, when the answer never arrives.
 */
export interface Life {
  /** How many moments there were so far. */
  readonly moments: number
  readonly isOver: boolean
  end(): void
}

/** A life that ends at the given moment; without one it lasts until it is ended. */
export function life(endsAt?: number): Life & { pass<T>(deed: () => Promise<T>): Promise<T> } {
  let moments = 0
  let isOver = false

  /** A dead engine waits for ever: nobody hears of it any more. */
  const breath = (): Promise<void> | undefined => {
    if (!isOver && ++moments === endsAt) isOver = true
    return isOver ? new Promise<never>(() => {}) : undefined
  }

  return {
    get moments() {
      return moments
    },
    get isOver() {
      return isOver
    },
    end() {
      isOver = true
    },
    async pass(deed) {
      await breath()
      try {
        return await deed()
      } finally {
        await breath()
      }
    },
  }
}

export type Mortality = ReturnType<typeof life>

/** A store as an engine uses it that may die; what it wrote stays. */
export function mortalStore(store: Store, mortality: Mortality): Store {
  return new Proxy(store, {
    get(target, key, receiver) {
      const method: unknown = Reflect.get(target, key, receiver)
      if (typeof method !== 'function') return method
      return (...args: unknown[]) => mortality.pass(() => method.apply(target, args) as Promise<unknown>)
    },
  })
}

/** A session as an engine uses it that may die; what it asked for may be done all the same. */
export function mortalSession(session: Session, mortality: Mortality): Session {
  return {
    ...session,
    request: (ask) => mortality.pass(() => session.request(ask)),
    offers: (types) => mortality.pass(() => session.offers(types)),
  }
}

/** The dead don't wake up. */
export function mortalClock(clock: Clock, mortality: Mortality): Clock {
  return {
    now: () => clock.now(),
    async sleep(ms, signal) {
      await clock.sleep(ms, signal)
      if (mortality.isOver) await new Promise(() => {})
    },
  }
}
