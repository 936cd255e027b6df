import assert from 'node:assert/strict'
import { it } from 'node:test'
import { connect, transport } from '../../../src/cloud/index.ts'
import { swift } from '../../../src/cloud/swift/index.ts'
import { openCloud } from '../../simulator/cloud.ts'
import { toldSession } from '../told-session.ts'

it('Swift tells when an object was written, and what is in it', async () => {
  const told = toldSession({ 'GET /a%20b/c%2Fd': { said: 1 } })
  const headers = { 'last-modified': 'Sat, 31 Jan 2026 09:30:00 GMT', 'content-length': '12' }
  const session = {
    ...told,
    request: (ask: Parameters<typeof told.request>[0]) =>
      ask.method === 'HEAD' && ask.path === '/a%20b/c%2Fd'
        ? Promise.resolve({ status: 200, headers, body: undefined })
        : told.request(ask),
  }
  const client = swift.connect(session)
  const writtenAt = Date.UTC(2026, 0, 31, 9, 30, 0)
  assert.deepEqual(await client.look('a b', 'c/d'), { writtenAt, size: 12 })
  assert.deepEqual(await client.read('a b', 'c/d'), { said: 1 })
  assert.equal(await client.look('a', 'lost'), undefined)
})

it('Swift lists what a container holds, and gives the first bytes of an object as they are', async () => {
  await using cloud = await openCloud()
  const account = `/object-store/v1/AUTH_${cloud.demo.projectId}`
  await cloud.demo.put(`${account}/a%20b`)
  await cloud.demo.put(`${account}/a%20b/c%2Fd.json`, '{"said": 1}', { 'content-type': 'application/json' })
  const carrier = transport({ clock: cloud.clock })
  const domain = { id: 'default' }
  const session = await connect({
    transport: carrier,
    authUrl: cloud.simulator.authUrl,
    credential: { by: 'password', user: { name: 'demo', domain }, password: 'hearth' },
  })
  const client = swift.connect(session)
  const listed = await client.list('a b', { most: 10 })
  assert.deepEqual(
    listed.map(({ name, bytes }) => [name, bytes]),
    [['c/d.json', 11]],
  )
  const textOf = async (most: number) =>
    Buffer.from(await client.bytes('a b', 'c/d.json', { most })).toString()
  assert.deepEqual([await textOf(100), await textOf(5)], ['{"said": 1}', '{"sai'])
  await assert.rejects(client.bytes('a b', 'lost', { most: 5 }), { kind: 'not-found' })
  await assert.rejects(client.list('lost', { most: 5 }), { kind: 'not-found' })
  await carrier.close()
})
