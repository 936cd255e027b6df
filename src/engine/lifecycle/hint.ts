/** A hint that somebody waits for. */
export interface Awaited {
  readonly arrived: Promise<void>
  /** Waits no longer. */
  stop(): void
}

type Listen = (listener: (stackId: string) => void) => void

/** One listener for many waiters: hints are fanned out by stack. */
const waiters = new WeakMap<object, Map<string, Set<() => void>>>()

/** Waits, from now on, for the next hint about a stack. */
export function nextHint(listen: Listen, stackId: string): Awaited {
  const byStack = waitersOf(listen)
  const { promise, resolve } = Promise.withResolvers<void>()
  const mine = byStack.get(stackId) ?? new Set()
  byStack.set(stackId, mine.add(resolve))
  const stop = () => {
    mine.delete(resolve)
    if (mine.size === 0) byStack.delete(stackId)
  }
  return { arrived: promise, stop }
}

function waitersOf(listen: Listen): Map<string, Set<() => void>> {
  const known = waiters.get(listen)
  if (known !== undefined) return known
  const byStack = new Map<string, Set<() => void>>()
  waiters.set(listen, byStack)
  listen((stackId) => {
    for (const wake of byStack.get(stackId) ?? []) wake()
  })
  return byStack
}
