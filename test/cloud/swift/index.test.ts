import assert from 'node:assert/strict'
import { it } from 'node:test'
import { swift } from '../../../src/cloud/swift/index.ts'
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
