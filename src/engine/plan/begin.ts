import type { StackAction } from '../../contract/views.ts'
import type { StackRow } from '../../store/rows.ts'

/** The state of a stack of which something was asked just now. */
export const started = (action: StackAction): Pick<StackRow, 'action' | 'status' | 'statusReason'> => ({
  action,
  status: 'IN_PROGRESS',
  statusReason: `Stack ${action} started`,
})

/** A stack of which something more is asked. */
export const begun = (stack: StackRow, action: StackAction, now: number): StackRow => ({
  ...stack,
  ...started(action),
  updatedAt: now,
})
