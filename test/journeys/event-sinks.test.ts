import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../tools/free-port.ts'
import { Cloud } from './cloud.ts'
import { HearthProcess } from './hearth.ts'
import { administrator, newTenant, type Tenant } from './openstack.ts'

const hasZaqar = (await Cloud.open(administrator())).offers('messaging')
// Where the lab was asked for it has to be whole.
const skip =
  !hasZaqar &&
  process.env.HEARTH_LAB !== '1' &&
  'the cloud has no Zaqar: openstack-lab install swift zaqar && openstack-lab up swift zaqar'

interface SinkEvent {
  readonly type: string
  readonly payload: Readonly<Record<string, unknown>>
}

const template = {
  heat_template_version: '2021-04-16',
  resources: {
    word: { type: 'OS::Heat::RandomString', properties: { length: 8 } },
    inside: {
      type: 'OS::Heat::ResourceGroup',
      properties: { count: 1, resource_def: { type: 'OS::Heat::RandomString', properties: { length: 9 } } },
    },
  },
}

describe('a stack whose environment names a queue of Zaqar', { skip, timeout: 300_000 }, () => {
  const hearth = new HearthProcess(['up', '--cloud', 'env'], administrator())
  const queue = `news-${process.pid}`
  let tenant: Tenant
  let cloud: Cloud
  let stacks: string

  before(async () => {
    assert.ok(hasZaqar, 'the cloud has no Zaqar')
    const port = await freePort()
    await hearth.start(port)
    tenant = await newTenant(`journey-sinks-${process.pid}`)
    cloud = await Cloud.open(tenant.variables)
    stacks = `http://127.0.0.1:${port}/v1/${cloud.projectId}/stacks`
  })
  after(async () => {
    await tenant.remove()
    await hearth.stop()
  })

  async function ask<T>(method: string, url: string, body?: unknown): Promise<T> {
    const reply = await fetch(url, {
      method,
      headers: { 'x-auth-token': cloud.token, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    assert.ok(reply.ok, `${method} ${url}: ${reply.status}`)
    const text = await reply.text()
    return (text === '' ? {} : JSON.parse(text)) as T
  }

  async function received(): Promise<readonly SinkEvent[]> {
    const path = `/v2/queues/${queue}/messages?echo=true&limit=20`
    const { messages } = await cloud.get<{ messages: readonly { body: SinkEvent }[] }>('messaging', path, {
      'client-id': randomUUID(),
    })
    return messages.map(({ body }) => body)
  }

  it('has every event in the queue, those inside it too', async () => {
    const environment = { event_sinks: [{ type: 'zaqar-queue', target: queue, ttl: 600 }] }
    const name = 'told'
    const { stack } = await ask<{ stack: { id: string } }>('POST', stacks, {
      ...{ stack_name: name, template, environment },
    })
    const url = `${stacks}/${name}/${stack.id}`
    let events: readonly SinkEvent[] = []
    for (let i = 0; i < 60 && !events.some(isEnd(stack.id)); i++) {
      await pause(500)
      events = await received()
    }
    const listed = await ask<{ events: readonly { resource_name: string; resource_status: string }[] }>(
      'GET',
      `${url}/events?nested_depth=5&sort_dir=asc`,
    )
    assert.deepEqual(
      events
        .map(({ payload: p }) => `${p.resource_name} ${p.resource_action}_${p.resource_status}`)
        .toSorted(),
      listed.events.map((event) => `${event.resource_name} ${event.resource_status}`).toSorted(),
      hearth.log(),
    )
    assert.equal(events.length, 10)
    assert.ok(events.every(({ type }) => type === 'os.heat.event'))
    const word = events.find(({ payload: p }) => p.resource_name === 'word') ?? assert.fail()
    assert.equal((word.payload.resource_properties as { length?: unknown }).length, 8)
    await ask('DELETE', url)
    for (let i = 0; i < 60; i++) {
      const shown = await ask<{ stack: { stack_status: string } }>('GET', url)
      if (shown.stack.stack_status === 'DELETE_COMPLETE') return
      await pause(500)
    }
    assert.fail('the stack was not deleted')
  })
})

const isEnd =
  (stackId: string) =>
  ({ payload: p }: SinkEvent): boolean =>
    p.physical_resource_id === stackId && p.resource_status === 'COMPLETE'
