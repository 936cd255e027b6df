import type { ConfirmChannel } from 'amqplib'
import type { Log } from '../../base/log.ts'
import { messageOf } from '../../base/problem.ts'
import { type Notification, type Notifier, notificationMessage } from '../notifications.ts'
import type { Broker, Tls } from '../transport-url.ts'
import { type Line, type LinkPart, openLink } from './link.ts'

export interface Notifying {
  readonly brokers: readonly Broker[]
  readonly tls: Tls
  readonly exchange: string
  readonly topics: readonly string[]
  readonly publisher: string
  readonly envelope: '1.0' | '2.0'
  /** Whether what has to be made outlives the broker: `amqp_durable_queues`, which is the same for all services of a site. */
  readonly durable: boolean
  readonly log: Log
}

/** More do not wait for a broker, or for its word that it has them. */
const mostWaiting = 10_000

interface Sent {
  readonly notification: Notification
}

/** Sends notifications over a connection of their own, to the queues that listeners of oslo.messaging read. */
export async function notifierOver(options: Notifying): Promise<Notifier> {
  const { brokers, tls, log } = options
  const link = await openLink(brokers, tls, log)
  // A notification's place in these is its own, though the same is sent twice.
  let waiting: Sent[] = []
  const unconfirmed = new Set<Sent>()
  let present: ConfirmChannel | undefined
  let dropped = 0

  const part: LinkPart = {
    async setUp(line) {
      await declare(line, options)
      const channel = await line.confirming()
      channel.on('drain', () => begin(channel))
      begin(channel)
    },
    /** What the broker has not said it has may have been written into a connection that was dead already. */
    lost() {
      present = undefined
      waiting = [...unconfirmed, ...waiting]
      unconfirmed.clear()
    },
  }

  function begin(channel: ConfirmChannel): void {
    present = channel
    if (dropped > 0) log.warn({ dropped }, 'Notifications were dropped, for the broker took none')
    dropped = 0
    flush()
  }

  /** Sends what waits, until the broker has enough for now. */
  function flush(): void {
    while (present !== undefined) {
      const next = waiting.shift()
      if (next === undefined) return
      unconfirmed.add(next)
      if (!publish(present, next)) present = undefined
    }
  }

  function publish(channel: ConfirmChannel, sent: Sent): boolean {
    const { exchange, topics } = options
    const { notification } = sent
    const content = notificationMessage(notification, options)
    const priority = notification.priority.toLowerCase()
    const properties = { contentType: 'application/json', contentEncoding: 'utf-8', deliveryMode: 2 }
    let open = topics.length
    // The end of the channel, which is told here too, is the end of the connection: `lost` sees to that.
    const confirmed = (error: unknown) => {
      if (error === null && --open === 0) unconfirmed.delete(sent)
    }
    try {
      return topics
        .map((topic) => channel.publish(exchange, `${topic}.${priority}`, content, properties, confirmed))
        .every((takesMore) => takesMore)
    } catch (error) {
      log.debug({ error: messageOf(error) }, 'A notification could not be sent')
      return false
    }
  }

  link.add(part)
  return {
    send(notification) {
      if (waiting.length + unconfirmed.size >= mostWaiting) dropped++
      else waiting.push({ notification })
      flush()
    },
    async close() {
      link.drop(part)
      await link.close()
    },
  }
}

/**
 * Makes exchange and queues if nobody did so yet, so that what is sent before the first listener comes is kept for it. What
 * is there already is taken as it is: it was made as its site wants it.
 */
async function declare(line: Line, { exchange, topics, durable }: Notifying): Promise<void> {
  const settings = { durable, autoDelete: false }
  await unlessThere(
    () => line.attempt((channel) => channel.checkExchange(exchange)),
    () => line.attempt((channel) => channel.assertExchange(exchange, 'topic', settings)),
  )
  for (const queue of topics.flatMap((topic) => [`${topic}.info`, `${topic}.error`])) {
    await unlessThere(
      () => line.attempt((channel) => channel.checkQueue(queue)),
      () => line.attempt((channel) => channel.assertQueue(queue, settings)),
    )
    await line.attempt((channel) => channel.bindQueue(queue, exchange, queue))
  }
}

async function unlessThere(look: () => Promise<unknown>, make: () => Promise<unknown>): Promise<void> {
  await look().catch(make)
}
