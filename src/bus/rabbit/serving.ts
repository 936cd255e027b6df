import type { Channel, ConsumeMessage } from 'amqplib'
import { messageOf } from '../../base/problem.ts'
import type { Served } from '../bus.ts'
import { Arrivals, type Serving } from './arrivals.ts'
import type { Line, Link, LinkPart } from './link.ts'
import { givenUp, hintExchange, ownQueue, requestQueue } from './names.ts'

/** How many calls of a topic one process answers at a time; the rest is left to others. */
const atOnce = 32
/** How long those under way may take when serving is to end. */
const patienceMs = 10_000
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
   * the second time may be what the first process died of, and must not go through them all.
   */
  async function answer(channel: Channel, message: ConsumeMessage): Promise<void> {
    const { fields, properties } = message
    try {
      if (fields.redelivered) await takeOff(channel, message)
      const content = await calls.answer(message)
      const { correlationId, expiration, replyTo } = properties
      if (typeof replyTo === 'string') channel.sendToQueue(replyTo, content, { correlationId, expiration })
      if (!fields.redelivered) channel.ack(message)
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

/** Resolves when the broker knows: it does what it is told on a channel in that order. */
async function takeOff(channel: Channel, message: ConsumeMessage): Promise<void> {
  channel.ack(message)
  await channel.checkQueue(message.fields.routingKey)
}
