import type { ResourceRow } from '../../store/rows.ts'

type State = Pick<ResourceRow, 'action' | 'status' | 'statusReason'>

const statusReason = 'state changed'

/** The state of a resource to which something is being done. */
export const underWay = (action: ResourceRow['action']): State => ({
  action,
  status: 'IN_PROGRESS',
  statusReason,
})

/** The state of one to which it was done. */
export const done: Omit<State, 'action'> = { status: 'COMPLETE', statusReason }
