import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeNetwork, makeServer, openCloud } from '../cloud.ts'

test('ports are plugged into a running server and pulled out', async () => {
  await using cloud = await openCloud()
  const { demo, clock } = cloud
  const { network } = await makeNetwork(cloud)
  const server = await makeServer(cloud)
  const path = `/compute/v2.1/servers/${server.id}/os-interface`
  const own = await demo.make('/network/v2.0/ports', { port: { network_id: network.id } })
  assert.equal((await demo.make(path, { interfaceAttachment: { port_id: own.id } })).port_id, own.id)
  const made = await demo.make(path, {
    interfaceAttachment: { net_id: network.id, fixed_ips: [{ ip_address: '10.1.0.50' }] },
  })
  assert.equal(made.fixed_ips[0].ip_address, '10.1.0.50')
  assert.equal((await demo.post(path, { interfaceAttachment: { port_id: own.id } })).status, 409)
  assert.equal((await demo.post(path, { interfaceAttachment: { port_id: server.id } })).status, 404)
  assert.equal(
    (await demo.post(path, { interfaceAttachment: { port_id: own.id, net_id: network.id } })).status,
    400,
  )
  assert.equal((await demo.get(path)).body.interfaceAttachments.length, 2)
  for (const id of [own.id, made.port_id]) assert.equal((await demo.delete(`${path}/${id}`)).status, 202)
  assert.equal((await demo.get(`/network/v2.0/ports/${own.id}`)).body.port.device_id, server.id)
  clock.advance(1000)
  const after = (await demo.get(`/network/v2.0/ports/${own.id}`)).body.port
  assert.deepEqual([after.device_id, after.device_owner, after.status], ['', '', 'DOWN'])
  assert.equal((await demo.get(`/network/v2.0/ports/${made.port_id}`)).status, 404)
  assert.deepEqual((await demo.get(path)).body, { interfaceAttachments: [] })
})
