import { StackNotFound } from '../../contract/problems.ts'
import type { Caller, StackIdentity } from '../../contract/views.ts'
import type { EngineParts } from '../parts.ts'
import { stackOf } from './stacks.ts'
import { retarget } from './update.ts'

/** Has a stack deleted, whatever is done to it at the moment: what is under way is not waited for. */
export async function deleteStack(
  parts: EngineParts,
  _caller: Caller,
  { stack: identity }: { readonly stack: StackIdentity },
): Promise<void> {
  const stack = await stackOf(parts, identity)
  if (stack.deletedAt !== null) throw StackNotFound({ stack: identity.name })
  if (stack.action === 'DELETE' && stack.status === 'IN_PROGRESS') return parts.hints.work(stack.id)
  await retarget(parts, stack.id, {
    next: (row) => ({
      ...row,
      action: 'DELETE',
      status: 'IN_PROGRESS',
      statusReason: 'Stack DELETE started',
      updatedAt: parts.clock.now(),
    }),
  })
}
