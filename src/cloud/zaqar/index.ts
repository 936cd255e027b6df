import { uuid } from '../../base/ids.ts'
import { type Session, service } from '../service.ts'

/** A message for a queue, and for how many seconds it is kept there. */
export interface NewMessage {
  readonly body: unknown
  readonly ttl: number
}

/** What Zaqar is asked for here. */
export interface Zaqar {
  /** Puts messages into a queue, in their order; Zaqar makes the queue if it is not there. */
  post(queue: string, messages: readonly NewMessage[], signal?: AbortSignal): Promise<void>
}

const types = ['messaging', 'message']

/** The messaging service. */
export const zaqar = service('zaqar', types, {
  connect: (session: Session): Zaqar => {
    // Zaqar tells clients apart by it, so that nobody reads what he wrote himself.
    const client = uuid()
    return {
      async post(queue, messages, signal) {
        await session.request({
          service: types,
          method: 'POST',
          path: `/queues/${encodeURIComponent(queue)}/messages`,
          headers: { 'client-id': client },
          body: { messages },
          ...(signal && { signal }),
        })
      },
    }
  },
  find: {},
})
