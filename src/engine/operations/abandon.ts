import type { JsonMap } from '../../base/json.ts'
import { NotSupported } from '../../contract/problems.ts'
import type { Caller, StackIdentity } from '../../contract/views.ts'
import type { StackRow } from '../../store/rows.ts'
import { documentOf } from '../document.ts'
import type { EngineParts } from '../parts.ts'
import { begun } from '../plan/begin.ts'
import { refuseBusy, retarget } from './retarget.ts'
import { liveStackOf } from './stacks.ts'

interface Asked {
  readonly stack: StackIdentity
}

export async function exportStack(parts: EngineParts, _caller: Caller, { stack }: Asked): Promise<JsonMap> {
  refuseUnlessEnabled(parts)
  return await documentOf(parts, await liveStackOf(parts, stack))
}

/** Has a stack forgotten, and leaves all that it made as it is. The answer is what is left of it. */
export async function abandonStack(parts: EngineParts, _caller: Caller, ask: Asked): Promise<JsonMap> {
  refuseUnlessEnabled(parts)
  let document: JsonMap = {}
  await retarget(parts, ask.stack, async (stack) => {
    // What is being made or deleted just now would be in no document.
    refuseBusy(stack)
    document = await documentOf(parts, stack)
    return { stack: abandonedRow(parts, stack), answer: document }
  })
  return document
}

function refuseUnlessEnabled({ options }: EngineParts): void {
  if (!options.enableStackAbandon) throw NotSupported({ feature: 'Stack Abandon' })
}

const abandonedRow = ({ clock }: EngineParts, stack: StackRow): StackRow => ({
  ...begun(stack, 'DELETE', clock.now()),
  keepsObjects: true,
})
