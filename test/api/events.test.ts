import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testClock } from '../../src/testing/test-clock.ts'
import { ask, at, bench, event, identity } from './kit.ts'

test('events are listed', async () => {
  const server = bench({ engine: { listEvents: async () => [event] } })
  const reply = await ask(server, `GET ${at}/events`)
  assert.equal(reply.json().events[0].id, 'e1')
  assert.equal('resource_type' in reply.json().events[0], false)
  assert.deepEqual(server.asked[0]?.ask, { stack: identity })
})

test('paging, depth and conditions reach the engine', async () => {
  const server = bench({ engine: { listEvents: async () => [] } })
  const query =
    'limit=2&marker=m&sort_dir=desc&sort_keys=event_time&nested_depth=1&resource_status=CREATE_FAILED&resource_type=T&resource_name=n'
  await ask(server, `GET ${at}/events?${query}`)
  assert.deepEqual(server.asked[0]?.ask, {
    stack: identity,
    limit: 2,
    marker: 'm',
    sortDir: 'desc',
    sortKeys: ['event_time'],
    nestedDepth: 1,
    filters: {
      resource_status: ['CREATE_FAILED'],
      resource_type: ['T'],
      resource_name: ['n'],
    },
  })
  assert.equal((await ask(server, `GET ${at}/events?limit=x`)).status, 400)
})

test('a resource without events is not found', async () => {
  const server = bench({ engine: { listEvents: async () => [] } })
  const reply = await ask(server, `GET ${at}/resources/server/events`)
  assert.equal(reply.status, 404)
  assert.equal(reply.json().error.message, 'No events found for resource server')
  assert.deepEqual(server.asked[0]?.ask, { stack: identity, resource: 'server' })
  const some = bench({ engine: { listEvents: async () => [event] } })
  assert.equal((await ask(some, `GET ${at}/resources/server/events`)).json().events.length, 1)
})

test('an event is shown in full', async () => {
  const server = bench({ engine: { showEvent: async () => ({ ...event, resourceProperties: { a: 1 } }) } })
  const reply = await ask(server, `GET ${at}/resources/server/events/e1`)
  assert.deepEqual(reply.json().event.resource_properties, { a: 1 })
  assert.deepEqual(server.asked[0]?.ask, { stack: identity, resource: 'server', event: 'e1' })
})

test('who is willing to wait is answered as soon as something happens', async () => {
  const clock = testClock()
  const found = [[], [], [event]]
  const server = bench({ engine: { listEvents: async () => found.shift() ?? [] }, clock })
  const reply = await clock.until(ask(server, `GET ${at}/events?wait=20&marker=m`))
  assert.equal(reply.json().events.length, 1)
  assert.equal(server.asked.length, 3)
  const startedAt = clock.now()
  assert.deepEqual((await clock.until(ask(server, `GET ${at}/events?wait=1000`))).json(), { events: [] })
  assert.equal(clock.now() - startedAt, 30_000)
})

test('nobody waits for events while the server closes', async () => {
  const clock = testClock()
  const server = bench({ engine: { listEvents: async () => [] }, clock })
  const waiting = ask(server, `GET ${at}/events?wait=20`)
  await clock.quiet()
  await server.app.close()
  assert.deepEqual((await waiting).json(), { events: [] })
})
