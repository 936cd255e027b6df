import type { Channel, Message } from 'amqplib'
import { uuid } from '../../base/ids.ts'
import { messageOf } from '../../base/problem.ts'
import { Unavailable } from '../../contract/problems.ts'
import { readAnswer, requestMessage } from '../messages.ts'
import { type Asked, closedMeanwhile, type Pending, pending } from '../pending.ts'
import type { Line, Link, LinkPart } from './link.ts'
import { begun, givenUp, hintExchange, ownQueue, requestQueue, underWay } from './names.ts'

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

/**
 * For so long at most nothing may be heard of a call before it is sent again, as the same call: whoever took it may be frozen, or
 * cut off from the broker, which notices only much later.
 */
const longestSilenceMs = 5000

/** After so many began a call it is not sent again for silence: it may be what they died of. */
const mostBeginnings = 4

/** A call under way. */
interface Open {
  readonly asked: Pending
  readonly topic: string
  readonly content: Buffer
  readonly mayRepeat: boolean
  /** How long nothing may be heard of it. */
  readonly silenceMs: number
  /** It was sent over a connection. */
  sent: boolean
  /** How many said that they began it. */
  beginnings: number
  /** It was sent again for silence. */
  repeated: boolean
  /** Runs out when nothing was heard for too long. */
  silence?: NodeJS.Timeout
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
    const silenceMs = Math.min(longestSilenceMs, timeoutMs / 4)
    const one = opened({ asked, topic, content, mayRepeat, silenceMs })
    open.set(id, one)
    if (one.mayRepeat) one.silence = setInterval(() => repeat(id, one), silenceMs)
    send(id, one).catch(asked.reject)
    try {
      return readAnswer(await asked.answer)
    } finally {
      clearInterval(one.silence)
      open.delete(id)
      // Who slept over a call that another answered meanwhile must not begin it any more.
      if (one.sent && (asked.givenUp.aborted || one.repeated)) tellGivenUp(present, topic, id)
    }
  }

  function repeat(id: string, one: Open): void {
    if (!one.sent || one.beginnings >= mostBeginnings) return
    one.repeated = true
    send(id, one, true).catch(one.asked.reject)
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
      for (const { asked } of open.values()) asked.reject(closedMeanwhile())
    },
  }
}

const opened = (call: Omit<Open, 'sent' | 'beginnings' | 'repeated'>): Open => ({
  ...call,
  ...{ sent: false, beginnings: 0, repeated: false },
})

function sendOver({ channel, replies }: Way, id: string, one: Open, again: boolean): void {
  const { asked, content, topic } = one
  if (!asked.waits) return
  const [queue] = requestQueue(topic)
  const headers = again ? { again } : {}
  const options = { correlationId: id, replyTo: replies, expiration: lifeOf(one), mandatory: true, headers }
  channel.sendToQueue(queue, content, options)
  one.sent = true
  one.silence?.refresh()
}

/** How long a call may wait to be taken, in milliseconds. One that is sent again soon needs no taking then. */
function lifeOf({ asked, mayRepeat, beginnings, silenceMs }: Open): string {
  const left = asked.until - Date.now()
  const isSentAgain = mayRepeat && beginnings < mostBeginnings
  return String(Math.max(1, Math.ceil(isSentAgain ? Math.min(left, silenceMs) : left)))
}

/** Whoever is at it may stop. That may be lost; then it is done in vain. */
function tellGivenUp(way: Way | undefined, topic: string, id: string): void {
  try {
    way?.channel.publish(hintExchange[0], givenUp(topic), Buffer.from(id))
  } catch {
    // The connection is gone, and with it the call.
  }
}

async function openWay(line: Line, openOf: (id: string) => Open | undefined): Promise<Way> {
  const channel = await line.channel()
  await channel.assertExchange(...hintExchange)
  const { queue } = await channel.assertQueue('', ownQueue)
  const waiting = ({ properties }: Message) => openOf(String(properties.correlationId))
  channel.on('return', (message) => waiting(message)?.asked.reject(brokenOff()))
  const receive = (message: Message | null) => {
    if (message === null) line.renew('the reply queue is gone')
    else hear(waiting(message), message)
  }
  await channel.consume(queue, receive, { noAck: true })
  return { channel, line, replies: queue, topics: new Map() }
}

/** An answer, or a sign that there will be one. */
function hear(one: Open | undefined, { properties: { type }, content }: Message): void {
  if (one === undefined) return
  if (type === begun) one.beginnings++
  if (type === begun || type === underWay) one.silence?.refresh()
  else one.asked.resolve(content)
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
