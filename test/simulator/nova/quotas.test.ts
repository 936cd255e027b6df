import assert from 'node:assert/strict'
import { test } from 'node:test'
import { basics, makeServer, openCloud } from '../cloud.ts'

test('a limit of servers, cores or memory is held, also by a resize', async () => {
  await using cloud = await openCloud()
  const { admin, demo } = cloud
  const { tiny, small, image } = await basics(cloud)
  const path = `/compute/v2.1/os-quota-sets/${demo.projectId}`
  assert.equal((await demo.put(path, { quota_set: { instances: 9 } })).status, 403)
  await admin.put(path, { quota_set: { instances: 1, ram: 1024 } })
  const server = await makeServer(cloud)
  const more = await demo.post('/compute/v2.1/servers', {
    server: { name: 'x', flavorRef: tiny, imageRef: image, networks: 'none' },
  })
  assert.equal(more.status, 403)
  assert.equal(
    more.body.forbidden.message,
    'Quota exceeded for instances: Requested 1, but already used 1 of 1 instances',
  )
  const larger = await demo.post(`/compute/v2.1/servers/${server.id}/action`, {
    resize: { flavorRef: small },
  })
  assert.equal(
    larger.body.forbidden.message,
    'Quota exceeded for ram: Requested 1536, but already used 512 of 1024 ram',
  )
  const { absolute } = (await demo.get('/compute/v2.1/limits')).body.limits
  assert.deepEqual(
    [absolute.maxTotalInstances, absolute.totalInstancesUsed, absolute.totalRAMUsed],
    [1, 1, 512],
  )
  assert.equal((await admin.put(path, { quota_set: { colour: 1 } })).status, 400)
  assert.equal((await admin.delete(path)).status, 202)
  assert.equal((await demo.get(path)).body.quota_set.instances, -1)
})

test('keys, groups and metadata are limited, too', async () => {
  await using cloud = await openCloud()
  const { admin, demo } = cloud
  await admin.put(`/compute/v2.1/os-quota-sets/${demo.projectId}`, {
    quota_set: { key_pairs: 1, server_groups: 0, metadata_items: 1 },
  })
  const key = await demo.post(
    '/compute/v2.1/os-keypairs',
    { keypair: { name: 'k' } },
    { 'openstack-api-version': 'compute 2.1' },
  )
  assert.equal(key.body.forbidden.message, 'Quota exceeded, too many key pairs.')
  const group = await demo.post('/compute/v2.1/os-server-groups', {
    server_group: { name: 'g', policy: 'affinity' },
  })
  assert.equal(group.body.forbidden.message, 'Quota exceeded, too many server groups.')
  const server = await makeServer(cloud, { metadata: { a: 'b' } })
  const item = await demo.put(`/compute/v2.1/servers/${server.id}/metadata/c`, { meta: { c: 'd' } })
  assert.equal(item.body.forbidden.message, 'Maximum number of metadata items exceeds 1')
})
