import type { JsonMap } from '../../base/json.ts'
import { ActionInProgress } from '../../contract/problems.ts'
import type { StackIdentity } from '../../contract/views.ts'
import type { CredentialRow, SnapshotRow, StackRow, TemplateRow } from '../../store/rows.ts'
import { stackEvent } from '../lifecycle/journal.ts'
import { noted } from '../noted.ts'
import type { EngineParts } from '../parts.ts'
import { actOf } from '../plan/acts.ts'
import { liveStackOf } from './stacks.ts'

/** What a stack is to become. */
export interface NewTarget {
  readonly stack: StackRow
  readonly template?: TemplateRow
  readonly snapshot?: SnapshotRow
  readonly credential?: CredentialRow | undefined
  /** What the call is answered with, where nobody could tell afterwards. */
  readonly answer?: JsonMap
}

/** How often a change of a stack's target is tried again because another came between. */
const attempts = 5

/**
 * Stores a new target for a stack, and tells the engines. It is made of the stack as it then is: if another target comes
 * between, it is made anew, or refused after all. `undefined`: there is nothing to change.
 */
export async function retarget(
  parts: EngineParts,
  identity: StackIdentity,
  aim: (stack: StackRow) => Promise<NewTarget | undefined>,
): Promise<void> {
  const { store, hints } = parts
  let action = 'UPDATE'
  for (let attempt = 0; attempt < attempts; attempt++) {
    const deployment = await store.deployment(identity.id)
    const stack = await liveStackOf(parts, identity)
    action = stack.action
    const target = await aim(stack)
    // Without a deployment the stack was deleted since; the next look at it says so.
    const isPlaced = target === undefined || (await place(parts, target, deployment?.request))
    if (isPlaced) return hints.work(stack.id)
  }
  throw ActionInProgress({ stack: identity.id, action })
}

async function place(parts: EngineParts, target: NewTarget, seen: number | undefined): Promise<boolean> {
  const { store, clock, access } = parts
  const { stack, template, snapshot, credential, answer } = target
  const row = credential === undefined ? stack : { ...stack, credentialId: credential.id }
  const giveBack = async () => {
    if (credential !== undefined) await access.discard(credential.document, stack.projectId).catch(() => {})
  }
  try {
    const events = [stackEvent(parts, row)]
    const isPlaced =
      seen !== undefined &&
      (await store.retarget({
        ...{ stack: row, askedAt: clock.now(), seen, events },
        call: noted(parts, answer),
        ...(template && { template }),
        ...(snapshot && { snapshot }),
        ...(credential && { credential }),
      }))
    if (!isPlaced) await giveBack()
    return isPlaced
  } catch (error) {
    await giveBack()
    throw error
  }
}

/** Refuses what can't be done to a stack while anything is under way. */
export function refuseBusy({ name, action, status }: StackRow): void {
  if (status === 'IN_PROGRESS') throw ActionInProgress({ stack: name, action })
}

/** What a failed update goes back to: the template that last was complete; for a stack that never was, the one begun. */
export function lastGoodTemplate(stack: StackRow): string | null {
  const { action, status, templateId, previousTemplateId } = stack
  // What only acted on the resources says nothing of the template; it took over what there was to go back to.
  if (action === 'ROLLBACK' || actOf(action) !== undefined) return previousTemplateId
  const isGood = status === 'COMPLETE' || action === 'CREATE' || action === 'ADOPT'
  return isGood ? templateId : previousTemplateId
}
