import type { Channel, ConsumeMessage } from 'amqplib'
import type { Log } from '../../base/log.ts'
import { messageOf } from '../../base/problem.ts'
import type { Bus, Taking } from '../bus.ts'
import { doWork, type Work } from '../work.ts'
import type { Line, Link, LinkPart } from './link.ts'
import { workQueue } from './names.ts'
import { provide, remove } from './providing.ts'

/** How many items a process has in hand at most, so that those beyond it go to others, or wait. */
const mostInHand = 500

/** A broker takes a consumer for dead that has not let go of an item for half an hour. */
const longestInHandMs = 15 * 60_000

/** An item that was given back so often may be what its takers die of: it is not handed on any more. */
const mostReturns = 5

/** How many items wait at most for a connection to send them on. */
const mostWaiting = 10_000

/** How often it is tried in vain to take from a queue before it is made anew. */
const mostFailures = 4

/** No name of anything is longer. */
const longestItem = 200

/** Queues of work that the broker keeps. */
export function workOver(link: Link, log: Log): Pick<Bus, 'hand' | 'take'> & { close(): void } {
  const takers = new Map<string, Work>()
  /** When each queue is known to be there, on the present connection. */
  const known = new Map<string, Promise<void>>()
  /** What is to be sent once there is a connection. */
  const waiting: [queue: string, item: string][] = []
  let present: { readonly channel: Channel; readonly line: Line } | undefined

  const sending: LinkPart = {
    async setUp(line) {
      known.clear()
      present = { channel: await line.channel(), line }
      for (const [queue, item] of waiting.splice(0)) hand(queue, item)
    },
    lost() {
      present = undefined
    },
  }

  function hand(queue: string, item: string): void {
    const taker = takers.get(queue)
    if (present === undefined) {
      // Whoever takes from the queue itself need not wait for the broker.
      if (taker !== undefined) setImmediate(() => void doWork(taker, { queue, item, again: false, log }))
      else if (waiting.length < mostWaiting) waiting.push([queue, item])
      return
    }
    const { channel, line } = present
    const send = () => void channel.sendToQueue(workQueue(queue)[0], Buffer.from(item), { persistent: true })
    there(queue, line)
      .then(send)
      .catch((error: unknown) => log.debug({ error: messageOf(error) }, 'An item of work could not be sent'))
  }

  function there(queue: string, line: Line): Promise<void> {
    const isThere = known.get(queue) ?? provide(line, queue)
    known.set(queue, isThere)
    return isThere
  }

  async function take(queue: string, work: Work): Promise<Taking> {
    takers.set(queue, work)
    let consuming: { readonly channel: Channel; readonly tag: string } | undefined
    let failures = 0
    const part: LinkPart = {
      async setUp(line) {
        // A queue can be spoiled by the death of its broker. The store has all that was in it.
        if (++failures > mostFailures) await remove(line, queue)
        await there(queue, line)
        const channel = await line.channel()
        await channel.prefetch(mostInHand)
        const { consumerTag } = await channel.consume(workQueue(queue)[0], (message) => {
          if (message === null) line.renew('the queue of work is gone')
          else void inHand(channel, message, { queue, work, log })
        })
        consuming = { channel, tag: consumerTag }
        failures = 0
      },
      lost() {
        consuming = undefined
      },
    }
    link.add(part)
    return {
      async close() {
        link.drop(part)
        takers.delete(queue)
        await consuming?.channel.cancel(consuming.tag).catch(() => {})
      },
    }
  }

  link.add(sending)
  return { hand, take, close: () => link.drop(sending) }
}

interface Doing {
  readonly queue: string
  readonly work: Work
  readonly log: Log
}

/** Does the work of an item, and lets go of it when that is done: not before, so that another gets it if this process dies. */
async function inHand(channel: Channel, message: ConsumeMessage, { queue, work, log }: Doing): Promise<void> {
  const { content, fields, properties } = message
  const item = content.toString('utf8', 0, longestItem + 1)
  const returns = Number(properties.headers?.['x-delivery-count'] ?? 0)
  let timer: NodeJS.Timeout | undefined
  if (item.length <= longestItem && returns < mostReturns) {
    const enough = new Promise((resolve) => {
      timer = setTimeout(resolve, longestInHandMs).unref()
    })
    await Promise.race([doWork(work, { queue, item, again: fields.redelivered, log }), enough])
    clearTimeout(timer)
  }
  try {
    channel.ack(message)
  } catch (error) {
    log.debug({ queue, error: messageOf(error) }, 'An item of work went to another meanwhile')
  }
}
