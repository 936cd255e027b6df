import { Superseded } from './failure.ts'
import { nextHint } from './hint.ts'
import { goOnUnlessAborted } from './rest.ts'
import type { Site } from './site.ts'

/** How long until it is looked whether a signal came, should the hint that it did be lost: ever longer. */
const lookAgainMs = { first: 2000, last: 15_000 }

/**
 * Looks until what is waited for was told: whenever a signal of the stack arrives, and now and then in case that was missed;
 * also at `wakeAt`. Lets go when something newer is asked of the stack: nobody may ever tell.
 */
export async function listen(
  site: Site,
  look: () => Promise<boolean>,
  wakeAt = Number.POSITIVE_INFINITY,
): Promise<void> {
  const { clock, hints } = site.parts
  for (let pause = lookAgainMs.first; ; pause = Math.min(pause * 1.5, lookAgainMs.last)) {
    // From here on, so that no hint is missed while the store is asked.
    const hint = nextHint(hints.onSignalled, site.stack.id)
    const awake = new AbortController()
    try {
      if (await look()) return
      goOnUnlessAborted(site)
      if (site.newer.aborted) throw new Superseded()
      const nap = clock.sleep(
        Math.max(1, Math.min(pause, wakeAt - clock.now())),
        AbortSignal.any([site.signal, site.newer, awake.signal]),
      )
      await Promise.race([hint.arrived, nap.catch(() => {})])
    } finally {
      awake.abort()
      hint.stop()
    }
  }
}
