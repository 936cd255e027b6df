import { BoundedMap } from '../base/bounded-map.ts'
import { hexId } from '../base/ids.ts'
import { isMap, type JsonMap } from '../base/json.ts'
import { once } from '../base/once.ts'
import { Problem } from '../base/problem.ts'
import { isCloudError, type Session, wordsOf } from '../cloud/index.ts'
import type { Caller } from '../contract/views.ts'
import type { Access } from '../engine/index.ts'
import type { Delegation, StoredCredential } from '../identity/index.ts'

/** Where no trust can be made, the caller's own token is kept in memory for as long as it lasts; never more than so many. */
const mostRemembered = 1000

/** Whatever is asked of an engine is stored or refused long before. */
const storedWithinMs = 3_000_000

/** Lets the engine act in the clouds by way of trusts. */
export function accessBy(delegation: Delegation): Access {
  const remembered = new BoundedMap<Caller>(mostRemembered)
  /** The trusts that no stack has, and when that was first seen. */
  const strays = new Map<string, number>()

  return {
    forCaller: (caller) =>
      opened(caller.projectId, caller.userId, () => asProblem(delegation.sessionOf(caller))),
    async defer(caller, passedOn) {
      const key = hexId()
      const credential = await asProblem(delegation.entrust(caller, passedOn))
      if (credential.by === 'none') remembered.set(key, caller)
      return { ...credential, key } as unknown as JsonMap
    },
    forStack(document, projectId) {
      const credential = storedIn(document)
      return opened(projectId, credential.userId, () =>
        delegation.sessionFor(credential, remembered.get(String(document.key))),
      )
    },
    opens: (document) => delegation.opens(storedIn(document), remembered.get(String(document.key))),
    async discard(document) {
      const key = String(document.key)
      await delegation.revoke(storedIn(document), remembered.get(key))
      remembered.delete(key)
    },
    async discardOthers(kept, now) {
      const known = new Set(kept.map(storedIn).map((one) => (one.by === 'trust' ? one.trustId : '')))
      const others = (await delegation.given()).filter(({ trustId }) => !known.has(trustId))
      const before = new Map(strays)
      strays.clear()
      for (const { trustId } of others) strays.set(trustId, before.get(trustId) ?? now)
      const due = others.filter(({ trustId }) => (strays.get(trustId) ?? now) <= now - storedWithinMs)
      for (const one of due) await delegation.revoke(one)
      return due.length
    },
  }
}

const storedIn = (document: JsonMap): StoredCredential => {
  if (isMap(document) && typeof document.by === 'string') return document as unknown as StoredCredential
  return { by: 'none', userId: '', projectId: '', reason: 'none was stored.' }
}

/** A session that is opened when something is first asked of it, and opened anew if that failed. */
function opened(projectId: string, userId: string, open: () => Promise<Session>): Session {
  const session = once(open)
  return {
    projectId,
    userId,
    request: async (ask) => await (await session()).request(ask),
    offers: async (types) => await (await session()).offers(types),
  }
}

/** A caller whose token is no longer good is told so, rather than that a cloud refused. */
async function asProblem<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isCloudError(error, 'unauthorized'))
      throw new Problem('Unauthorized', error.message, { status: 401, cause: error })
    if (isCloudError(error, 'unavailable'))
      throw new Problem('HTTPServiceUnavailable', wordsOf(error), { status: 503, cause: error })
    throw error
  }
}
