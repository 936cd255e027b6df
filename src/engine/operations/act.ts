import { ActionInProgress } from '../../contract/problems.ts'
import type { Caller, StackIdentity } from '../../contract/views.ts'
import { renewedCredential } from '../credentials.ts'
import type { EngineParts } from '../parts.ts'
import { type Act, acts } from '../plan/acts.ts'
import { permitStack } from './permit.ts'
import { lastGoodTemplate, retarget } from './retarget.ts'

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
    if (stack.status === 'IN_PROGRESS') throw ActionInProgress({ stack: stack.name, action: stack.action })
    if (stack.action === action && stack.status === 'COMPLETE' && !acts[action].repeats) return undefined
    const row = {
      ...stack,
      action,
      status: 'IN_PROGRESS',
      statusReason: `Stack ${action} started`,
      previousTemplateId: lastGoodTemplate(stack),
      updatedAt: parts.clock.now(),
    } as const
    return { stack: row, credential: await renewedCredential(parts, caller, stack) }
  })
}
