import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, at, bench, identity, resource } from './kit.ts'

test('resources are listed', async () => {
  const server = bench({ engine: { listResources: async () => [resource] } })
  const reply = await ask(server, `GET ${at}/resources`)
  assert.equal(reply.json().resources[0].resource_status, 'CREATE_COMPLETE')
  assert.deepEqual(server.asked[0]?.ask, { stack: identity })
})

test('depth, detail and conditions reach the engine', async () => {
  const server = bench({ engine: { listResources: async () => [] } })
  const query =
    'nested_depth=3&with_detail=true&type=Server&name=a&name=b&status=CREATE_COMPLETE&id=7&physical_resource_id=x'
  await ask(server, `GET ${at}/resources?${query}`)
  assert.deepEqual(server.asked[0]?.ask, {
    stack: identity,
    nestedDepth: 3,
    withDetail: true,
    filters: {
      type: ['Server'],
      name: ['a', 'b'],
      status: ['CREATE_COMPLETE'],
      id: ['7'],
      physical_resource_id: ['x'],
    },
  })
})

test('unknown conditions and bad depths are refused', async () => {
  const server = bench()
  const said = async (query: string) =>
    (await ask(server, `GET ${at}/resources?${query}`)).json().error.message
  assert.equal(await said('foo=1'), "Invalid filter parameters ['foo']")
  assert.equal(await said('nested_depth=deep'), "Only integer is acceptable by 'nested_depth'.")
  assert.match(await said('nested_depth=-1'), /non-negative/)
  assert.match(await said('type=a&type=b'), /malformed/)
})

test('a resource is shown with the attributes asked for', async () => {
  const server = bench({ engine: { showResource: async () => ({ ...resource, attributes: { a: 1 } }) } })
  const reply = await ask(server, `GET ${at}/resources/my%20server?with_attr=a&with_attr=b`)
  assert.deepEqual(reply.json().resource.attributes, { a: 1 })
  assert.deepEqual(server.asked[0]?.ask, {
    stack: identity,
    resource: 'my server',
    withAttributes: ['a', 'b'],
  })
})

test('metadata is shown', async () => {
  const server = bench({ engine: { showMetadata: async () => ({ a: [1] }) } })
  assert.deepEqual((await ask(server, `GET ${at}/resources/server/metadata`)).json(), {
    metadata: { a: [1] },
  })
})

test('a signal reaches the engine with what it says, or with nothing', async () => {
  const server = bench({ engine: { signalResource: async () => {} } })
  const signal = `POST ${at}/resources/handle/signal` as const
  const reply = await ask(server, signal, { body: { status: 'SUCCESS', any: [1] } })
  assert.equal(`${reply.status} ${reply.text}`, '200 null')
  assert.equal((await ask(server, signal)).status, 200)
  assert.deepEqual(
    server.asked.map((one) => one.ask),
    [
      { stack: identity, resource: 'handle', details: { status: 'SUCCESS', any: [1] } },
      { stack: identity, resource: 'handle', details: null },
    ],
  )
})

test('a resource is marked unhealthy, or well again', async () => {
  const server = bench({ engine: { markUnhealthy: async () => {} } })
  const address = `PATCH ${at}/resources/server` as const
  const body = { mark_unhealthy: 'True', resource_status_reason: 'it hums' }
  const reply = await ask(server, address, { body })
  assert.deepEqual([reply.status, reply.text], [200, 'null'])
  await ask(server, address, { body: { mark_unhealthy: false } })
  assert.deepEqual(
    server.asked.map((one) => one.ask),
    [
      { stack: identity, resource: 'server', unhealthy: true, reason: 'it hums' },
      { stack: identity, resource: 'server', unhealthy: false },
    ],
  )
})

test('a mark that says something else is refused in the words of the original', async () => {
  const server = bench({ engine: { markUnhealthy: async () => {} } })
  const said = async (body: object) => {
    const reply = await ask(server, `PATCH ${at}/resources/server`, { body })
    return `${reply.status} ${reply.json().error.message}`
  }
  assert.equal(await said({}), '400 Missing mandatory (mark_unhealthy) key from mark unhealthy request')
  assert.equal(
    await said({ mark_unhealthy: true, foo: 1 }),
    "400 Invalid keys in resource mark unhealthy {'foo'}",
  )
  assert.equal(
    await said({ mark_unhealthy: null }),
    '400 Unrecognized value "None" for "mark_unhealthy", acceptable values are: true, false.',
  )
})
