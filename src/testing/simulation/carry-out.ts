import type { CallContext } from '../../contract/call.ts'
import type { StackIdentity } from '../../contract/views.ts'
import type { Engine } from '../../engine/index.ts'
import { anna } from '../scenario.ts'
import type { Deed, Telling } from './story.ts'
import { parameters } from './templates.ts'
import { newsFor } from './waiting.ts'

export type Calls = Engine['calls']

/** What a user asks of whichever engine there is. */
export type Ask = (calls: Calls, context: CallContext | undefined) => Promise<unknown>

/** What a deed asks of a stack, where one call is all that it takes. */
export async function carryOut(
  calls: Calls,
  deed: Deed,
  stack: StackIdentity | undefined,
  context: CallContext | undefined,
): Promise<unknown> {
  if (deed.does === 'create') {
    const { template, rollback, hooks } = deed
    const environment = environmentWith(hooks)
    const ask = { name: deed.stack, template, parameters, environment, disableRollback: !rollback }
    return await calls.createStack(anna, ask, context)
  }
  if (stack === undefined) return undefined
  if (deed.does === 'update') {
    const { template, rollback, hooks } = deed
    const environment = environmentWith(hooks)
    const ask = { stack, template, parameters, environment, disableRollback: !rollback, existing: false }
    return await calls.updateStack(anna, ask, context)
  }
  if (deed.does === 'patch')
    return await calls.updateStack(anna, { stack, parameters: deed.parameters, existing: true }, context)
  if (deed.does === 'cancel')
    return await calls.cancelUpdate(anna, { stack, rollback: deed.rollback }, context)
  if (deed.does === 'mark') {
    const { resource } = deed
    const ask = { stack, resource, unhealthy: true, reason: 'somebody said so' }
    return await calls.markUnhealthy(anna, ask, context)
  }
  return await act(calls, stack, deed.does, context)
}

const environmentWith = (resources: Extract<Deed, { does: 'create' | 'update' }>['hooks']) => ({
  resource_registry: { resources },
})

async function act(
  calls: Calls,
  stack: StackIdentity,
  does: Deed['does'],
  context: CallContext | undefined,
): Promise<unknown> {
  switch (does) {
    case 'suspend':
      return await calls.suspendStack(anna, { stack }, context)
    case 'resume':
      return await calls.resumeStack(anna, { stack }, context)
    case 'check':
      return await calls.checkStack(anna, { stack }, context)
    case 'snapshot':
      return await calls.createSnapshot(anna, { stack }, context)
    case 'restore':
      return await restore(calls, stack)
    default:
      return await calls.deleteStack(anna, { stack }, context)
  }
}

/** Goes back to the last snapshot there is. */
async function restore(calls: Calls, stack: StackIdentity): Promise<void> {
  const last = (await calls.listSnapshots(anna, { stack })).at(-1)
  if (last !== undefined) await calls.restoreSnapshot(anna, { stack, snapshot: last.id })
}

/** Tells a resource good or bad news, with a word by which that is known again. */
export function tell(deed: Telling, stack: StackIdentity, word: string): Ask {
  const { resource, good, id } = deed
  const said = resource === 'h' ? { reason: word } : { says: word }
  const details = { ...newsFor({ name: resource }, good), ...said, ...(id !== undefined && { id }) }
  return (calls, context) => calls.signalResource(anna, { stack, resource, details }, context)
}
