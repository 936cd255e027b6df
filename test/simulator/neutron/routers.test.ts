import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Cloud, makeNetwork, openCloud } from '../cloud.ts'

const routers = '/network/v2.0/routers'
const outsideOf = async ({ demo }: Cloud) =>
  (await demo.get('/network/v2.0/networks?name=public')).body.networks[0]

async function routed(cloud: Cloud) {
  const { network, subnet } = await makeNetwork(cloud)
  const router = await cloud.demo.make(routers, { router: { name: 'r' } })
  const join = (body: object) => cloud.demo.put(`${routers}/${router.id}/add_router_interface`, body)
  const part = (body: object) => cloud.demo.put(`${routers}/${router.id}/remove_router_interface`, body)
  return { network, subnet, router, join, part, path: `${routers}/${router.id}` }
}

test('a router is joined to a subnet by its gateway address, once, and parted from it', async () => {
  await using cloud = await openCloud()
  const { network, subnet, router, join, part, path } = await routed(cloud)
  const joined = await join({ subnet_id: subnet.id })
  assert.equal(joined.body.subnet_id, subnet.id)
  const port = (await cloud.demo.get(`/network/v2.0/ports/${joined.body.port_id}`)).body.port
  assert.equal(port.device_owner, 'network:router_interface')
  assert.equal(port.device_id, router.id)
  assert.equal(port.fixed_ips[0].ip_address, '10.1.0.1')
  assert.equal((await join({ subnet_id: subnet.id })).status, 400)
  assert.equal((await join({})).status, 400)
  assert.equal((await cloud.demo.delete(path)).body.NeutronError.type, 'RouterInUse')
  assert.equal(
    (await cloud.demo.delete(`/network/v2.0/ports/${port.id}`)).body.NeutronError.type,
    'ServicePortInUse',
  )
  assert.equal((await part({ subnet_id: subnet.id })).status, 200)
  assert.equal((await part({ subnet_id: subnet.id })).status, 404)
  const own = await cloud.demo.make('/network/v2.0/ports', { port: { network_id: network.id } })
  assert.equal((await join({ port_id: own.id })).body.port_id, own.id)
  assert.equal((await part({ port_id: own.id })).status, 200)
  assert.equal((await cloud.demo.get(`/network/v2.0/ports/${own.id}`)).status, 404)
  assert.equal((await cloud.demo.delete(path)).status, 204)
})

test('a router refuses two subnets with the same addresses', async () => {
  await using cloud = await openCloud()
  const { subnet, join } = await routed(cloud)
  const twin = await makeNetwork(cloud, '10.1.0.0/16', 'twin')
  await join({ subnet_id: subnet.id })
  const { status, body } = await join({ subnet_id: twin.subnet.id })
  assert.equal(status, 400)
  assert.match(body.NeutronError.message, /overlaps with cidr/)
})

test('a gateway takes an address outside and gives it back', async () => {
  await using cloud = await openCloud()
  const { network, path } = await routed(cloud)
  const outside = await outsideOf(cloud)
  const set = (external_gateway_info: object | null) =>
    cloud.demo.put(path, { router: { external_gateway_info } })
  assert.equal((await set({ network_id: network.id })).status, 400)
  assert.equal((await set({ network_id: outside.id, enable_snat: false })).status, 403)
  const { body } = await set({ network_id: outside.id })
  assert.equal(body.router.external_gateway_info.enable_snat, true)
  const address = body.router.external_gateway_info.external_fixed_ips[0].ip_address
  assert.match(address, /^172\.24\.4\./)
  assert.equal((await cloud.admin.delete(`/network/v2.0/networks/${outside.id}`)).status, 409)
  assert.equal((await set(null)).body.router.external_gateway_info, null)
  assert.equal((await cloud.admin.delete(`/network/v2.0/networks/${outside.id}`)).status, 204)
})

test('extra routes lead only where the router is, and hold its interface', async () => {
  await using cloud = await openCloud()
  const { subnet, join, part, path } = await routed(cloud)
  await join({ subnet_id: subnet.id })
  const one = { destination: '10.50.0.0/24', nexthop: '10.1.0.9' }
  const two = { destination: '10.51.0.0/24', nexthop: '10.1.0.9' }
  assert.equal(
    (await cloud.demo.put(path, { router: { routes: [{ ...one, nexthop: '11.0.0.1' }] } })).status,
    400,
  )
  assert.deepEqual((await cloud.demo.put(path, { router: { routes: [one] } })).body.router.routes, [one])
  const more = await cloud.demo.put(`${path}/add_extraroutes`, { router: { routes: [two] } })
  assert.deepEqual(more.body.router.routes, [one, two])
  assert.equal((await part({ subnet_id: subnet.id })).body.NeutronError.type, 'RouterInterfaceInUseByRoute')
  const less = await cloud.demo.put(`${path}/remove_extraroutes`, { router: { routes: [one, two] } })
  assert.deepEqual(less.body.router.routes, [])
  assert.equal((await part({ subnet_id: subnet.id })).status, 200)
})
