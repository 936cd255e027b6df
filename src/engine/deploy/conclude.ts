import { messageOf } from '../../base/problem.ts'
import type { StackRow } from '../../store/rows.ts'
import type { Ownership } from '../../store/store.ts'
import { stackEvent } from '../lifecycle/journal.ts'
import type { EngineParts } from '../parts.ts'

/** How a run ended. */
export interface Outcome {
  readonly as: 'complete' | 'failed' | 'superseded'
  readonly reason: string
}

interface Ending {
  readonly owner: Ownership
  readonly stack: StackRow
  readonly request: number
  readonly outcome: Outcome
}

/**
 * Records how a run ended. Answers whether that ends the deployment: it does not if a rollback follows, or if something new
 * was asked meanwhile.
 */
export async function conclude(parts: EngineParts, ending: Ending): Promise<boolean> {
  const { outcome, stack } = ending
  if (outcome.as === 'superseded') return false
  if (outcome.as === 'failed' && rollsBack(stack)) {
    await rollBack(parts, ending)
    return false
  }
  return await finish(parts, ending)
}

const rollsBack = ({ disableRollback, action }: StackRow): boolean =>
  !disableRollback &&
  (action === 'CREATE' || action === 'UPDATE' || action === 'ADOPT' || action === 'RESTORE')

/** Gives the stack its previous template for a target; one that never was complete goes back to nothing. */
async function rollBack(
  { store, clock, newId }: EngineParts,
  { stack, request, outcome }: Ending,
): Promise<void> {
  const failed: StackRow = { ...stack, status: 'FAILED', statusReason: outcome.reason }
  const back: StackRow = {
    ...stack,
    action: 'ROLLBACK',
    status: 'IN_PROGRESS',
    statusReason: `Stack ROLLBACK started: ${outcome.reason}`,
    templateId: stack.previousTemplateId ?? stack.templateId,
    updatedAt: clock.now(),
  }
  const events = [failed, back].map((row) => stackEvent({ newId, clock }, row))
  await store.retarget({ stack: back, seen: request, askedAt: clock.now(), events })
}

async function finish(parts: EngineParts, { owner, stack, request, outcome }: Ending): Promise<boolean> {
  const { clock, store, hints } = parts
  const complete = outcome.as === 'complete'
  const gone = complete && stack.action === 'DELETE'
  const row: StackRow = {
    ...stack,
    status: complete ? 'COMPLETE' : 'FAILED',
    statusReason: complete ? `Stack ${stack.action} completed successfully` : outcome.reason,
    ...(gone && { deletedAt: clock.now() }),
    ...(gone && { credentialId: null }),
  }
  const ended = await store.finish(owner, request, { owner, stack: row, events: [stackEvent(parts, row)] })
  if (!ended) return false
  hints.settled(stack.id)
  await tidy(parts, stack, gone)
  return true
}

/** Drops what nobody will ask for again. Nothing depends on its being done, so nothing is said if it fails. */
async function tidy({ store, access, log }: EngineParts, stack: StackRow, gone: boolean): Promise<void> {
  try {
    if (gone && stack.parentId === null && stack.credentialId !== null) {
      const credential = await store.credential(stack.credentialId)
      if (credential !== undefined) await access.discard(credential.document, stack.projectId)
      await store.forgetCredential(stack.credentialId)
    }
    const rows = await store.resources(stack.id)
    const kept = [stack.templateId, stack.previousTemplateId, ...rows.map(({ templateId }) => templateId)]
    await store.forgetTemplates(stack.id, [...new Set(kept.filter((id) => id !== null))])
  } catch (error) {
    log.warn(
      { stack: stack.id, error: messageOf(error) },
      'What a finished stack no longer needs could not be dropped',
    )
  }
}
