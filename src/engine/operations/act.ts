import type { Caller, StackIdentity } from '../../contract/views.ts'
import { renewedCredential } from '../credentials.ts'
import type { EngineParts } from '../parts.ts'
import { type Act, acts } from '../plan/acts.ts'
import { begun } from '../plan/begin.ts'
import { permitStack } from './permit.ts'
import { lastGoodTemplate, refuseBusy, retarget } from './retarget.ts'

type Ask = { readonly stack: StackIdentity }

export const suspendStack = (parts: EngineParts, caller: Caller, { stack }: Ask): Promise<void> =>
  actOnStack(parts, caller, { stack, action: 'SUSPEND' })

export const resumeStack = (parts: EngineParts, caller: Caller, { stack }: Ask): Promise<void> =>
  actOnStack(parts, caller, { stack, action: 'RESUME' })

export const checkStack = (parts: EngineParts, caller: Caller, { stack }: Ask): Promise<void> =>
  actOnStack(parts, caller, { stack, action: 'CHECK' })

/** Has the resources of a stack acted on as they are. Nothing else may be under way, for then they are not what they will be. */
async function actOnStack(
  parts: EngineParts,
  caller: Caller,
  { stack: identity, action }: Ask & { readonly action: Act },
): Promise<void> {
  await retarget(parts, identity, async (stack) => {
    // Who only looks whether all is well needs no leave to have it.
    if (action !== 'CHECK') await permitStack(parts, caller, stack)
    refuseBusy(stack)
    if (stack.action === action && stack.status === 'COMPLETE' && !acts[action].repeats) return undefined
    const row = { ...begun(stack, action, parts.clock.now()), previousTemplateId: lastGoodTemplate(stack) }
    return { stack: row, credential: await renewedCredential(parts, caller, stack) }
  })
}
