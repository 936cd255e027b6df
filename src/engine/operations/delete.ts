import { messageOf } from '../../base/problem.ts'
import type { Caller, StackIdentity } from '../../contract/views.ts'
import type { CredentialRow, StackRow } from '../../store/rows.ts'
import { renewedCredential } from '../credentials.ts'
import type { EngineParts } from '../parts.ts'
import { begun } from '../plan/begin.ts'
import { permitStack } from './permit.ts'
import { retarget } from './retarget.ts'

/** Has a stack deleted, whatever is done to it at the moment: what is under way is not waited for. */
export async function deleteStack(
  parts: EngineParts,
  caller: Caller,
  { stack: identity }: { readonly stack: StackIdentity },
): Promise<void> {
  await retarget(parts, identity, async (stack) => {
    await permitStack(parts, caller, stack)
    if (stack.action === 'DELETE' && stack.status === 'IN_PROGRESS') return undefined
    return { stack: deletedRow(parts, stack), credential: await credentialFor(parts, caller, stack) }
  })
}

const deletedRow = ({ clock }: EngineParts, stack: StackRow): StackRow => ({
  ...begun(stack, 'DELETE', clock.now()),
  keepsObjects: false,
})

/** Whoever deletes a stack lends a hand where its own credential is no longer good; but a stack can go without. */
async function credentialFor(
  parts: EngineParts,
  caller: Caller,
  stack: StackRow,
): Promise<CredentialRow | undefined> {
  try {
    return await renewedCredential(parts, caller, stack)
  } catch (error) {
    parts.log.warn({ stack: stack.id, error: messageOf(error) }, 'No new credential could be had')
    return undefined
  }
}
