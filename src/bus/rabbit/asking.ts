import type { Channel, Message } from 'amqplib'
import { uuid } from '../../base/ids.ts'
import { messageOf } from '../../base/problem.ts'
import { Unavailable } from '../../contract/problems.ts'
import { readAnswer, requestMessage } from '../messages.ts'
import { type Asked, closedMeanwhile, type Pending, pending } from '../pending.ts'
import type { Line, Link, LinkPart } from './link.ts'
import { givenUp, hintExchange, ownQueue, requestQueue } from './names.ts'

/** Asks over a broker. */
export interface Asking {
  ask(topic: string, request: Request): Promise<unknown>
  /** Ends all waiting. */
  close(): void
}

interface Request extends Asked {
  readonly timeoutMs: number
  /** It may be sent again if it is not known what became of it. */
  readonly mayRepeat: boolean
}

/** A call under way. */
interface Open {
  readonly asked: Pending
  readonly topic: string
  readonly content: Buffer
  readonly mayRepeat: boolean
  /** It was sent over a connection. */
  sent: boolean
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
  const open = new Map<string, Open>()
  let present: Way | undefined
  let next = Promise.withResolvers<Way>()

  async function ask(topic: string, request: Request): Promise<unknown> {
    const { name, leaving, timeoutMs, mayRepeat } = request
    const content = requestMessage(request)
    const id = uuid()
    const asked = pending(name, timeoutMs, leaving)
    const one: Open = { asked, topic, content, mayRepeat, sent: false }
    open.set(id, one)
    send(id, one).catch(asked.reject)
    try {
      return readAnswer(await asked.answer)
    } finally {
      open.delete(id)
      if (asked.givenUp.aborted && one.sent) tellGivenUp(present, topic, id)
    }
  }

  async function send(id: string, one: Open, again = false): Promise<void> {
    while (one.asked.waits) {
      const way = present ?? (await next.promise)
      try {
        await queueOf(one.topic, way)
        return sendOver(way, id, one, again)
      } catch (error) {
        if (way !== present) continue
        lose()
        way.line.renew(messageOf(error))
      }
    }
  }

  /** Neither a call on its way nor its answer outlives the connection: it is sent again, or given up. */
  function lose(): void {
    if (present === undefined) return
    present = undefined
    next = Promise.withResolvers<Way>()
    for (const [id, one] of open) {
      if (!one.sent) continue
      one.sent = false
      if (one.mayRepeat) send(id, one, true).catch(one.asked.reject)
      else one.asked.reject(brokenOff())
    }
  }

  const part: LinkPart = {
    async setUp(line: Line) {
      present = await openWay(line, (id) => open.get(id)?.asked)
      next.resolve(present)
    },
    lost: lose,
  }

  link.add(part)
  return {
    ask,
    close() {
      link.drop(part)
      for (const { asked } of open.values()) asked.reject(closedMeanwhile())
    },
  }
}

function sendOver({ channel, replies }: Way, id: string, one: Open, again: boolean): void {
  const { asked, content, topic } = one
  if (!asked.waits) return
  const expiration = String(Math.max(1, Math.ceil(asked.until - Date.now())))
  const [queue] = requestQueue(topic)
  const headers = again ? { again } : {}
  const options = { correlationId: id, replyTo: replies, expiration, mandatory: true, headers }
  channel.sendToQueue(queue, content, options)
  one.sent = true
}

/** Whoever is at it may stop. That may be lost; then it is done in vain. */
function tellGivenUp(way: Way | undefined, topic: string, id: string): void {
  try {
    way?.channel.publish(hintExchange[0], givenUp(topic), Buffer.from(id))
  } catch {
    // The connection is gone, and with it the call.
  }
}

async function openWay(line: Line, asked: (id: string) => Pending | undefined): Promise<Way> {
  const channel = await line.channel()
  await channel.assertExchange(...hintExchange)
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
