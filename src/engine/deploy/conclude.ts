import { messageOf } from '../../base/problem.ts'
import type { ResourceRow, SnapshotRow, StackRow } from '../../store/rows.ts'
import type { Ownership } from '../../store/store.ts'
import { dropFormerCredentials } from '../credentials.ts'
import { notSupported } from '../lifecycle/check.ts'
import { resourceEvent, stackEvent } from '../lifecycle/journal.ts'
import type { EngineParts } from '../parts.ts'
import { cancelled, goingBack } from '../plan/give-up.ts'
import { dropProject } from '../stack-project.ts'
import { endOfSnapshot } from './end-snapshot.ts'

/** How a run ended. */
export interface Outcome {
  readonly as: 'complete' | 'failed' | 'superseded'
  readonly reason: string
}

interface Ending {
  readonly owner: Ownership
  readonly stack: StackRow
  readonly request: number
  /** The snapshot that was being taken of it. */
  readonly snapshot: SnapshotRow | undefined
  readonly outcome: Outcome
}

/**
 * Records how a run ended. Answers whether that ends the deployment: it does not if a rollback follows, or if something new
 * was asked meanwhile.
 */
export async function conclude(parts: EngineParts, ending: Ending): Promise<boolean> {
  const { outcome, stack } = ending
  if (outcome.as === 'superseded') return false
  if (stack.status !== 'IN_PROGRESS') return await finishCancelled(parts, ending)
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
async function rollBack(parts: EngineParts, { owner, stack, request, outcome }: Ending): Promise<void> {
  const askedAt = parts.clock.now()
  const failed: StackRow = { ...stack, status: 'FAILED', statusReason: outcome.reason }
  const back = goingBack(stack, askedAt, outcome.reason)
  const events = [failed, back].map((row) => stackEvent(parts, row))
  // Something newer that was asked meanwhile counts more: then nothing of this is written.
  await parts.store.write({ owner, request, next: { stack: back, askedAt, events } })
}

async function finish(parts: EngineParts, ending: Ending): Promise<boolean> {
  const { owner, stack, request, outcome } = ending
  const isOver = outcome.as === 'complete' && stack.action === 'DELETE'
  const remains = isOver ? await dropProject(parts, stack) : undefined
  const complete = outcome.as === 'complete' && remains === undefined
  const gone = isOver && complete
  const reason = complete ? `Stack ${stack.action} completed successfully` : (remains ?? outcome.reason)
  const row: StackRow = {
    ...stack,
    status: complete ? 'COMPLETE' : 'FAILED',
    statusReason: (await isCheckedInPart(parts, stack)) ? `${reason}${notFullySupported}` : reason,
    ...(gone && { deletedAt: parts.clock.now() }),
  }
  const left = complete ? [] : await leftUndone(parts, stack, outcome.reason)
  const events = [...left.map((one) => resourceEvent(parts, stack, one)), stackEvent(parts, row)]
  const taken = ending.snapshot && (await endOfSnapshot(parts, row, { snapshot: ending.snapshot, left }))
  const last = { owner, stack: row, resources: left, events, ...taken }
  const ended = await parts.store.finish(owner, request, last)
  if (!ended) return false
  parts.hints.settled(stack.id)
  await tidy(parts, row)
  return true
}

/**
 * Brings to an end what a cancelled stack had begun, the stacks inside it too. Answers whether that ends the deployment: it
 * does not if something new was asked meanwhile.
 */
async function finishCancelled(
  parts: EngineParts,
  { owner, stack, request, outcome }: Ending,
): Promise<boolean> {
  const { store, hints, clock } = parts
  const left = await leftUndone(parts, stack, outcome.reason)
  const busy = (await store.children(stack.id)).filter(({ status }) => status === 'IN_PROGRESS')
  const children = busy.map(cancelled).map((child) => ({
    ...{ stack: child, askedAt: clock.now(), events: [stackEvent(parts, child)] },
  }))
  const events = left.map((one) => resourceEvent(parts, stack, one))
  const ended = await store.finish(owner, request, { owner, resources: left, events, children })
  if (!ended) return false
  for (const { id } of busy) hints.work(id)
  hints.settled(stack.id)
  await tidy(parts, stack)
  return true
}

/** Whether a check found what can't be checked, in the stack or in one below it. */
async function isCheckedInPart({ store }: EngineParts, { id, action }: StackRow): Promise<boolean> {
  if (action !== 'CHECK') return false
  const [rows, children] = await Promise.all([store.resources(id), store.children(id)])
  return (
    rows.some(
      ({ action: last, statusReason }) => last === 'CHECK' && statusReason.startsWith(notSupported),
    ) ||
    children.some(
      ({ action: last, statusReason }) => last === 'CHECK' && statusReason.endsWith(notFullySupported),
    )
  )
}

const notFullySupported = ". 'CHECK' not fully supported (see resources)"

/** What an earlier run had begun and this one did not come to any more: it must not look as if somebody were at it. */
async function leftUndone(
  { store, clock }: EngineParts,
  stack: StackRow,
  reason: string,
): Promise<readonly ResourceRow[]> {
  const rows = await store.resources(stack.id)
  const begun = rows.filter(({ status }) => status === 'IN_PROGRESS')
  return begun.map((row) => ({
    ...row,
    status: 'FAILED',
    statusReason: `${row.action} aborted (${reason})`,
    updatedAt: clock.now(),
  }))
}

/** Drops what nobody will ask for again. Nothing depends on its being done, so nothing is said if it fails. */
async function tidy(parts: EngineParts, stack: StackRow): Promise<void> {
  const { store, log } = parts
  try {
    const { templateId, previousTemplateId } = stack
    const kept = [templateId, previousTemplateId].filter((id) => id !== null)
    await store.forgetTemplates(stack.id, kept)
    if (stack.parentId === null) await dropFormerCredentials(parts, stack)
  } catch (error) {
    log.warn(
      { stack: stack.id, error: messageOf(error) },
      'What a finished stack no longer needs could not be dropped',
    )
  }
}
