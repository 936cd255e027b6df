import { isoSeconds } from '../../base/clock.ts'
import type { Notification } from '../../bus/index.ts'
import type { EventRow, StackRow } from '../../store/rows.ts'

/** Whether an event tells of its stack itself, not of one of its resources. */
export const isOfStack = ({ stackId, physicalId, resourceType }: EventRow): boolean =>
  physicalId === stackId && resourceType === 'OS::Heat::Stack'

const ends = { IN_PROGRESS: 'start', COMPLETE: 'end', FAILED: 'error' } as const

/** What listeners on the message bus are told when the state of a stack is another. */
export function notificationOf(
  event: EventRow,
  stack: StackRow,
  { description, level }: { readonly description: string; readonly level: 'INFO' | 'ERROR' },
): Notification {
  const end = ends[event.status as keyof typeof ends] ?? 'error'
  const { userId, userName, projectId } = stack
  return {
    eventType: `orchestration.stack.${event.action.toLowerCase()}.${end}`,
    priority: end === 'error' ? 'ERROR' : level,
    payload: {
      tenant_id: projectId,
      user_id: userName,
      user_identity: userId,
      username: userName,
      stack_identity: stack.id,
      stack_name: stack.name,
      state: `${event.action}_${event.status}`,
      state_reason: event.statusReason,
      create_at: isoSeconds(stack.createdAt),
      updated_at: stack.updatedAt === null ? null : isoSeconds(stack.updatedAt),
      description,
      tags: stack.tags,
    },
    context: {
      user_id: userId,
      user: userName,
      tenant: projectId,
      tenant_id: projectId,
      project_id: projectId,
      user_identity: `${userId} ${projectId}`,
    },
    at: event.createdAt,
  }
}
