import { NotSupported } from '../../contract/problems.ts'
import type { Caller, StackIdentity } from '../../contract/views.ts'
import type { StackRow } from '../../store/rows.ts'
import type { EngineParts } from '../parts.ts'
import { cancelled, goingBack } from '../plan/give-up.ts'
import { retarget } from './retarget.ts'

type Ask = { readonly stack: StackIdentity; readonly rollback: boolean }

/** Gives up an update that is under way, and takes the stack back to what it was; or gives it up, or a creation, as it is. */
export async function cancelUpdate(
  parts: EngineParts,
  _caller: Caller,
  { stack: identity, rollback }: Ask,
): Promise<void> {
  await retarget(parts, identity, async (stack) => {
    refuseUnless(stack, rollback ? ['UPDATE'] : ['UPDATE', 'CREATE'])
    return { stack: rollback ? goingBack(stack, parts.clock.now()) : cancelled(stack) }
  })
}

function refuseUnless({ action, status }: StackRow, allowed: readonly string[]): void {
  if (status === 'IN_PROGRESS' && allowed.includes(action)) return
  throw NotSupported({ feature: `Cancelling update when stack is ${action}_${status}` })
}
