import assert from 'node:assert/strict'
import { test } from 'node:test'
import { basics, makeNetwork, makeServer, openCloud } from '../cloud.ts'

const servers = '/compute/v2.1/servers'

test('a server is built in its time, with a port of its own on each network', async () => {
  await using cloud = await openCloud()
  const { demo, clock } = cloud
  const { network } = await makeNetwork(cloud)
  const { tiny, image } = await basics(cloud)
  const reply = await demo.post(servers, {
    server: {
      name: 'web 1',
      flavorRef: tiny,
      imageRef: image,
      networks: [{ uuid: network.id }],
      key_name: 'lab',
    },
  })
  assert.equal(reply.status, 202)
  const { id, adminPass } = reply.body.server
  assert.equal(reply.headers.get('location'), `${cloud.simulator.url}/compute/v2.1/servers/${id}`)
  assert.equal(adminPass.length, 12)
  const show = async () => (await demo.get(`${servers}/${id}`)).body.server
  const early = await show()
  assert.deepEqual(
    [early.status, early['OS-EXT-STS:task_state'], early.addresses],
    ['BUILD', 'scheduling', {}],
  )
  clock.advance(800)
  const { status, addresses, ...rest } = await show()
  assert.equal(status, 'ACTIVE')
  assert.equal(rest['OS-EXT-SRV-ATTR:hostname'], 'web-1')
  assert.equal(rest['OS-SRV-USG:launched_at'], '2026-01-31T09:30:00.000000')
  assert.deepEqual(rest.security_groups, [{ name: 'default' }])
  const { body } = await demo.get(`/network/v2.0/ports?device_id=${id}`)
  const [port] = body.ports
  assert.deepEqual(addresses, {
    inside: [
      {
        version: 4,
        addr: port.fixed_ips[0].ip_address,
        'OS-EXT-IPS:type': 'fixed',
        'OS-EXT-IPS-MAC:mac_addr': port.mac_address,
      },
    ],
  })
  assert.equal(port.device_owner, 'compute:nova')
  clock.advance(100)
  assert.equal((await demo.get(`/network/v2.0/ports/${port.id}`)).body.port.status, 'ACTIVE')
})

test('a deleted server is there for a while and then 404; its own ports go, lent ones are free', async () => {
  await using cloud = await openCloud()
  const { demo, clock } = cloud
  const { network } = await makeNetwork(cloud)
  const lent = await demo.make('/network/v2.0/ports', { port: { network_id: network.id } })
  const server = await makeServer(cloud, { networks: [{ port: lent.id }, { uuid: network.id }] })
  assert.equal((await demo.delete(`${servers}/${server.id}`)).status, 204)
  const going = (await demo.get(`${servers}/${server.id}`)).body.server
  assert.deepEqual([going.status, going['OS-EXT-STS:task_state']], ['ACTIVE', 'deleting'])
  assert.equal((await demo.delete(`${servers}/${server.id}`)).status, 204)
  clock.advance(300)
  const { status, body } = await demo.get(`${servers}/${server.id}`)
  assert.equal(status, 404)
  assert.deepEqual(body, {
    itemNotFound: { code: 404, message: `Instance ${server.id} could not be found.` },
  })
  const { ports } = (await demo.get(`/network/v2.0/ports?network_id=${network.id}`)).body
  assert.deepEqual(
    ports.map((port: { id: string; device_id: string }) => [port.id, port.device_id]),
    [[lent.id, '']],
  )
})

test('a server that can not be is refused before it is made', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const { network } = await makeNetwork(cloud)
  const { tiny, image } = await basics(cloud)
  const empty = await demo.make('/network/v2.0/networks', { network: {} })
  const outside = (await demo.get('/network/v2.0/networks?name=public')).body.networks[0]
  const busy = await demo.make('/network/v2.0/ports', { port: { network_id: network.id, device_id: 'x' } })
  const nothing = 'e6a5ee6f-2b2f-4e10-b1dd-57e6f5fb0f1a'
  const said = async (more: object) => {
    const server = { name: 'x', flavorRef: tiny, imageRef: image, networks: [{ uuid: network.id }], ...more }
    const { status, body } = await demo.post(servers, { server })
    const [refusal] = Object.values(body) as { message: string }[]
    return `${status} ${refusal?.message}`
  }
  assert.equal(
    await said({ name: '' }),
    "400 Invalid input for field/attribute name. Value: . '' is too short",
  )
  assert.match(
    await said({ colour: 'red' }),
    /400 .*Additional properties are not allowed \('colour' was unexpected\)/,
  )
  assert.match(await said({ networks: undefined }), /400 .*'networks' is a required property/)
  assert.equal(await said({ flavorRef: 'none' }), '400 Flavor none could not be found.')
  assert.equal(await said({ imageRef: nothing }), '400 Can not find requested image')
  assert.equal(await said({ imageRef: undefined }), '400 Missing imageRef attribute')
  assert.equal(await said({ key_name: 'none' }), '400 Invalid key_name provided.')
  assert.equal(
    await said({ availability_zone: 'mars' }),
    '400 The requested availability zone is not available',
  )
  assert.equal(
    await said({ security_groups: [{ name: 'none' }] }),
    "400 Unable to find security_group with name or id 'none'",
  )
  assert.equal(await said({ networks: [{ uuid: nothing }] }), `400 Network ${nothing} could not be found.`)
  assert.equal(await said({ networks: [{ port: nothing }] }), `400 Port id ${nothing} could not be found.`)
  assert.equal(await said({ networks: [{ port: busy.id }] }), `409 Port ${busy.id} is still in use.`)
  assert.match(
    await said({ networks: [{ uuid: empty.id }] }),
    /400 .* requires a subnet in order to boot instances on/,
  )
  assert.match(
    await said({ networks: [{ uuid: outside.id }] }),
    /403 It is not allowed to create an interface on external network/,
  )
  assert.match(await said({ metadata: { a: 5 } }), /400 .*5 is not of type 'string'/)
})

test('networks by themselves: none at all, the only one, or not without saying which', async () => {
  await using cloud = await openCloud()
  const { demo, clock } = cloud
  const { tiny, image } = await basics(cloud)
  const make = async (networks: string) => {
    const reply = await demo.post(servers, {
      server: { name: networks, flavorRef: tiny, imageRef: image, networks },
    })
    clock.advance(1000)
    if (reply.status !== 202) return reply.status
    return Object.keys((await demo.get(`${servers}/${reply.body.server.id}`)).body.server.addresses)
  }
  assert.deepEqual(await make('none'), [])
  assert.deepEqual(await make('auto'), ['heat-net'])
  await makeNetwork(cloud)
  assert.equal(await make('auto'), 409)
})

test('lists show the newest first, in pages, and are filtered as Nova does it', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  for (const name of ['web-1', 'web-2', 'db-1']) await makeServer(cloud, { name, tags: [name.slice(0, 2)] })
  const names = async (query: string, as = demo) => {
    const { status, body } = await as.get(`${servers}?${query}`)
    return status === 200 ? body.servers.map((each: { name: string }) => each.name).join(' ') : status
  }
  assert.equal(await names(''), 'db-1 web-2 web-1')
  assert.equal(await names('name=web'), 'web-2 web-1')
  assert.equal(await names('name=^web-1$'), 'web-1')
  assert.equal(await names('tags=db'), 'db-1')
  assert.equal(await names('status=ACTIVE&sort_key=display_name&sort_dir=asc'), 'db-1 web-1 web-2')
  assert.equal(await names('status=ERROR'), '')
  assert.equal(await names('status=what'), 400)
  assert.equal(await names('colour=red'), 400)
  assert.equal(await names('all_tenants=1'), 403)
  assert.equal(await names('', cloud.admin), '')
  assert.equal(await names('all_tenants=1', cloud.admin), 'db-1 web-2 web-1')
  const page = await demo.get(`${servers}/detail?limit=2`)
  assert.equal(page.body.servers.length, 2)
  const next = page.body.servers_links[0].href.replace(cloud.simulator.url, '')
  const rest = (await demo.get(next)).body
  assert.deepEqual([rest.servers[0].name, rest.servers_links], ['web-1', undefined])
})

test('an older microversion sees an older server', async () => {
  await using cloud = await openCloud()
  const { id } = await makeServer(cloud)
  const at = async (minor: number) =>
    (await cloud.demo.get(`${servers}/${id}`, { 'openstack-api-version': `compute 2.${minor}` })).body.server
  const [old, middle, now] = [await at(1), await at(47), await at(93)]
  assert.equal(typeof old.flavor.id, 'string')
  assert.equal(middle.flavor.original_name, 'm1.tiny')
  assert.deepEqual([old.tags, old.locked, old.description], [undefined, undefined, undefined])
  assert.deepEqual([now.tags, now.locked, now.description, now.server_groups], [[], false, null, []])
  assert.equal(now['OS-EXT-SRV-ATTR:host'], undefined)
  assert.match(
    (await cloud.admin.get(`${servers}/${id}`)).body.server['OS-EXT-SRV-ATTR:host'],
    /^compute-\d$/,
  )
})

test('a floating IP is shown among the addresses of its server', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const { network, subnet } = await makeNetwork(cloud)
  const outside = (await demo.get('/network/v2.0/networks?name=public')).body.networks[0]
  const router = await demo.make('/network/v2.0/routers', {
    router: { external_gateway_info: { network_id: outside.id } },
  })
  await demo.put(`/network/v2.0/routers/${router.id}/add_router_interface`, { subnet_id: subnet.id })
  const server = await makeServer(cloud, { networks: [{ uuid: network.id }] })
  const port = (await demo.get(`/network/v2.0/ports?device_id=${server.id}`)).body.ports[0]
  const floating = await demo.make('/network/v2.0/floatingips', {
    floatingip: { floating_network_id: outside.id, port_id: port.id },
  })
  const { body } = await demo.get(`${servers}/${server.id}`)
  assert.deepEqual(
    body.server.addresses.inside.map((each: { addr: string; 'OS-EXT-IPS:type': string }) => [
      each.addr,
      each['OS-EXT-IPS:type'],
    ]),
    [
      [port.fixed_ips[0].ip_address, 'fixed'],
      [floating.floating_ip_address, 'floating'],
    ],
  )
})

test('a server that finds no address goes to ERROR and gives back what it had', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const one = await makeNetwork(cloud, '10.1.0.0/24')
  const two = await makeNetwork(cloud, '10.2.0.0/30', 'full')
  await demo.make('/network/v2.0/ports', { port: { network_id: two.network.id } })
  const server = await makeServer(cloud, { networks: [{ uuid: one.network.id }, { uuid: two.network.id }] })
  const { body } = await demo.get(`${servers}/${server.id}`)
  assert.equal(body.server.status, 'ERROR')
  assert.match(body.server.fault.message, /No more IP addresses available/)
  assert.equal((await demo.get(`/network/v2.0/ports?network_id=${one.network.id}`)).body.ports.length, 0)
})
