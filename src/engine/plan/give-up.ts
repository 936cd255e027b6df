import type { StackRow } from '../../store/rows.ts'
import { begun } from './begin.ts'

/** A stack whose action is given up. What it has begun is brought to an end, and then nobody works on it any more. */
export const cancelled = (stack: StackRow): StackRow => ({
  ...stack,
  status: 'FAILED',
  statusReason: `Stack ${stack.action} cancelled`,
})

/** A stack on its way back to its last good template; one that never was complete goes back to nothing. */
export const goingBack = (stack: StackRow, now: number, why?: string): StackRow => ({
  ...begun(stack, 'ROLLBACK', now),
  ...(why !== undefined && { statusReason: `Stack ROLLBACK started: ${why}` }),
  templateId: stack.previousTemplateId ?? stack.templateId,
  // What was there before the stack was is not the stack's to delete.
  keepsObjects: stack.action === 'ADOPT',
  converge: false,
})
