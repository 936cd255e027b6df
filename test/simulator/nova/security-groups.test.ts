import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeNetwork, makeServer, openCloud } from '../cloud.ts'

test('a security group is given to all ports of a server, and taken from them', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const { network } = await makeNetwork(cloud)
  const group = await demo.make('/network/v2.0/security-groups', { security_group: { name: 'web' } })
  const server = await makeServer(cloud, { networks: [{ uuid: network.id }] })
  const path = `/compute/v2.1/servers/${server.id}`
  const names = async () =>
    (await demo.get(path)).body.server.security_groups.map((each: { name: string }) => each.name)
  assert.deepEqual(await names(), ['default'])
  assert.equal((await demo.post(`${path}/action`, { addSecurityGroup: { name: 'web' } })).status, 202)
  assert.deepEqual(await names(), ['default', 'web'])
  assert.equal((await demo.post(`${path}/action`, { removeSecurityGroup: { name: group.id } })).status, 202)
  assert.deepEqual(await names(), ['default'])
  assert.equal((await demo.post(`${path}/action`, { addSecurityGroup: { name: 'none' } })).status, 404)
  const old = { 'openstack-api-version': 'compute 2.1' }
  assert.equal((await demo.get('/compute/v2.1/os-security-groups', old)).body.security_groups.length, 2)
  assert.equal((await demo.get('/compute/v2.1/os-security-groups')).status, 404)
})
