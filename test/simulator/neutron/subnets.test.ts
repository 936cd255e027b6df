import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeNetwork, openCloud } from '../cloud.ts'

const subnets = '/network/v2.0/subnets'

test('a subnet gets its gateway and its pools from its block', async () => {
  await using cloud = await openCloud()
  const { network, subnet } = await makeNetwork(cloud, '10.5.0.7/29')
  assert.equal(subnet.cidr, '10.5.0.0/29')
  assert.equal(subnet.gateway_ip, '10.5.0.1')
  assert.deepEqual(subnet.allocation_pools, [{ start: '10.5.0.2', end: '10.5.0.6' }])
  const middle = await cloud.demo.make(subnets, {
    subnet: { network_id: network.id, ip_version: 4, cidr: '10.6.0.0/29', gateway_ip: '10.6.0.3' },
  })
  assert.deepEqual(middle.allocation_pools, [
    { start: '10.6.0.1', end: '10.6.0.2' },
    { start: '10.6.0.4', end: '10.6.0.6' },
  ])
  const six = await cloud.demo.make(subnets, {
    subnet: {
      network_id: network.id,
      ip_version: 6,
      cidr: 'fd00::/64',
      ipv6_address_mode: 'slaac',
      ipv6_ra_mode: 'slaac',
    },
  })
  assert.equal(six.gateway_ip, 'fd00::')
  assert.deepEqual(six.allocation_pools, [{ start: 'fd00::1', end: 'fd00::ffff:ffff:ffff:ffff' }])
})

test('a subnet that can not be is refused', async () => {
  await using cloud = await openCloud()
  const { network } = await makeNetwork(cloud)
  const said = async (more: object) => {
    const { status, body } = await cloud.demo.post(subnets, {
      subnet: { network_id: network.id, ip_version: 4, cidr: '10.8.0.0/24', ...more },
    })
    return `${status} ${body.NeutronError?.type}`
  }
  assert.equal(await said({ cidr: '10.1.0.0/25' }), '400 InvalidInput')
  assert.equal(await said({ cidr: '10.1.0.300/25' }), '400 InvalidInput')
  assert.equal(await said({ cidr: undefined }), '400 BadRequest')
  assert.equal(await said({ ip_version: 6 }), '400 InvalidInput')
  assert.equal(await said({ ip_version: 5 }), '400 HTTPBadRequest')
  assert.equal(await said({ gateway_ip: '10.8.0.255' }), '400 InvalidInput')
  assert.equal(await said({ dns_nameservers: ['x'] }), '400 HTTPBadRequest')
  assert.equal(
    await said({ allocation_pools: [{ start: '10.9.0.1', end: '10.9.0.2' }] }),
    '400 OutOfBoundsAllocationPool',
  )
  assert.equal(
    await said({
      allocation_pools: [
        { start: '10.8.0.5', end: '10.8.0.9' },
        { start: '10.8.0.8', end: '10.8.0.12' },
      ],
    }),
    '409 OverlappingAllocationPools',
  )
  assert.equal(await said({ network_id: 'e6a5ee6f-2b2f-4e10-b1dd-57e6f5fb0f1a' }), '404 NetworkNotFound')
  assert.equal(await said({ ipv6_ra_mode: 'slaac' }), '400 InvalidInput')
})

test('a subnet with addresses in use stays, and its gateway can not move into a pool', async () => {
  await using cloud = await openCloud()
  const { network, subnet } = await makeNetwork(cloud)
  const path = `${subnets}/${subnet.id}`
  const port = await cloud.demo.make('/network/v2.0/ports', { port: { network_id: network.id } })
  const { status, body } = await cloud.demo.delete(path)
  assert.equal(`${status} ${body.NeutronError.type}`, '409 SubnetInUse')
  const moved = await cloud.demo.put(path, { subnet: { gateway_ip: '10.1.0.9' } })
  assert.equal(`${moved.status} ${moved.body.NeutronError.type}`, '409 GatewayConflictWithAllocationPools')
  const gone = await cloud.demo.put(path, { subnet: { gateway_ip: null, dns_nameservers: ['8.8.8.8'] } })
  assert.deepEqual([gone.body.subnet.gateway_ip, gone.body.subnet.dns_nameservers], [null, ['8.8.8.8']])
  assert.equal((await cloud.demo.put(path, { subnet: { cidr: '10.2.0.0/24' } })).status, 400)
  await cloud.demo.delete(`/network/v2.0/ports/${port.id}`)
  assert.equal((await cloud.demo.delete(path)).status, 204)
})

test('a subnet pool gives out blocks and keeps them apart', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const pool = await demo.make('/network/v2.0/subnetpools', {
    subnetpool: { name: 'p', prefixes: ['10.200.0.0/24'], default_prefixlen: 26 },
  })
  const blocks = []
  for (let i = 0; i < 4; i++) {
    const network = await demo.make('/network/v2.0/networks', { network: {} })
    const subnet = await demo.make(subnets, {
      subnet: { network_id: network.id, ip_version: 4, subnetpool_id: pool.id },
    })
    blocks.push(subnet.cidr)
  }
  assert.deepEqual(blocks, ['10.200.0.0/26', '10.200.0.64/26', '10.200.0.128/26', '10.200.0.192/26'])
  const network = await demo.make('/network/v2.0/networks', { network: {} })
  const full = await demo.post(subnets, {
    subnet: { network_id: network.id, ip_version: 4, subnetpool_id: pool.id },
  })
  assert.equal(full.status, 403)
  assert.equal((await demo.delete(`/network/v2.0/subnetpools/${pool.id}`)).status, 400)
})
