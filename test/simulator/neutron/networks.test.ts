import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeNetwork, openCloud } from '../cloud.ts'

const networks = '/network/v2.0/networks'

test('a network is shown with all that Neutron shows, and more of it to an admin', async () => {
  await using cloud = await openCloud()
  const { network, subnet } = await makeNetwork(cloud)
  const { body } = await cloud.demo.get(`${networks}/${network.id}`)
  const moment = '2026-01-31T09:30:00Z'
  assert.deepEqual(body.network, {
    id: network.id,
    project_id: cloud.demo.projectId,
    tenant_id: cloud.demo.projectId,
    description: '',
    revision_number: 2,
    tags: [],
    created_at: moment,
    updated_at: moment,
    name: 'inside',
    admin_state_up: true,
    status: 'ACTIVE',
    mtu: 1450,
    shared: false,
    port_security_enabled: true,
    qos_policy_id: null,
    dns_domain: '',
    availability_zone_hints: [],
    subnets: [subnet.id],
    availability_zones: [],
    ipv4_address_scope: null,
    ipv6_address_scope: null,
    l2_adjacency: true,
    'router:external': false,
  })
  const seen = await cloud.admin.get(`${networks}/${network.id}`)
  assert.equal(seen.body.network['provider:network_type'], 'vxlan')
})

test('what is unknown, missing or of the wrong type is refused as Neutron refuses it', async () => {
  await using cloud = await openCloud()
  const said = async (network: unknown) => {
    const { status, body } = await cloud.demo.post(networks, network)
    return [status, body.NeutronError.message]
  }
  assert.deepEqual(await said({ network: { nam: 'x' } }), [400, "Unrecognized attribute(s) 'nam'"])
  assert.deepEqual(await said({ network: { name: 5 } }), [
    400,
    "Invalid input for name. Reason: '5' is not a valid string.",
  ])
  assert.deepEqual(await said({ network: { status: 'x' } }), [400, "Attribute 'status' not allowed in POST"])
  assert.deepEqual(await said({ wrong: {} }), [400, "Unable to find 'network' in request body"])
  assert.deepEqual(await said({ network: { admin_state_up: 'maybe' } }), [
    400,
    "Invalid input for operation: 'maybe' cannot be converted to boolean.",
  ])
  assert.deepEqual(await said({ network: { shared: true } }), [
    403,
    '(rule:create_network and rule:create_network:shared) is disallowed by policy',
  ])
})

test('a network with ports stays, a network with subnets goes with them', async () => {
  await using cloud = await openCloud()
  const { network, subnet } = await makeNetwork(cloud)
  const port = await cloud.demo.make('/network/v2.0/ports', { port: { network_id: network.id } })
  const { status, body } = await cloud.demo.delete(`${networks}/${network.id}`)
  assert.equal(status, 409)
  assert.equal(body.NeutronError.type, 'NetworkInUse')
  assert.match(body.NeutronError.message, new RegExp(port.id))
  await cloud.demo.delete(`/network/v2.0/ports/${port.id}`)
  assert.equal((await cloud.demo.delete(`${networks}/${network.id}`)).status, 204)
  assert.equal((await cloud.demo.get(`/network/v2.0/subnets/${subnet.id}`)).status, 404)
})

test('a tenant sees its own networks and those that are shared or lead outside, and changes only its own', async () => {
  await using cloud = await openCloud()
  const own = await cloud.admin.make(networks, { network: { name: 'own' } })
  const shared = await cloud.admin.make(networks, { network: { name: 'shared', shared: true } })
  const { body } = await cloud.demo.get(networks)
  const names = body.networks.map((each: { name: string }) => each.name).sort()
  assert.deepEqual(names, ['heat-net', 'public', 'shared'])
  assert.equal((await cloud.demo.get(`${networks}/${own.id}`)).status, 404)
  assert.equal((await cloud.demo.put(`${networks}/${own.id}`, { network: { name: 'x' } })).status, 404)
  assert.equal((await cloud.demo.put(`${networks}/${shared.id}`, { network: { name: 'x' } })).status, 403)
  assert.equal((await cloud.demo.delete(`${networks}/${shared.id}`)).status, 403)
  const outside = body.networks.find((each: { name: string }) => each.name === 'public')
  const port = await cloud.demo.post('/network/v2.0/ports', { port: { network_id: outside.id } })
  assert.equal(port.status, 403)
})

test('many networks are made at once, or none', async () => {
  await using cloud = await openCloud()
  const good = await cloud.demo.post(networks, { networks: [{ name: 'a' }, { name: 'b' }] })
  assert.deepEqual(
    good.body.networks.map((each: { name: string }) => each.name),
    ['a', 'b'],
  )
  const { network } = await makeNetwork(cloud)
  const twice = { network_id: network.id, ip_version: 4, cidr: '10.9.0.0/24' }
  assert.equal((await cloud.demo.post('/network/v2.0/subnets', { subnets: [twice, twice] })).status, 400)
  assert.equal(
    (await cloud.demo.get(`/network/v2.0/subnets?network_id=${network.id}`)).body.subnets.length,
    1,
  )
})

test('a change may be tied to the revision that was seen', async () => {
  await using cloud = await openCloud()
  const network = await cloud.demo.make(networks, { network: { name: 'a' } })
  const change = (revision: number) =>
    cloud.demo.put(
      `${networks}/${network.id}`,
      { network: { name: 'b' } },
      { 'if-match': `revision_number=${revision}` },
    )
  assert.equal((await change(0)).status, 412)
  const done = await change(1)
  assert.equal(done.status, 200)
  assert.equal(done.body.network.revision_number, 2)
  assert.equal((await cloud.demo.put(`${networks}/${network.id}`, { network: { id: 'x' } })).status, 400)
})
