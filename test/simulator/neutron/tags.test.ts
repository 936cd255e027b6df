import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud } from '../cloud.ts'

test('tags are replaced, added, asked for and taken away', async () => {
  await using cloud = await openCloud()
  const network = await cloud.demo.make('/network/v2.0/networks', { network: {} })
  const path = `/network/v2.0/networks/${network.id}/tags`
  assert.deepEqual((await cloud.demo.put(path, { tags: ['a', 'b', 'a'] })).body, { tags: ['a', 'b'] })
  assert.equal((await cloud.demo.put(`${path}/c`)).status, 201)
  assert.equal((await cloud.demo.get(`${path}/c`)).status, 204)
  assert.equal((await cloud.demo.get(`${path}/z`)).body.NeutronError.type, 'TagNotFound')
  assert.equal((await cloud.demo.delete(`${path}/a`)).status, 204)
  assert.deepEqual((await cloud.demo.get(path)).body, { tags: ['b', 'c'] })
  assert.equal((await cloud.demo.delete(path)).status, 204)
  assert.deepEqual((await cloud.demo.get(path)).body, { tags: [] })
  assert.equal((await cloud.demo.put(path, { wrong: 1 })).status, 400)
})
