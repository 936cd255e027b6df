import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeServer, openCloud } from '../cloud.ts'

test('metadata and tags of a server are read, added, replaced and taken away', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const { id } = await makeServer(cloud, { metadata: { a: '1' } })
  const path = `/compute/v2.1/servers/${id}`
  assert.deepEqual((await demo.post(`${path}/metadata`, { metadata: { b: '2' } })).body.metadata, {
    a: '1',
    b: '2',
  })
  assert.deepEqual((await demo.put(`${path}/metadata/c`, { meta: { c: '3' } })).body, { meta: { c: '3' } })
  assert.equal((await demo.put(`${path}/metadata/c`, { meta: { d: '3' } })).status, 400)
  assert.equal((await demo.delete(`${path}/metadata/a`)).status, 204)
  assert.equal(
    (await demo.delete(`${path}/metadata/a`)).body.itemNotFound.message,
    'Metadata item was not found',
  )
  assert.deepEqual((await demo.put(`${path}/metadata`, { metadata: { z: '9' } })).body.metadata, { z: '9' })
  assert.equal((await demo.post(`${path}/metadata`, { metadata: { b: 2 } })).status, 400)
  assert.equal((await demo.put(`${path}/tags/x`)).status, 201)
  assert.equal((await demo.put(`${path}/tags/x`)).status, 204)
  assert.deepEqual((await demo.put(`${path}/tags`, { tags: ['p', 'q'] })).body, { tags: ['p', 'q'] })
  assert.equal((await demo.get(`${path}/tags/x`)).status, 404)
  assert.equal((await demo.delete(`${path}/tags/p`)).status, 204)
  assert.deepEqual((await demo.get(path)).body.server.tags, ['q'])
})
