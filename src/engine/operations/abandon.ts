import type { JsonMap } from '../../base/json.ts'
import { NotSupported } from '../../contract/problems.ts'
import type { Caller, StackIdentity } from '../../contract/views.ts'
import type { StackRow } from '../../store/rows.ts'
import { documentOf, refuseTooLarge } from '../document.ts'
import type { EngineParts } from '../parts.ts'
import { begun } from '../plan/begin.ts'
import { refuseBusy, retarget } from './retarget.ts'
import { liveStackOf } from './stacks.ts'

interface Asked {
  readonly stack: StackIdentity
}

export async function exportStack(parts: EngineParts, _caller: Caller, { stack }: Asked): Promise<JsonMap> {
  refuseUnlessEnabled(parts)
  const row = await liveStackOf(parts, stack)
  await refuseTooLarge(parts, row)
  return await documentOf(parts, row)
}

/** Has a stack forgotten, and leaves all that it made as it is. The answer is what is left of it. */
export async function abandonStack(parts: EngineParts, _caller: Caller, ask: Asked): Promise<JsonMap> {
  refuseUnlessEnabled(parts)
  let document: JsonMap = {}
  await retarget(parts, ask.stack, async (stack) => {
    await refuseBusyTree(parts, stack)
    await refuseTooLarge(parts, stack)
    document = await documentOf(parts, stack)
    return { stack: abandonedRow(parts, stack), answer: document }
  })
  return document
}

function refuseUnlessEnabled({ options }: EngineParts): void {
  if (!options.enableStackAbandon) throw NotSupported({ feature: 'Stack Abandon' })
}

/** What is being made or deleted just now would be in no document: by the stack, by one inside it, or by what was cancelled. */
async function refuseBusyTree({ store }: EngineParts, { rootId }: StackRow): Promise<void> {
  const tree = (await store.tree(rootId)).toSorted((a, b) => a.depth - b.depth)
  const deployments = await store.deployments(tree.map(({ id }) => id))
  const pending = new Set(deployments.filter((one) => one.pending).map(({ stackId }) => stackId))
  for (const stack of tree) refuseBusy(pending.has(stack.id) ? { ...stack, status: 'IN_PROGRESS' } : stack)
}

const abandonedRow = ({ clock }: EngineParts, stack: StackRow): StackRow => ({
  ...begun(stack, 'DELETE', clock.now()),
  keepsObjects: true,
})
