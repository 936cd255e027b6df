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
export const notificationSettings = (configuration: Configuration): NotificationSettings | undefined =>
  settingsOf(configuration, configuration.oslo_messaging_notifications)

/** Where a site wants it told what was asked of the API; `undefined`: nowhere. */
export function auditSettings(configuration: Configuration): NotificationSettings | undefined {
  const { oslo_messaging_notifications: usual, audit_middleware_notifications: audit } = configuration
  return settingsOf(configuration, {
    driver: audit.driver,
    topics: audit.topics.length === 0 ? usual.topics : audit.topics,
    transport_url: audit.transport_url ?? usual.transport_url,
  })
}

function settingsOf(
  { DEFAULT, oslo_messaging_rabbit: rabbit }: Configuration,
  { driver, topics, transport_url }: Configuration['oslo_messaging_notifications'],
): NotificationSettings | undefined {
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
export const openNotifications = ({ notifications }: Settings, log: Log): Promise<Notifier | undefined> =>
  open(notifications, 'oslo_messaging_notifications', log)

/** Tells the log, and others over the message bus, what was asked of an API, as far as the site wants it. */
export async function openAudit(
  { auditLog, auditNotifications }: Pick<Settings, 'auditLog' | 'auditNotifications'>,
  log: Log,
): Promise<{ tell(event: JsonMap): void; close(): Promise<void> }> {
  const notifier = await open(auditNotifications, 'audit_middleware_notifications', log)
  return {
    tell(event) {
      if (auditLog) log.info({ audit: event }, 'audit')
      const at = Date.parse(String(event.eventTime).replace('+0000', 'Z'))
      notifier?.send({
        eventType: 'audit.http.response',
        priority: 'INFO',
        payload: event,
        context: {},
        at,
      })
    },
    close: async () => await notifier?.close(),
  }
}

async function open(
  settings: NotificationSettings | undefined,
  section: string,
  log: Log,
): Promise<Notifier | undefined> {
  if (settings === undefined) return undefined
  const notifier = await openNotifier({ ...settings, log })
  if (notifier === undefined)
    log.warn({}, `[${section}] has no effect: no transport_url names a message broker`)
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
