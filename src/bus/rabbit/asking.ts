import type { Channel, Message } from 'amqplib'
import { uuid } from '../../base/ids.ts'
import { Unavailable } from '../../contract/problems.ts'
import { readAnswer, requestMessage } from '../messages.ts'
import { closedMeanwhile, type Pending, pending } from '../pending.ts'
import type { Line, Link, LinkPart } from './link.ts'
import { ownQueue, requestQueue } from './names.ts'

/** Asks over a broker. */
export interface Asking {
  ask(topic: string, request: Request): Promise<unknown>
  /** Ends all waiting. */
  close(): void
}

interface Request {
  readonly name: string
  readonly caller: unknown
  readonly ask: unknown
  readonly timeoutMs: number
}

/** The way there and back, for as long as the connection lasts. */
interface Way {
  readonly channel: Channel
  readonly replies: string
  /** The topics whose queue is known to be there. */
  readonly topics: Map<string, Promise<unknown>>
}

/** Sends calls as messages. One that is made while there is no connection is sent as soon as there is one again. */
export function askOver(link: Link): Asking {
  const open = new Map<string, Pending>()
  const sent = new Set<string>()
  let way = Promise.withResolvers<Way>()

  async function ask(topic: string, { name, caller, ask, timeoutMs }: Request): Promise<unknown> {
    const content = requestMessage(name, caller, ask)
    const id = uuid()
    const asked = pending(name, timeoutMs)
    open.set(id, asked)
    send(topic, id, content).catch(asked.reject)
    try {
      return readAnswer(await asked.answer)
    } finally {
      open.delete(id)
      sent.delete(id)
    }
  }

  async function send(topic: string, id: string, content: Buffer): Promise<void> {
    const { channel, replies, topics } = await way.promise
    const [queue, options] = requestQueue(topic)
    // So that a call waits for somebody to serve the topic, rather than be dropped.
    if (!topics.has(topic)) topics.set(topic, channel.assertQueue(queue, options))
    try {
      await topics.get(topic)
    } catch {
      return await send(topic, id, content)
    }
    const asked = open.get(id)
    if (asked === undefined || !asked.waits) return
    const expiration = String(Math.max(1, Math.ceil(asked.until - Date.now())))
    sent.add(id)
    channel.sendToQueue(queue, content, { correlationId: id, replyTo: replies, expiration, mandatory: true })
  }

  /** Neither a call on its way nor its answer outlives the connection. */
  function lose(): void {
    way = Promise.withResolvers<Way>()
    for (const id of sent) open.get(id)?.reject(brokenOff())
    sent.clear()
  }

  const part: LinkPart = {
    async setUp(line: Line) {
      const channel = await line.channel()
      const { queue } = await channel.assertQueue('', ownQueue)
      const settle = (message: Message, how: (asked: Pending) => void) => {
        const asked = open.get(String(message.properties.correlationId))
        if (asked !== undefined) how(asked)
      }
      channel.on('return', (message) => settle(message, ({ reject }) => reject(brokenOff())))
      await channel.consume(
        queue,
        (message) =>
          message === null
            ? line.renew('the reply queue is gone')
            : settle(message, ({ resolve }) => resolve(message.content)),
        { noAck: true },
      )
      way.resolve({ channel, replies: queue, topics: new Map() })
    },
    lost: lose,
  }

  link.add(part)
  return {
    ask,
    close() {
      link.drop(part)
      for (const asked of open.values()) asked.reject(closedMeanwhile())
    },
  }
}

const brokenOff = () =>
  Unavailable({
    message:
      'The connection to the message broker was lost meanwhile. Whether the request was carried out is not known.',
  })
