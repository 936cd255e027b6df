import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { silent } from '../../../src/base/log.ts'
import { openAudit } from '../../../src/bin/announcing.ts'
import { type Notification, type Notifier, openNotifier } from '../../../src/bus/index.ts'
import { installed, type Service, startRabbitmq } from '../../../tools/services.ts'

const listener = fileURLToPath(new URL('listener.py', import.meta.url))
const hasListener = existsSync('/usr/lib/python3/dist-packages/oslo_messaging')
const skip = !(installed.rabbitmq() && hasListener) && 'RabbitMQ or python3-oslo.messaging is not installed'

const options = {
  ...{ exchange: 'heat', topics: ['notifications'], publisher: 'orchestration.here', durable: false },
  log: silent,
} as const

const notification = (more: Partial<Notification> = {}): Notification => ({
  eventType: 'orchestration.stack.create.end',
  priority: 'INFO',
  payload: { stack_name: 'wéb', state: 'CREATE_COMPLETE', tags: [] },
  context: { user_id: 'anna', tenant: 'project' },
  at: 1_764_160_000_123,
  ...more,
})

interface Heard {
  readonly priority: string
  readonly context: Readonly<Record<string, unknown>>
  readonly publisher: string
  readonly event_type: string
  readonly payload: Readonly<Record<string, unknown>>
}

describe("notifications, to a listener of Debian's oslo.messaging", { skip, timeout: 60_000 }, () => {
  let broker: Service
  const opened: Notifier[] = []
  const processes: ChildProcess[] = []

  before(async () => {
    broker = await startRabbitmq()
  })
  after(async () => {
    for (const process of processes) process.kill('SIGKILL')
    await Promise.all(opened.map((notifier) => notifier.close()))
    await broker.stop()
  })

  async function open(more: {
    readonly envelope: '1.0' | '2.0'
    readonly topics?: readonly string[]
  }): Promise<Notifier> {
    const notifier = await openNotifier({ transportUrl: broker.url, ...options, ...more })
    assert.ok(notifier)
    opened.push(notifier)
    return notifier
  }

  /** Yields what a listener hears, from when it is there. */
  async function* heard(topic: string): AsyncGenerator<Heard> {
    const url = broker.url.replace(/^amqp:/, 'rabbit:')
    const process = spawn('/usr/bin/python3', [listener, url, 'heat', topic], {
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 60_000,
      killSignal: 'SIGKILL',
    })
    processes.push(process)
    for await (const line of createInterface({ input: process.stdout })) yield JSON.parse(line) as Heard
  }

  async function take(from: AsyncGenerator<Heard>, count: number): Promise<readonly Heard[]> {
    const all: Heard[] = []
    while (all.length < count) all.push((await from.next()).value)
    return all
  }

  it('arrive as they were sent, also those sent before the listener came', async () => {
    const notifier = await open({ envelope: '2.0' })
    notifier.send(notification())
    notifier.send(notification({ eventType: 'orchestration.stack.delete.error', priority: 'ERROR' }))
    const listening = heard('notifications')
    const both = (await take(listening, 2)).toSorted((a, b) => a.priority.localeCompare(b.priority))
    assert.deepEqual(
      both.map(({ priority, event_type }) => `${priority} ${event_type}`),
      ['error orchestration.stack.delete.error', 'info orchestration.stack.create.end'],
    )
    const [, info] = both
    assert.equal(info?.publisher, 'orchestration.here')
    assert.deepEqual(info?.payload, { stack_name: 'wéb', state: 'CREATE_COMPLETE', tags: [] })
    assert.equal(info?.context.user_id, 'anna')

    // The broker is away: what is sent meanwhile arrives when it is back, for some are held.
    await broker.kill()
    notifier.send(notification({ payload: { stack_name: 'later' } }))
    await broker.start()
    assert.equal((await take(listening, 1))[0]?.payload.stack_name, 'later')
  })

  it('tell what was asked of the API, where a site wants that', async () => {
    const audit = await openAudit(
      {
        auditLog: false,
        auditNotifications: {
          ...{
            transportUrl: broker.url,
            exchange: 'heat',
            topics: ['audit'],
            publisher: 'orchestration.here',
          },
          ...{ level: 'INFO', envelope: '2.0', durable: false },
        },
      },
      silent,
    )
    const event = { eventTime: '2026-01-31T09:30:00.000000+0000', action: 'create', outcome: 'success' }
    audit.tell(event)
    const [told] = await take(heard('audit'), 1)
    assert.deepEqual(
      [told?.priority, told?.event_type, told?.payload],
      ['info', 'audit.http.response', event],
    )
    await audit.close()
  })

  it('keep their order', async () => {
    const notifier = await open({ envelope: '1.0', topics: ['other'] })
    for (let i = 0; i < 500; i++) notifier.send(notification({ payload: { i } }))
    const all = await take(heard('other'), 500)
    assert.deepEqual(
      all.map(({ payload }) => payload.i),
      Array.from({ length: 500 }, (_, i) => i),
    )
  })
})
