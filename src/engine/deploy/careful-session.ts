import type { Session } from '../../cloud/service.ts'
import { type Ownership, OwnershipLost } from '../../store/store.ts'
import { heartOf } from '../heart.ts'
import type { Guard } from '../lifecycle/site.ts'
import type { EngineParts } from '../parts.ts'

/** Whose deployment it is, and whether it has been given up: what is under way may not have noticed yet. */
interface Care {
  readonly owner: Ownership
  readonly lost: AbortSignal
}

/**
 * Sees to it that nothing is changed anywhere unless the deployment is surely this engine's, and goes on. An engine that was
 * asleep for a while does not know that another has its place, nor does what is under way that its deployment broke off and
 * is taken up anew: what it was about to ask for would be done a second time.
 */
export function guardOf(parts: EngineParts, { owner, lost }: Care): Guard {
  const heart = heartOf(parts)
  let lapses = heart.lapses
  const ownershipLost = () => new OwnershipLost(owner.stackId)

  return {
    async makeSure() {
      while (!heart.isBelieved() || heart.lapses !== lapses) {
        await heart.believed()
        const { lapses: now } = heart
        const deployment = await parts.store.deployment(owner.stackId)
        if (deployment?.engineId !== owner.engineId || deployment.fence !== owner.fence) throw ownershipLost()
        lapses = now
      }
    },
    beforeSending() {
      if (lost.aborted || !heart.isBelieved() || heart.lapses !== lapses) throw ownershipLost()
    },
  }
}

/** A session that changes nothing in a cloud against a guard's word. */
export const careful = ({ makeSure, beforeSending }: Guard, session: Session): Session => ({
  ...session,
  async request(ask) {
    if (ask.method === 'GET' || ask.method === 'HEAD') return await session.request(ask)
    await makeSure()
    return await session.request({ ...ask, beforeSending })
  },
})
