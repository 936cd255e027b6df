import { uuid } from '../../base/ids.ts'
import type { Log } from '../../base/log.ts'
import { once } from '../../base/once.ts'
import { messageOf } from '../../base/problem.ts'
import type { Bus } from '../bus.ts'
import { peerOf } from '../pending.ts'
import type { Broker, Tls } from '../transport-url.ts'
import { askOver } from './asking.ts'
import { hintsOver } from './hints.ts'
import { openLink } from './link.ts'
import { serveOver } from './serving.ts'
import { workOver } from './working.ts'

/** A bus between processes, over one of the brokers of a site. */
export async function rabbitBus(
  { brokers, tls }: { brokers: readonly Broker[]; tls: Tls },
  log: Log,
): Promise<Bus> {
  const link = await openLink(brokers, tls, log)
  const asking = askOver(link)
  const hints = hintsOver(link, uuid(), log)
  let isWorking = false
  // Whatever happens to queues that the broker keeps must not touch calls. Who only asks has no connection for them.
  const working = once(async () => {
    isWorking = true
    const own = await openLink(brokers, tls, log)
    const work = workOver(own, log)
    const close = () => {
      work.close()
      return own.close()
    }
    return { ...work, close }
  })
  return {
    serve: async (topic, calls) => serveOver(link, { topic, calls, log }),
    peer: (topic, names, { timeoutMs, repeatable = [], origin }) =>
      peerOf(names, origin, (asked) =>
        asking.ask(topic, { ...asked, timeoutMs, mayRepeat: repeatable.includes(asked.name) }),
      ),
    hand: (queue, item) =>
      void working().then(
        (work) => work.hand(queue, item),
        (error: unknown) => log.warn({ error: messageOf(error) }, 'An item of work could not be sent'),
      ),
    take: async (queue, work) => await (await working()).take(queue, work),
    publish: hints.publish,
    subscribe: hints.subscribe,
    async close() {
      asking.close()
      hints.close()
      await Promise.all([link.close(), isWorking && (await working()).close()])
    },
  }
}
