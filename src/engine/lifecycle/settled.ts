import { messageOf } from '../../base/problem.ts'
import type { StackRow } from '../../store/rows.ts'
import { Aborted } from './failure.ts'
import { nextHint } from './hint.ts'
import { rest } from './rest.ts'
import type { Site } from './site.ts'

/** How long until the store is asked how a child does, should the hint that it settled be lost: ever longer. */
const lookAgainMs = { first: 2000, last: 15_000 }

/** Waits until a stack's action has ended. */
export async function settled(site: Site, stackId: string): Promise<StackRow> {
  const { store, hints } = site.parts
  for (let pause = lookAgainMs.first; ; pause = Math.min(pause * 1.5, lookAgainMs.last)) {
    // From here on, so that no hint is missed while the store is asked.
    const hint = nextHint(hints.onSettled, stackId)
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
