import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Cloud, makeNetwork, openCloud } from '../cloud.ts'

const floatingIps = '/network/v2.0/floatingips'

async function reachable(cloud: Cloud) {
  const { demo } = cloud
  const outside = (await demo.get('/network/v2.0/networks?name=public')).body.networks[0]
  const { network, subnet } = await makeNetwork(cloud)
  const router = await demo.make('/network/v2.0/routers', {
    router: { external_gateway_info: { network_id: outside.id } },
  })
  const port = await demo.make('/network/v2.0/ports', { port: { network_id: network.id } })
  const join = () =>
    demo.put(`/network/v2.0/routers/${router.id}/add_router_interface`, { subnet_id: subnet.id })
  const part = () =>
    demo.put(`/network/v2.0/routers/${router.id}/remove_router_interface`, { subnet_id: subnet.id })
  return { outside, network, subnet, router, port, join, part }
}

test('a floating IP leads to a port that its network can reach, and holds the way there', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const { outside, network, router, port, join, part } = await reachable(cloud)
  const wanted = { floatingip: { floating_network_id: outside.id, port_id: port.id } }
  const early = await demo.post(floatingIps, wanted)
  assert.equal(`${early.status} ${early.body.NeutronError.type}`, '404 ExternalGatewayForFloatingIPNotFound')
  await join()
  const floating = await demo.make(floatingIps, wanted)
  assert.equal(floating.fixed_ip_address, '10.1.0.2')
  assert.equal(floating.router_id, router.id)
  assert.equal(floating.status, 'DOWN')
  cloud.clock.advance(100)
  assert.equal((await demo.get(`${floatingIps}/${floating.id}`)).body.floatingip.status, 'ACTIVE')
  assert.equal((await part()).body.NeutronError.type, 'RouterInterfaceInUseByFloatingIP')
  const clear = await demo.put(`/network/v2.0/routers/${router.id}`, {
    router: { external_gateway_info: null },
  })
  assert.equal(clear.body.NeutronError.type, 'RouterExternalGatewayInUseByFloatingIp')
  const inside = await demo.post(floatingIps, { floatingip: { floating_network_id: network.id } })
  assert.equal(inside.status, 400)
})

test('a port has one floating IP of a network, and none after the port is gone', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const { outside, port, join } = await reachable(cloud)
  await join()
  const first = await demo.make(floatingIps, {
    floatingip: { floating_network_id: outside.id, port_id: port.id },
  })
  const second = await demo.make(floatingIps, { floatingip: { floating_network_id: outside.id } })
  const taken = await demo.put(`${floatingIps}/${second.id}`, { floatingip: { port_id: port.id } })
  assert.equal(`${taken.status} ${taken.body.NeutronError.type}`, '409 FloatingIPPortAlreadyAssociated')
  assert.equal((await demo.delete(`/network/v2.0/ports/${port.id}`)).status, 204)
  const { body } = await demo.get(`${floatingIps}/${first.id}`)
  assert.deepEqual([body.floatingip.port_id, body.floatingip.router_id], [null, null])
  assert.equal((await demo.delete(`${floatingIps}/${first.id}`)).status, 204)
  assert.equal((await demo.get(`${floatingIps}/${first.id}`)).status, 404)
})

test('addresses outside run out, and only admins choose one', async () => {
  await using cloud = await openCloud()
  const { demo, admin } = cloud
  const outside = await admin.make('/network/v2.0/networks', {
    network: { name: 'small', 'router:external': true },
  })
  await admin.make('/network/v2.0/subnets', {
    subnet: { network_id: outside.id, ip_version: 4, cidr: '192.0.2.0/30' },
  })
  const make = (more: object = {}) =>
    demo.post(floatingIps, { floatingip: { floating_network_id: outside.id, ...more } })
  assert.equal((await make({ floating_ip_address: '192.0.2.2' })).status, 403)
  assert.equal((await make()).status, 201)
  assert.equal((await make()).body.NeutronError.type, 'IpAddressGenerationFailure')
})

test('a floating IP forwards single ports, and then leads to no port as a whole', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const { outside, port, join } = await reachable(cloud)
  await join()
  const floating = await demo.make(floatingIps, { floatingip: { floating_network_id: outside.id } })
  const path = `${floatingIps}/${floating.id}/port_forwardings`
  const port_forwarding = {
    internal_port_id: port.id,
    internal_ip_address: '10.1.0.2',
    internal_port: 80,
    external_port: 8080,
    protocol: 'tcp',
  }
  const forwarding = await demo.make(path, { port_forwarding })
  assert.equal(forwarding.external_port_range, '8080:8080')
  assert.equal((await demo.post(path, { port_forwarding })).status, 400)
  assert.equal(
    (await demo.put(`${floatingIps}/${floating.id}`, { floatingip: { port_id: port.id } })).status,
    409,
  )
  const changed = await demo.put(`${path}/${forwarding.id}`, { port_forwarding: { internal_port: 81 } })
  assert.equal(changed.body.port_forwarding.internal_port, 81)
  assert.equal((await demo.delete(`${path}/${forwarding.id}`)).status, 204)
  assert.equal((await demo.get(`${path}/${forwarding.id}`)).status, 404)
})
