import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultBook } from '../../src/simulator/faults.ts'
import { makeServer, openCloud } from './cloud.ts'

const networks = '/network/v2.0/networks'

test('a fault answers for the service as often as it is to, and then things go well again', async () => {
  await using cloud = await openCloud()
  cloud.simulator.faults.add({ method: 'POST', path: '/network/*', status: 503, count: 2 })
  const tries = []
  for (let i = 0; i < 3; i++) tries.push((await cloud.demo.post(networks, { network: {} })).status)
  assert.deepEqual(tries, [503, 503, 201])
  assert.equal(cloud.simulator.census(cloud.demo.projectId).networks?.length, 2)
})

test('a fault after the work leaves the work done', async () => {
  await using cloud = await openCloud()
  cloud.simulator.faults.add({ method: 'POST', path: networks, status: 504, when: 'after', count: 1 })
  assert.equal((await cloud.demo.post(networks, { network: { name: 'lost' } })).status, 504)
  assert.equal((await cloud.demo.get(`${networks}?name=lost`)).body.networks.length, 1)
})

test('a connection may be cut before or after the work', async () => {
  await using cloud = await openCloud()
  for (const when of ['before', 'after'] as const) {
    cloud.simulator.faults.add({ method: 'POST', path: networks, drop: true, when, count: 1 })
    await assert.rejects(cloud.demo.post(networks, { network: { name: when } }))
  }
  assert.equal((await cloud.demo.get(`${networks}?name=before`)).body.networks.length, 0)
  assert.equal((await cloud.demo.get(`${networks}?name=after`)).body.networks.length, 1)
})

test('a refusal may say when to come again', async () => {
  await using cloud = await openCloud()
  cloud.simulator.faults.add({ status: 429, retryAfterSeconds: 3, count: 1 })
  const reply = await cloud.demo.get('/compute/v2.1/servers')
  assert.equal(reply.status, 429)
  assert.equal(reply.headers.get('retry-after'), '3')
  assert.deepEqual(Object.keys(reply.body), ['overLimit'])
})

test('a fault may only delay, by the clock of the cloud', async () => {
  await using cloud = await openCloud()
  cloud.simulator.faults.add({ path: networks, latencyMs: 1000, count: 1 })
  const asked = cloud.demo.get(networks)
  while (cloud.simulator.faults.list()[0]?.happened === 0)
    await new Promise((resolve) => setImmediate(resolve))
  cloud.clock.advance(1000)
  assert.equal((await asked).status, 200)
})

test('a server is told to fail by its name', async () => {
  await using cloud = await openCloud()
  cloud.simulator.faults.add({ serverError: 'No valid host was found.', path: 'one', count: 1 })
  const broken = await makeServer(cloud)
  const sound = await makeServer(cloud)
  const show = async (id: string) => (await cloud.demo.get(`/compute/v2.1/servers/${id}`)).body.server
  assert.equal((await show(broken.id)).status, 'ERROR')
  assert.equal((await show(broken.id)).fault.message, 'No valid host was found.')
  assert.equal((await show(sound.id)).status, 'ACTIVE')
})

test('faults are set, listed and taken away over HTTP', async () => {
  await using cloud = await openCloud()
  const { body } = await cloud.ask('POST', '/simulator/faults', [
    { status: 500, path: networks },
    { status: 409 },
  ])
  assert.equal(body.ids.length, 2)
  assert.equal((await cloud.demo.get(networks)).status, 500)
  assert.equal((await cloud.ask('DELETE', `/simulator/faults/${body.ids[0]}`)).status, 204)
  assert.equal((await cloud.demo.get(networks)).status, 409)
  assert.equal((await cloud.ask('DELETE', '/simulator/faults')).status, 204)
  assert.deepEqual((await cloud.ask('GET', '/simulator/faults')).body, { faults: [] })
  assert.equal((await cloud.demo.get(networks)).status, 200)
})

test('chance and skipping decide which of the matching requests are met, the same for the same seed', () => {
  const pattern = () => {
    const book = faultBook(5)
    book.add({ chance: 0.5, status: 500 })
    return Array.from({ length: 20 }, () => book.meet('GET', '/x').length).join('')
  }
  assert.equal(pattern(), pattern())
  assert.match(pattern(), /0.*1|1.*0/)
  const book = faultBook()
  book.add({ path: '/a/*/c', skip: 1, count: 1, status: 500 })
  assert.deepEqual(
    ['/a/b/c', '/x', '/a/b/c', '/a/b/c'].map((path) => book.meet('GET', path).length),
    [0, 0, 1, 0],
  )
})
