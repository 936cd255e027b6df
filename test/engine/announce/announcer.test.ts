import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { JsonMap } from '../../../src/base/json.ts'
import type { Log } from '../../../src/base/log.ts'
import { silent } from '../../../src/base/log.ts'
import type { Notification } from '../../../src/bus/index.ts'
import type { Session } from '../../../src/cloud/index.ts'
import { Announcer, type SinkType } from '../../../src/engine/index.ts'
import { anna, type Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { group, hot, thing } from '../templates.ts'

const queue = { type: 'zaqar-queue', target: 'news' }
const environment = { event_sinks: [queue] }

interface Heard {
  readonly notifications: Notification[]
  readonly sent: { readonly sink: JsonMap; readonly event: JsonMap; readonly project: string }[]
  readonly warnings: string[]
}

function listening(play: Scenario, send?: SinkType['send']): Heard & { readonly announcer: Announcer } {
  const heard: Heard = { notifications: [], sent: [], warnings: [] }
  const log: Log = { ...silent, warn: (_fields, message) => void heard.warnings.push(message) }
  const session = (projectId: string) => ({ projectId, userId: 'anna' }) as unknown as Session
  const access = {
    forStack: (_document: JsonMap, projectId: string) => session(projectId),
    forCaller: () => assert.fail(),
    defer: () => assert.fail(),
    opens: () => assert.fail(),
    discard: () => assert.fail(),
    discardOthers: () => assert.fail(),
  }
  const usual: SinkType['send'] = async ({ projectId }, sink, events) => {
    for (const event of events) heard.sent.push({ sink, event, project: projectId })
  }
  const announcer = new Announcer(
    { store: play.store, access, log },
    {
      notify: (notification) => void heard.notifications.push(notification),
      sinkTypes: new Map([['zaqar-queue', { send: send ?? usual }]]),
    },
  )
  announcer.start()
  return { ...heard, announcer }
}

/** A story with one engine, which stores all that is stored. */
const alone = (story: (play: Scenario) => Promise<void>): (() => Promise<void>) =>
  playing(
    async (play) => {
      const { calls } = await play.worker({ store: play.store })
      const { until } = play.clock
      await story({
        ...play,
        create: (name, template, more) => until(calls.createStack(anna, { name, template, ...more })),
        update: (stack, template, more) =>
          until(calls.updateStack(anna, { stack, template, existing: false, ...more })),
        delete: (stack) => until(calls.deleteStack(anna, { stack })),
      })
    },
    { workers: 0 },
  )

const payloadOf = ({ event }: Heard['sent'][number]): JsonMap => event.payload as JsonMap

describe('telling others of events', () => {
  it(
    'notifies of each new state of a stack (§1)',
    alone(async (play) => {
      const heard = listening(play)
      const stack = await play.create('web', hot({ a: thing({ size: 3 }) }, { description: 'One thing' }), {
        tags: ['blue'],
      })
      await play.settled(stack)
      await play.delete(stack)
      await play.settled(stack)
      await heard.announcer.stop()
      assert.deepEqual(
        heard.notifications.map(({ eventType, priority }) => `${priority} ${eventType}`),
        [
          'INFO orchestration.stack.create.start',
          'INFO orchestration.stack.create.end',
          'INFO orchestration.stack.delete.start',
          'INFO orchestration.stack.delete.end',
        ],
      )
      const { create_at, updated_at, ...payload } = heard.notifications[1]?.payload ?? assert.fail()
      assert.match(String(create_at), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
      assert.equal(updated_at, null)
      assert.deepEqual(payload, {
        tenant_id: 'project',
        user_id: 'Anna',
        user_identity: 'anna',
        username: 'Anna',
        stack_identity: stack.id,
        stack_name: 'web',
        state: 'CREATE_COMPLETE',
        state_reason: 'Stack CREATE completed successfully',
        description: 'One thing',
        tags: ['blue'],
      })
    }),
  )

  it(
    'notifies of a failure as of an error (§1)',
    alone(async (play) => {
      const heard = listening(play)
      const stack = await play.create(
        'web',
        hot({ a: { type: 'OS::Heat::TestResource', properties: { fail: true } } }),
      )
      await play.settled(stack)
      await heard.announcer.stop()
      const last = heard.notifications.at(-1)
      assert.equal(`${last?.priority} ${last?.eventType}`, 'ERROR orchestration.stack.create.error')
      assert.match(String(last?.payload.state_reason), /^Resource CREATE failed/)
    }),
  )

  it(
    'sends the events of a stack and of those inside it to the sinks of its environment, in their order (§12)',
    alone(async (play) => {
      const heard = listening(play)
      const stack = await play.create('web', hot({ g: group(1, thing({ size: 3 })) }), { environment })
      await play.settled(stack)
      await play.create('other', hot({ a: thing() }))
      await heard.announcer.stop()
      const stored = await play.calls.listEvents(anna, { stack, nestedDepth: 5, sortDir: 'asc' })
      assert.deepEqual(
        heard.sent.map(({ event }) => event.id),
        stored.map(({ id }) => id),
      )
      assert.ok(heard.sent.every(({ project, sink }) => project === 'project' && sink.target === 'news'))
      const made = heard.sent.find((one) => payloadOf(one).resource_name === '0') ?? assert.fail()
      const { timestamp, id, ...event } = made.event
      assert.match(String(timestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
      assert.ok(id)
      assert.match(String(payloadOf(made).physical_resource_id), /^web-g-\w{12}-0-\w{12}$/)
      assert.deepEqual(event, {
        version: '0.1',
        type: 'os.heat.event',
        payload: {
          resource_name: '0',
          physical_resource_id: payloadOf(made).physical_resource_id,
          stack_id: payloadOf(made).stack_id,
          resource_action: 'CREATE',
          resource_status: 'IN_PROGRESS',
          resource_status_reason: 'state changed',
          resource_type: 'Test::Thing',
          resource_properties: { size: 3 },
          version: '0.1',
        },
      })
    }),
  )

  it(
    'tells sinks of the end of a deletion while the credential of the stack is still good (§11, §12)',
    alone(async (play) => {
      const told: string[] = []
      const heard = listening(play, async (_session, _sink, events) => {
        const isGood = play.credentials.discarded.length === 0
        for (const event of events) {
          const { resource_name: name, resource_action, resource_status } = event.payload as JsonMap
          if (name === 'web') told.push(`${String(resource_action)}_${String(resource_status)} ${isGood}`)
        }
      })
      const stack = await play.create('web', hot({ a: thing() }), { environment })
      await play.settled(stack)
      await play.delete(stack)
      await play.settled(stack)
      await heard.announcer.stop()
      assert.deepEqual(told.slice(-2), ['DELETE_IN_PROGRESS true', 'DELETE_COMPLETE true'])
      await play.clock.pass(40_000)
      assert.deepEqual(play.credentials.discarded, ['anna-1'])
    }),
  )

  it(
    'goes by the sinks of the newest environment',
    alone(async (play) => {
      const heard = listening(play)
      const template = hot({ a: thing({ size: 3 }) })
      const stack = await play.create('web', template)
      await play.settled(stack)
      await play.update(stack, template, { environment })
      await play.settled(stack)
      await heard.announcer.stop()
      assert.deepEqual(
        heard.sent.map((one) => `${payloadOf(one).resource_action} ${payloadOf(one).resource_status}`),
        ['UPDATE IN_PROGRESS', 'UPDATE COMPLETE'],
      )
    }),
  )

  it(
    'drops what a sink does not take, with a line in the log, and the stack is none the worse',
    alone(async (play) => {
      const heard = listening(play, async () => {
        throw new Error('no queue today')
      })
      const stack = await play.create('web', hot({ a: thing({ size: 3 }) }), { environment })
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      await heard.announcer.stop()
      await pause(0)
      assert.ok(heard.warnings.includes('Events were dropped that a sink did not take'))
    }),
  )

  it(
    'does not wait for a sink that never answers',
    alone(async (play) => {
      const heard = listening(
        play,
        (_session, _sink, _events, signal) =>
          new Promise((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(new Error('given up'))),
          ),
      )
      const stack = await play.create('web', hot({ a: thing({ size: 3 }) }), { environment })
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      await heard.announcer.stop()
    }),
  )
})
