import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  connectClient,
  eachEvent,
  eachSoftwareConfig,
  eachStack,
  followEvents,
  type HearthClient,
  operations,
} from '../../src/client/index.ts'
import { splitAddress } from '../../src/contract/endpoint.ts'
import { json, keystone, quickClock, stub } from './kit.ts'

interface Page {
  readonly limit?: number
  readonly marker?: string
  readonly wait?: number
}

/** Rows behind a marker, as services page them: at most two, however many are asked for. */
function pager(count: number) {
  const asked: Page[] = []
  const ids = Array.from({ length: count }, (_none, i) => ({ id: `r${i}` }))
  const page = (query: Page) => {
    asked.push(query)
    const from = query.marker === undefined ? 0 : ids.findIndex(({ id }) => id === query.marker) + 1
    return ids.slice(from, from + Math.min(query.limit ?? count, 2))
  }
  const client = {
    listStacks: async (query: Page) => ({ stacks: page(query) }),
    listEvents: async (_stack: unknown, query: Page) => ({ events: page(query) }),
    listSoftwareConfigs: async (query: Page) => ({ software_configs: page(query) }),
  } as unknown as HearthClient
  return { client, asked }
}

const idsOf = async (rows: AsyncIterable<{ readonly id: string }>) => {
  const ids = []
  for await (const { id } of rows) ids.push(id)
  return ids
}

test('lists go on for as long as there is another page', async () => {
  const all = ['r0', 'r1', 'r2', 'r3', 'r4']
  const { client, asked } = pager(5)
  assert.deepEqual(await idsOf(eachStack(client, { show_nested: true })), all)
  assert.deepEqual(
    asked.map(({ marker }) => marker),
    [undefined, 'r1', 'r3', 'r4'],
  )
  assert.deepEqual(await idsOf(eachEvent(client, 'web', { marker: 'r1' })), ['r2', 'r3', 'r4'])
  assert.deepEqual(await idsOf(eachSoftwareConfig(client)), all)
  assert.deepEqual(await idsOf(eachStack(pager(0).client)), [])
})

test('no page is asked for before somebody wants it', async () => {
  const { client, asked } = pager(5)
  for await (const { id } of eachStack(client, {}, { pageSize: 1 })) if (id === 'r1') break
  assert.equal(asked.length, 2)
})

test('events are followed from the last one that was seen, until the signal ends it', async () => {
  const batches = [[{ id: 'e1' }], [], [{ id: 'e2' }, { id: 'e3' }]]
  const asked: Page[] = []
  const stop = new AbortController()
  const client = {
    findStack: async () => ({ stack_name: 'web', stack_id: 's1' }),
    listEvents: async (_stack: unknown, query: Page) => {
      asked.push(query)
      return { events: batches[asked.length - 1] ?? [] }
    },
    withSignal: () => client,
  } as unknown as HearthClient
  const clock = quickClock()
  const seen = []
  for await (const { id } of followEvents(client, 'web', { clock, waitSeconds: 20, signal: stop.signal })) {
    seen.push(id)
    if (id === 'e3') stop.abort()
  }
  assert.deepEqual(seen, ['e1', 'e2', 'e3'])
  assert.deepEqual(
    asked.map(({ marker, wait }) => [marker, wait]),
    [
      [undefined, 20],
      ['e1', 20],
      ['e1', 20],
    ],
  )
  assert.deepEqual(clock.slept, [5000], 'a service that does not wait is not asked without a pause')
})

test('a trouble while following is told, unless nobody follows any more', async () => {
  const client = {
    findStack: async () => Promise.reject(new Error('gone')),
    withSignal: () => client,
  } as unknown as HearthClient
  await assert.rejects(idsOf(followEvents(client, 'web')), /gone/)
  assert.deepEqual(await idsOf(followEvents(client, 'web', { signal: AbortSignal.abort() })), [])
})

test('a client with a signal ends its requests, and the client it was made of goes on', async (t) => {
  const service = await stub((heard, response) => {
    if (heard.url.startsWith('/v3/')) return keystone(() => service.url)(heard, response)
    if (heard.url.includes('/services')) json(response, 200, { services: [] })
  })
  t.after(() => service.close())
  const client = await connectClient({
    authUrl: service.url,
    credentials: { is: 'password', username: 'ada', password: 'x', projectName: 'demo' },
    region: 'one',
  })
  const stop = new AbortController()
  const hung = client.withSignal(stop.signal).listStacks()
  stop.abort(new Error('enough'))
  await assert.rejects(hung, /enough/)
  assert.deepEqual(await client.listServices(), { services: [] })
})

test('every operation of the API can be asked for', async (t) => {
  const service = await stub((heard, response) => {
    if (heard.url.startsWith('/v3/')) return keystone(() => service.url)(heard, response)
    json(response, 200, {})
  })
  t.after(() => service.close())
  const client = await connectClient({
    authUrl: service.url,
    credentials: { is: 'password', username: 'ada', password: 'x', projectName: 'demo' },
    region: 'one',
  })
  for (const { endpoint } of operations.allEndpoints.flatMap(({ endpoints }) => endpoints)) {
    const { method, path } = splitAddress(endpoint.address)
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [
      name,
      name === 'project_id' ? 'p1' : name,
    ])
    await client.ask(endpoint, { path: Object.fromEntries(names) })
    const asked = path.replace('{project_id}', 'p1').replaceAll(/[{}]/g, '')
    assert.deepEqual([service.heard.at(-1)?.method, service.heard.at(-1)?.url], [method, asked])
  }
})
