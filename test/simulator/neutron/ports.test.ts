import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeNetwork, openCloud } from '../cloud.ts'

const ports = '/network/v2.0/ports'

test('a port has an address of each kind, a card, and the default security group', async () => {
  await using cloud = await openCloud()
  const { network, subnet } = await makeNetwork(cloud)
  const six = await cloud.demo.make('/network/v2.0/subnets', {
    subnet: {
      network_id: network.id,
      ip_version: 6,
      cidr: 'fd00::/64',
      ipv6_address_mode: 'slaac',
      ipv6_ra_mode: 'slaac',
    },
  })
  const port = await cloud.demo.make(ports, { port: { network_id: network.id, dns_name: 'web' } })
  assert.match(port.mac_address, /^fa:16:3e:/)
  assert.equal(port.status, 'DOWN')
  assert.deepEqual(port.fixed_ips[0], { subnet_id: subnet.id, ip_address: '10.1.0.2' })
  assert.equal(port.fixed_ips[1].subnet_id, six.id)
  assert.match(port.fixed_ips[1].ip_address, /^fd00::f816:3eff:fe/)
  assert.deepEqual(port.dns_assignment[0], {
    ip_address: '10.1.0.2',
    hostname: 'web',
    fqdn: 'web.openstacklocal.',
  })
  const groups = (await cloud.demo.get('/network/v2.0/security-groups')).body.security_groups
  assert.deepEqual(port.security_groups, [groups[0].id])
  assert.equal(port['binding:host_id'], undefined)
  assert.equal((await cloud.admin.get(`${ports}/${port.id}`)).body.port['binding:vif_type'], 'unbound')
})

test('an address is had once, must be of the network, and comes back when its port goes', async () => {
  await using cloud = await openCloud()
  const { network } = await makeNetwork(cloud, '10.1.0.0/29')
  const make = (more: object = {}) => cloud.demo.post(ports, { port: { network_id: network.id, ...more } })
  const said = async (more: object) => {
    const { status, body } = await make(more)
    return `${status} ${body.NeutronError?.type}`
  }
  const first = (await make({ fixed_ips: [{ ip_address: '10.1.0.4' }] })).body.port
  assert.equal(await said({ fixed_ips: [{ ip_address: '10.1.0.4' }] }), '409 IpAddressAlreadyAllocated')
  assert.equal(await said({ fixed_ips: [{ ip_address: '10.2.0.4' }] }), '400 InvalidIpForNetwork')
  assert.equal(await said({ fixed_ips: [{ subnet_id: network.id }] }), '404 SubnetNotFound')
  assert.equal(await said({ fixed_ips: 'x' }), '400 HTTPBadRequest')
  assert.equal(await said({ mac_address: first.mac_address }), '409 MacAddressInUse')
  assert.equal(await said({ security_groups: [network.id] }), '404 SecurityGroupNotFound')
  assert.equal(await said({ 'binding:host_id': 'x' }), '403 PolicyNotAuthorized')
  for (let i = 0; i < 4; i++) assert.equal((await make()).status, 201)
  assert.equal(await said({}), '409 IpAddressGenerationFailure')
  await cloud.demo.delete(`${ports}/${first.id}`)
  assert.equal((await make()).body.port.fixed_ips[0].ip_address, '10.1.0.4')
})

test('a port keeps the address that it has where it is asked only for one of the subnet', async () => {
  await using cloud = await openCloud()
  const { network, subnet } = await makeNetwork(cloud)
  const port = await cloud.demo.make(ports, { port: { network_id: network.id } })
  const change = async (fixed_ips: object[]) =>
    (await cloud.demo.put(`${ports}/${port.id}`, { port: { fixed_ips } })).body.port
  assert.deepEqual((await change([{ subnet_id: subnet.id }])).fixed_ips, port.fixed_ips)
  assert.equal((await change([{ ip_address: '10.1.0.77' }])).fixed_ips[0].ip_address, '10.1.0.77')
  assert.deepEqual((await change([])).fixed_ips, [])
  const other = await cloud.demo.make(ports, {
    port: { network_id: network.id, fixed_ips: [{ ip_address: '10.1.0.77' }] },
  })
  assert.equal(other.fixed_ips[0].ip_address, '10.1.0.77')
})

test('port security and security groups depend on each other', async () => {
  await using cloud = await openCloud()
  const { network } = await makeNetwork(cloud)
  const port = await cloud.demo.make(ports, { port: { network_id: network.id } })
  const change = (fields: object) => cloud.demo.put(`${ports}/${port.id}`, { port: fields })
  assert.equal((await change({ port_security_enabled: false })).status, 409)
  const off = await change({ port_security_enabled: false, security_groups: [] })
  assert.equal(off.body.port.port_security_enabled, false)
  assert.equal((await change({ security_groups: port.security_groups })).status, 400)
})

test('a bound port is up after a while', async () => {
  await using cloud = await openCloud()
  const { network } = await makeNetwork(cloud)
  const port = await cloud.demo.make(ports, { port: { network_id: network.id } })
  const bound = await cloud.admin.put(`${ports}/${port.id}`, {
    port: { 'binding:host_id': 'compute-1', device_id: 'x' },
  })
  assert.equal(bound.body.port.status, 'DOWN')
  cloud.clock.advance(100)
  assert.equal((await cloud.demo.get(`${ports}/${port.id}`)).body.port.status, 'ACTIVE')
})
