import type { Channel } from 'amqplib'
import { isMap } from '../../base/json.ts'
import type { Log } from '../../base/log.ts'
import { messageOf } from '../../base/problem.ts'
import type { BusEvent } from '../bus.ts'
import { listeners } from '../listeners.ts'
import type { Line, Link, LinkPart } from './link.ts'
import { hintExchange, ownQueue } from './names.ts'

/** Hints to this process and to others. */
export interface HintsOver {
  publish(event: BusEvent): void
  subscribe(kind: BusEvent['kind'], listener: (event: BusEvent) => void): void
  close(): void
}

const kinds: readonly BusEvent['kind'][] = ['changed', 'settled', 'signalled']

/** A hint that nobody takes is worth nothing soon, and many of them say little more than a few. */
const stale = { messageTtl: 30_000, maxLength: 10_000 }

/** Publishes hints over a broker. Listeners in this process are told without it; others while there is a connection. */
export function hintsOver(link: Link, self: string, log: Log): HintsOver {
  const local = listeners(log)
  const [exchange, type, options] = hintExchange
  let present: { readonly channel: Channel; readonly queue: string } | undefined
  /** More is waiting to be sent than should be. */
  let choked = false

  const part: LinkPart = {
    async setUp(line: Line) {
      const channel = await line.channel()
      await channel.assertExchange(exchange, type, options)
      const { queue } = await channel.assertQueue('', { ...ownQueue, ...stale })
      channel.on('drain', () => {
        choked = false
      })
      await channel.consume(
        queue,
        (message) => {
          if (message === null) return line.renew('the queue of hints is gone')
          const event = message.properties.appId === self ? undefined : readEvent(message.content)
          if (event !== undefined) local.tell(event)
        },
        { noAck: true },
      )
      for (const kind of local.kinds) await channel.bindQueue(queue, exchange, kind)
      choked = false
      present = { channel, queue }
    },
    lost() {
      present = undefined
    },
  }

  function publish(event: BusEvent): void {
    local.tell(event)
    if (present === undefined || choked) return
    try {
      choked = !present.channel.publish(exchange, event.kind, Buffer.from(JSON.stringify(event)), {
        appId: self,
      })
    } catch (error) {
      log.debug({ error: messageOf(error) }, 'A hint could not be sent')
    }
  }

  link.add(part)
  return {
    publish,
    subscribe(kind, listener) {
      local.add(kind, listener)
      // Whoever has no connection now binds with the next.
      present?.channel.bindQueue(present.queue, exchange, kind).catch(() => {})
    },
    close() {
      link.drop(part)
      local.close()
    },
  }
}

function readEvent(content: Buffer): BusEvent | undefined {
  try {
    const said: unknown = JSON.parse(content.toString())
    if (!isMap(said) || typeof said.stackId !== 'string') return undefined
    const { kind, stackId } = said
    const known = kinds.find((one) => one === kind)
    return known && { kind: known, stackId }
  } catch {
    return undefined
  }
}
