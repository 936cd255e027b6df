import type { Session } from '../../cloud/service.ts'
import { type Ownership, OwnershipLost } from '../../store/store.ts'
import { heartOf } from '../heart.ts'
import type { EngineParts } from '../parts.ts'

/**
 * A session that changes nothing in a cloud unless the deployment is surely this engine's. An engine that was asleep for a
 * while does not know that another has its place: what it was about to ask for would be done a second time.
 */
export function careful(parts: EngineParts, owner: Ownership, session: Session): Session {
  const heart = heartOf(parts)
  let lapses = heart.lapses

  async function makeSure(): Promise<void> {
    while (!heart.isBelieved() || heart.lapses !== lapses) {
      await heart.believed()
      const { lapses: now } = heart
      const deployment = await parts.store.deployment(owner.stackId)
      if (deployment?.engineId !== owner.engineId || deployment.fence !== owner.fence) throw lost()
      lapses = now
    }
  }

  const lost = () => new OwnershipLost(owner.stackId)

  return {
    ...session,
    async request(ask) {
      if (ask.method === 'GET' || ask.method === 'HEAD') return await session.request(ask)
      await makeSure()
      const beforeSending = () => {
        if (!heart.isBelieved() || heart.lapses !== lapses) throw lost()
      }
      return await session.request({ ...ask, beforeSending })
    },
  }
}
