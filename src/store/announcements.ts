import type { Log } from '../base/log.ts'
import { messageOf } from '../base/problem.ts'
import type { EventRow } from './rows.ts'

type Listener = (events: readonly EventRow[]) => void

/** Tells those in this process who want to know which events were stored. */
export interface Announcements {
  listen(listener: Listener): void
  tell(events: readonly EventRow[]): void
}

export function announcements(log: Log): Announcements {
  const listeners: Listener[] = []

  function tell(events: readonly EventRow[]): void {
    if (events.length === 0) return
    for (const listener of listeners) {
      try {
        listener(events)
      } catch (error) {
        // What was stored is stored, whatever others make of it.
        log.error({ error: messageOf(error) }, 'Somebody who was told of events failed')
      }
    }
  }

  return { listen: (listener) => void listeners.push(listener), tell }
}
