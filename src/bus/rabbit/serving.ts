import type { Channel, ConsumeMessage } from 'amqplib'
import { messageOf } from '../../base/problem.ts'
import type { Served } from '../bus.ts'
import { Arrivals, comesAgain, type Serving } from './arrivals.ts'
import type { Line, Link, LinkPart } from './link.ts'
import { begun, givenUp, hintExchange, ownQueue, requestQueue, underWay } from './names.ts'

/** How many calls of a topic one process answers at a time; the rest is left to others. */
const atOnce = 32
/** How long those under way may take when serving is to end. */
const patienceMs = 10_000
/** How often the caller hears that its call is under way: it waits a little longer before it asks another. */
const signEveryMs = 2000
const nothing = Buffer.alloc(0)
/** No ID of a call is longer. */
const longestId = 64

/** Answers the calls of a topic that arrive over a broker. */
export function serveOver(link: Link, serving: Serving): Served {
  const { topic, log } = serving
  const answers = new Set<Promise<void>>()
  const calls = new Arrivals(serving)
  let present: { readonly channel: Channel; readonly tag: string } | undefined

  /**
   * A call is taken off the queue once it is answered: if this process dies before, another gets it. One that comes for
   * the second time may be what the first process died of, and must not go through them all: the caller knows of each
   * beginning before it begins.
   */
  async function answer(channel: Channel, message: ConsumeMessage): Promise<void> {
    const isSecond = comesAgain(message)
    try {
      if (isSecond) channel.ack(message)
      reply(channel, message, nothing, begun)
      await upToDate(channel, message)
      reply(channel, message, await signing(channel, message, calls.answer(message)))
      if (!isSecond) channel.ack(message)
    } catch (error) {
      log.debug({ topic, error: messageOf(error) }, 'An answer could not be sent')
    }
  }

  async function heedThoseWhoLeave(channel: Channel): Promise<void> {
    const [exchange, type, options] = hintExchange
    await channel.assertExchange(exchange, type, options)
    const { queue } = await channel.assertQueue('', ownQueue)
    await channel.bindQueue(queue, exchange, givenUp(topic))
    const hear = (message: ConsumeMessage | null): void => {
      if (message !== null) calls.giveUp(message.content.toString('utf8', 0, longestId))
    }
    await channel.consume(queue, hear, { noAck: true })
  }

  const part: LinkPart = {
    async setUp(line: Line) {
      const channel = await line.channel()
      await heedThoseWhoLeave(channel)
      await channel.prefetch(atOnce)
      const [queue, options] = requestQueue(topic)
      await channel.assertQueue(queue, options)
      const { consumerTag } = await channel.consume(queue, (message) => {
        if (message === null) return line.renew('the request queue is gone')
        const answering = answer(channel, message)
        answers.add(answering)
        void answering.then(() => answers.delete(answering))
      })
      present = { channel, tag: consumerTag }
    },
    lost() {
      present = undefined
    },
  }

  link.add(part)
  return {
    async close() {
      link.drop(part)
      await present?.channel.cancel(present.tag).catch(() => {})
      await Promise.race([Promise.all(answers), enough()])
      await present?.channel.close().catch(() => {})
    },
  }
}

/** Resolves when those under way have had their time. */
function enough(): Promise<unknown> {
  const patience = AbortSignal.timeout(patienceMs)
  return new Promise((resolve) => patience.addEventListener('abort', resolve, { once: true }))
}

/**
 * Resolves when the broker has done all that it was told on a channel, and what it had told us has been heard: whoever slept
 * hears now that its connection is gone, or that nobody waits any more.
 */
async function upToDate(channel: Channel, { fields }: ConsumeMessage): Promise<void> {
  await channel.checkQueue(fields.routingKey)
}

/** Tells the caller now and then, until there is an answer, that there will be one. */
async function signing(channel: Channel, message: ConsumeMessage, answer: Promise<Buffer>): Promise<Buffer> {
  const timer = setInterval(() => {
    try {
      reply(channel, message, nothing, underWay)
    } catch {
      // The connection is gone; the answer will have no way either.
    }
  }, signEveryMs).unref()
  try {
    return await answer
  } finally {
    clearInterval(timer)
  }
}

function reply(channel: Channel, { properties }: ConsumeMessage, content: Buffer, type?: string): void {
  const { correlationId, replyTo } = properties
  if (typeof replyTo !== 'string') return
  channel.sendToQueue(replyTo, content, { correlationId, ...(type !== undefined && { type }) })
}
