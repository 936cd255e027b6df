import type { Store } from '../store/index.ts'

/** A store in a database that takes the machine's own time, and how to wait for it without letting the story's time pass. */
export interface OutsideStore {
  readonly store: Store
  /** Waits for what is asked of the database now; answers whether there was anything to wait for. */
  answered(): Promise<boolean>
}

/** Keeps account of what is asked of a store and not answered yet. */
export function outsideStore(within: Store): OutsideStore {
  const asked = new Set<Promise<unknown>>()

  function keep(answer: Promise<unknown>): Promise<unknown> {
    const over: Promise<unknown> = answer.catch(() => {}).then(() => asked.delete(over))
    asked.add(over)
    return answer
  }

  const store = new Proxy(within, {
    get(target, key, receiver) {
      const method: unknown = Reflect.get(target, key, receiver)
      if (typeof method !== 'function') return method
      return (...args: unknown[]) => keep(method.apply(target, args) as Promise<unknown>)
    },
  })

  return {
    store,
    async answered() {
      if (asked.size === 0) return false
      await Promise.race(asked)
      return true
    },
  }
}
