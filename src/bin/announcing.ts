import { hostname } from 'node:os'
import type { Configuration } from '../base/config.ts'
import type { JsonMap } from '../base/json.ts'
import type { Log } from '../base/log.ts'
import { type Notifier, openNotifier } from '../bus/index.ts'
import { zaqar } from '../cloud/zaqar/index.ts'
import type { SinkType } from '../engine/index.ts'
import type { NotificationSettings, Settings } from './settings.ts'

const envelopes: Readonly<Record<string, '1.0' | '2.0'>> = { messagingv2: '2.0', messaging: '1.0' }

/** Where a site wants notifications of its stacks; `undefined`: nowhere. */
export function notificationSettings({
  DEFAULT,
  oslo_messaging_notifications: notifications,
  oslo_messaging_rabbit: rabbit,
}: Configuration): NotificationSettings | undefined {
  const { driver, topics, transport_url } = notifications
  const [envelope] = driver.map((name) => envelopes[name]).filter((found) => found !== undefined)
  if (envelope === undefined) return undefined
  return {
    transportUrl: transport_url ?? DEFAULT.transport_url,
    exchange: DEFAULT.control_exchange,
    topics: topics.length === 0 ? ['notifications'] : topics,
    publisher: DEFAULT.default_publisher_id ?? `orchestration.${DEFAULT.host ?? hostname()}`,
    level: DEFAULT.default_notification_level.toUpperCase() === 'ERROR' ? 'ERROR' : 'INFO',
    envelope,
    durable: rabbit.amqp_durable_queues,
  }
}

/** Opens the way to those who listen for notifications, if the site wants any. */
export async function openNotifications(
  { notifications }: Settings,
  log: Log,
): Promise<Notifier | undefined> {
  if (notifications === undefined) return undefined
  const notifier = await openNotifier({ ...notifications, log })
  if (notifier === undefined)
    log.warn({}, '[oslo_messaging_notifications] has no effect: no transport_url names a message broker')
  return notifier
}

/** How long a message stays in its queue, in seconds, unless the environment says; and what Zaqar takes at once. */
const usualTtl = 3600
const mostCharacters = 200_000

/** The places that environments may name for events. */
export const sinkTypes: ReadonlyMap<string, SinkType> = new Map([
  [
    'zaqar-queue',
    {
      async send(session, { target, ttl }, events, signal) {
        const queue = zaqar.connect(session)
        for (const some of portions(events)) {
          const messages = some.map((body) => ({ body, ttl: Number(ttl ?? usualTtl) }))
          await queue.post(String(target), messages, signal)
        }
      },
    },
  ],
])

/** Events in portions that are small enough. */
function* portions(events: readonly JsonMap[]): Generator<readonly JsonMap[]> {
  let portion: JsonMap[] = []
  let length = 0
  for (const event of events) {
    const { length: more } = JSON.stringify(event)
    if (portion.length > 0 && length + more > mostCharacters) {
      yield portion
      portion = []
      length = 0
    }
    portion.push(event)
    length += more
  }
  if (portion.length > 0) yield portion
}
