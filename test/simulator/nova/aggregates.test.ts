import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud } from '../cloud.ts'

test('hosts are put together by admins, and a group with hosts stays', async () => {
  await using cloud = await openCloud()
  const { admin } = cloud
  const path = '/compute/v2.1/os-aggregates'
  const aggregate = await admin.make(path, { aggregate: { name: 'fast', availability_zone: 'nova' } })
  const act = (action: object) => admin.post(`${path}/${aggregate.id}/action`, action)
  assert.deepEqual((await act({ add_host: { host: 'compute-1' } })).body.aggregate.hosts, ['compute-1'])
  assert.equal((await act({ add_host: { host: 'compute-1' } })).status, 409)
  assert.equal((await act({ add_host: { host: 'none' } })).status, 404)
  const { metadata } = (await act({ set_metadata: { metadata: { ssd: 'true' } } })).body.aggregate
  assert.deepEqual(metadata, { ssd: 'true', availability_zone: 'nova' })
  assert.equal((await admin.delete(`${path}/${aggregate.id}`)).status, 400)
  await act({ remove_host: { host: 'compute-1' } })
  assert.equal((await admin.delete(`${path}/${aggregate.id}`)).status, 200)
  assert.equal((await admin.post(path, { aggregate: {} })).status, 400)
})
