import assert from 'node:assert/strict'
import { test } from 'node:test'
import { basics, makeServer, openCloud } from '../cloud.ts'

const groups = '/compute/v2.1/os-server-groups'

test('a server group knows its members and places them as its policy says', async () => {
  await using cloud = await openCloud()
  const { demo, admin } = cloud
  const { tiny, image } = await basics(cloud)
  const hostOf = async (id: string) =>
    (await admin.get(`/compute/v2.1/servers/${id}`)).body.server['OS-EXT-SRV-ATTR:host']
  const inGroup = async (group: string) => {
    const server = { name: 'x', flavorRef: tiny, imageRef: image, networks: 'none' }
    const reply = await demo.post('/compute/v2.1/servers', { server, 'os:scheduler_hints': { group } })
    cloud.clock.advance(1000)
    return reply.body.server.id
  }
  const apart = await demo.make(groups, { server_group: { name: 'apart', policy: 'anti-affinity' } })
  const ids = [
    await inGroup(apart.id),
    await inGroup(apart.id),
    await inGroup(apart.id),
    await inGroup(apart.id),
  ]
  const hosts = await Promise.all(ids.map(hostOf))
  assert.equal(new Set(hosts.slice(0, 3)).size, 3)
  const last = (await demo.get(`/compute/v2.1/servers/${ids[3]}`)).body.server
  assert.deepEqual([last.status, last.server_groups], ['ERROR', [apart.id]])
  const together = await demo.make(groups, { server_group: { name: 'together', policy: 'affinity' } })
  assert.equal(await hostOf(await inGroup(together.id)), await hostOf(await inGroup(together.id)))
  assert.equal((await demo.get(`${groups}/${together.id}`)).body.server_group.members.length, 2)
  assert.equal((await demo.delete(`${groups}/${together.id}`)).status, 204)
  assert.equal((await demo.delete(`${groups}/${together.id}`)).status, 404)
})

test('a server group says its policy as the microversion wants it', async () => {
  await using cloud = await openCloud()
  await makeServer(cloud)
  const old = { 'openstack-api-version': 'compute 2.15' }
  const { body } = await cloud.demo.post(
    groups,
    { server_group: { name: 'g', policies: ['soft-affinity'] } },
    old,
  )
  assert.deepEqual([body.server_group.policies, body.server_group.policy], [['soft-affinity'], undefined])
  assert.equal(
    (await cloud.demo.post(groups, { server_group: { name: 'g', policies: ['affinity'] } })).status,
    400,
  )
  assert.equal((await cloud.demo.post(groups, { server_group: { name: 'g', policy: 'x' } })).status, 400)
  const strict = { name: 'g', policy: 'affinity', rules: { max_server_per_host: 2 } }
  assert.equal((await cloud.demo.post(groups, { server_group: strict })).status, 409)
})
