import { uuid } from '../base/ids.ts'
import type { JsonMap } from '../base/json.ts'

/** Something that happened, for whoever listens on the message bus of a site: Ceilometer, billing, audit. */
export interface Notification {
  /** As `orchestration.stack.create.end`. */
  readonly eventType: string
  readonly priority: 'INFO' | 'ERROR'
  readonly payload: JsonMap
  /** On whose behalf it happened. No secret belongs here. */
  readonly context: JsonMap
  /** When it happened, in milliseconds since the epoch. */
  readonly at: number
}

/** Sends notifications, in their order. One that can't be sent soon is dropped: nothing waits for it, nothing fails of it. */
export interface Notifier {
  send(notification: Notification): void
  close(): Promise<void>
}

/** A notification as oslo.messaging writes it; `envelope` 2.0 wraps the message into another, 1.0 does not. */
export function notificationMessage(
  { eventType, priority, payload, context, at }: Notification,
  { publisher, envelope }: { readonly publisher: string; readonly envelope: '1.0' | '2.0' },
): Buffer {
  const message = {
    message_id: uuid(),
    publisher_id: publisher,
    event_type: eventType,
    priority,
    payload,
    timestamp: pythonTime(at),
    ...Object.fromEntries(Object.entries(context).map(([name, value]) => [`_context_${name}`, value])),
    _unique_id: uuid().replaceAll('-', ''),
  }
  const written = JSON.stringify(message)
  return Buffer.from(
    envelope === '1.0' ? written : JSON.stringify({ 'oslo.version': '2.0', 'oslo.message': written }),
  )
}

/** As `str()` of a `datetime`: `2026-11-26 13:20:04.123000`. */
const pythonTime = (at: number): string => `${new Date(at).toISOString().slice(0, -1).replace('T', ' ')}000`
