import { messageOf } from '../../base/problem.ts'
import type { StackRow } from '../../store/rows.ts'
import { Aborted } from './failure.ts'
import { rest } from './rest.ts'
import type { Site } from './site.ts'

/** How long until the store is asked how a child does, should the hint that it settled be lost: ever longer. */
const lookAgainMs = { first: 2000, last: 15_000 }

/** Waits until a stack's action has ended. */
export async function settled(site: Site, stackId: string): Promise<StackRow> {
  const { store, hints } = site.parts
  for (let pause = lookAgainMs.first; ; pause = Math.min(pause * 1.5, lookAgainMs.last)) {
    // From here on, so that no hint is missed while the store is asked.
    const hint = waitForHint(hints.onSettled, stackId)
    try {
      const stack = await store.stack(stackId)
      if (stack === undefined) throw new Error(`the child stack ${stackId} is gone`)
      if (stack.status !== 'IN_PROGRESS') return stack
      await Promise.race([hint.arrived, rest(site, pause)])
      if (site.signal.aborted) throw new Aborted(messageOf(site.signal.reason))
    } finally {
      hint.stop()
    }
  }
}

/** One waiter among many for one listener: hints are fanned out by stack. */
const waiters = new WeakMap<object, Map<string, Set<() => void>>>()

function waitForHint(
  onSettled: Site['parts']['hints']['onSettled'],
  stackId: string,
): { arrived: Promise<void>; stop: () => void } {
  const byStack = waitersOf(onSettled)
  const { promise, resolve } = Promise.withResolvers<void>()
  const mine = byStack.get(stackId) ?? new Set()
  byStack.set(stackId, mine.add(resolve))
  const stop = () => {
    mine.delete(resolve)
    if (mine.size === 0) byStack.delete(stackId)
  }
  return { arrived: promise, stop }
}

function waitersOf(onSettled: Site['parts']['hints']['onSettled']): Map<string, Set<() => void>> {
  const known = waiters.get(onSettled)
  if (known !== undefined) return known
  const byStack = new Map<string, Set<() => void>>()
  waiters.set(onSettled, byStack)
  onSettled((stackId) => {
    for (const wake of byStack.get(stackId) ?? []) wake()
  })
  return byStack
}
