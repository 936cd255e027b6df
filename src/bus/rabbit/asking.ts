import type { Channel, Message } from 'amqplib'
import { uuid } from '../../base/ids.ts'
import { messageOf } from '../../base/problem.ts'
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
  readonly line: Line
  readonly replies: string
  /** The topics whose queue is known to be there. */
  readonly topics: Map<string, Promise<unknown>>
}

/** Sends calls as messages. One that is made while there is no connection is sent as soon as there is one again. */
export function askOver(link: Link): Asking {
  const open = new Map<string, Pending>()
  const sent = new Set<string>()
  let present: Way | undefined
  let next = Promise.withResolvers<Way>()

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
    while (open.get(id)?.waits) {
      const way = present ?? (await next.promise)
      try {
        await queueOf(topic, way)
        return sendOver(way, topic, id, content)
      } catch (error) {
        if (way !== present) continue
        lose()
        way.line.renew(messageOf(error))
      }
    }
  }

  function sendOver({ channel, replies }: Way, topic: string, id: string, content: Buffer): void {
    const asked = open.get(id)
    if (!asked?.waits) return
    const expiration = String(Math.max(1, Math.ceil(asked.until - Date.now())))
    const [queue] = requestQueue(topic)
    channel.sendToQueue(queue, content, { correlationId: id, replyTo: replies, expiration, mandatory: true })
    sent.add(id)
  }

  /** Neither a call on its way nor its answer outlives the connection. */
  function lose(): void {
    if (present === undefined) return
    present = undefined
    next = Promise.withResolvers<Way>()
    for (const id of sent) open.get(id)?.reject(brokenOff())
    sent.clear()
  }

  const part: LinkPart = {
    async setUp(line: Line) {
      present = await openWay(line, (id) => open.get(id))
      next.resolve(present)
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

async function openWay(line: Line, asked: (id: string) => Pending | undefined): Promise<Way> {
  const channel = await line.channel()
  const { queue } = await channel.assertQueue('', ownQueue)
  const waiting = ({ properties }: Message) => asked(String(properties.correlationId))
  channel.on('return', (message) => waiting(message)?.reject(brokenOff()))
  const receive = (message: Message | null) => {
    if (message === null) line.renew('the reply queue is gone')
    else waiting(message)?.resolve(message.content)
  }
  await channel.consume(queue, receive, { noAck: true })
  return { channel, line, replies: queue, topics: new Map() }
}

/** The queue is there before the first call, so that a call waits for somebody to serve the topic, rather than be dropped. */
function queueOf(topic: string, { channel, topics }: Way): Promise<unknown> {
  const known = topics.get(topic) ?? channel.assertQueue(...requestQueue(topic))
  topics.set(topic, known)
  return known
}

const brokenOff = () =>
  Unavailable({
    message:
      'The connection to the message broker was lost meanwhile. Whether the request was carried out is not known.',
  })
