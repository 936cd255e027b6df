import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud } from '../cloud.ts'

test('a limit holds until it is lifted, and only admins set one', async () => {
  await using cloud = await openCloud()
  const { demo, admin } = cloud
  const path = `/network/v2.0/quotas/${demo.projectId}`
  assert.equal((await demo.put(path, { quota: { network: 9 } })).status, 403)
  assert.equal((await admin.put(path, { quota: { network: 2 } })).body.quota.network, 2)
  assert.equal((await demo.post('/network/v2.0/networks', { network: {} })).status, 201)
  const over = await demo.post('/network/v2.0/networks', { network: {} })
  assert.equal(over.status, 409)
  assert.deepEqual(over.body.NeutronError, {
    type: 'OverQuota',
    message: "Quota exceeded for resources: ['network'].",
    detail: '',
  })
  const { body } = await demo.get(`${path}/details`)
  assert.deepEqual(body.quota.network, { limit: 2, used: 2, reserved: 0 })
  assert.equal((await admin.delete(path)).status, 204)
  assert.equal((await demo.post('/network/v2.0/networks', { network: {} })).status, 201)
})
