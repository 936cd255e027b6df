import { once } from '../../base/once.ts'
import type { Session } from '../../cloud/service.ts'
import type { StackRow } from '../../store/rows.ts'
import type { EngineParts } from '../parts.ts'

/**
 * A session in the name of a stack's owner, opened when a resource first asks something of a cloud: many stacks never do.
 * The credential is the root stack's: one that was changed there counts for the whole tree at once.
 */
export function ownerSession(
  { store, access }: Pick<EngineParts, 'store' | 'access'>,
  stack: StackRow,
): Session {
  const session = once(async (): Promise<Session> => {
    const root = stack.id === stack.rootId ? stack : await store.stack(stack.rootId)
    const id = root?.credentialId ?? stack.credentialId
    const credential = id === null ? undefined : await store.credential(id)
    return access.forStack(credential?.document ?? {}, stack.projectId)
  })

  return {
    projectId: stack.projectId,
    userId: stack.userId,
    // All that this engine can reach is one cloud.
    cloud: access,
    request: async (ask) => await (await session()).request(ask),
    offers: async (types) => await (await session()).offers(types),
  }
}
