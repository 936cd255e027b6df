import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectClient } from '../../src/client/index.ts'
import { json, stub } from './kit.ts'

test('a token goes to the object store of the catalog, and nowhere else', async (t) => {
  const service = await stub((heard, response) => {
    if (!heard.url.startsWith('/v3/')) return void response.end(Buffer.from([0xff, 0x00]))
    const endpoint = (url: string) => ({ interface: 'public', region_id: 'one', url: `${service.url}${url}` })
    const catalog = [
      { type: 'orchestration', endpoints: [endpoint('/v1/p1')] },
      { type: 'object-store', endpoints: [endpoint('/v1/AUTH_p1')] },
    ]
    json(response, 201, { token: { project: { id: 'p1' }, catalog } }, { 'x-subject-token': 'mine' })
  })
  t.after(() => service.close())
  const client = await connectClient({
    authUrl: service.url,
    credentials: { is: 'password', username: 'ada', password: 'x', projectName: 'demo' },
  })
  const object = await client.readObject(`${service.url}/v1/AUTH_p1/box/a%20b`)
  assert.deepEqual([...object], [0xff, 0x00])
  assert.deepEqual(
    [service.heard.at(-1)?.url, service.heard.at(-1)?.token],
    ['/v1/AUTH_p1/box/a%20b', 'mine'],
  )
  const asked = service.heard.length
  for (const elsewhere of [
    'http://other/v1/AUTH_p1/box/a',
    `${service.url}/v1/AUTH_p11/box/a`,
    `${service.url}/v1/AUTH_p1/../AUTH_p2/box/a`,
    `${service.url}/v1/AUTH_p1@other/box/a`,
  ])
    await assert.rejects(client.readObject(elsewhere), { code: 'NotInObjectStore' }, elsewhere)
  assert.equal(service.heard.length, asked)
})
