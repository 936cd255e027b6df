import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { byPassword, makeNetwork, openCloud } from './cloud.ts'

test('a new cloud has what a template needs: an image, flavors, an outside and an inside network, and a key', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const names = async (path: string, many: string) =>
    (await demo.get(path)).body[many].map((each: { name: string }) => each.name).sort()
  assert.deepEqual(await names('/image/v2/images', 'images'), ['cirros'])
  assert.deepEqual(await names('/compute/v2.1/flavors', 'flavors'), ['m1.small', 'm1.tiny'])
  assert.deepEqual(await names('/network/v2.0/networks', 'networks'), ['heat-net', 'public'])
  const keys = (await demo.get('/compute/v2.1/os-keypairs')).body.keypairs
  assert.equal(keys[0].keypair.name, 'lab')
})

test('the catalog leads to every service on the one port', async () => {
  await using cloud = await openCloud()
  const { body } = await cloud.demo.get('/identity/v3/auth/catalog')
  const types = body.catalog.map((each: { type: string }) => each.type).sort()
  assert.deepEqual(types, [
    'block-storage',
    'compute',
    'identity',
    'image',
    'network',
    'object-store',
    'volumev3',
  ])
  const volume = body.catalog.find((each: { type: string }) => each.type === 'volumev3')
  assert.equal(volume.endpoints[0].url, `${cloud.simulator.url}/volume/v3/${cloud.demo.projectId}`)
  assert.deepEqual(volume.endpoints.map((each: { interface: string }) => each.interface).sort(), [
    'admin',
    'internal',
    'public',
  ])
})

test('an embedding program puts its own endpoint into the catalog, and may move it', async () => {
  await using cloud = await openCloud()
  cloud.simulator.addEndpoint('orchestration', 'hearth', 'http://127.0.0.1:1/v1/%(project_id)s')
  cloud.simulator.addEndpoint('orchestration', 'hearth', 'http://127.0.0.1:2/v1/%(project_id)s')
  const { body } = await cloud.demo.get('/identity/v3/auth/catalog')
  const found = body.catalog.filter((each: { type: string }) => each.type === 'orchestration')
  assert.equal(found.length, 1)
  assert.equal(found[0].endpoints[0].url, `http://127.0.0.1:2/v1/${cloud.demo.projectId}`)
})

test('the census counts objects by kind, of all or of one project, and the log counts requests by template', async () => {
  await using cloud = await openCloud()
  await makeNetwork(cloud)
  assert.equal(cloud.simulator.census(cloud.demo.projectId).networks?.length, 2)
  assert.equal(cloud.simulator.census().networks?.length, 3)
  const { body } = await cloud.ask('GET', `/simulator/census?project_id=${cloud.demo.projectId}`)
  assert.equal(body.networks.length, 2)
  assert.equal(cloud.simulator.requests()['POST /network/v2.0/networks'], 1)
  assert.equal((await cloud.ask('GET', '/simulator/requests')).body['POST /network/v2.0/networks'], 1)
})

test('a cloud with a state file is the same cloud after a restart, on whatever port it listens', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
  const stateFile = join(folder, 'deeper', 'cloud.json')
  try {
    const first = await openCloud({ stateFile })
    const { network } = await makeNetwork(first)
    const volume = await first.demo.make(`/volume/v3/${first.demo.projectId}/volumes`, {
      volume: { size: 1 },
    })
    await first.simulator.close()

    await using second = await openCloud({ stateFile })
    const old = { 'x-auth-token': first.demo.token }
    const path = `/network/v2.0/networks/${network.id}`
    assert.equal((await second.ask('GET', path, undefined, old)).status, 200)
    second.clock.advance(1000)
    const kept = await second.demo.get(`/volume/v3/${second.demo.projectId}/volumes/${volume.id}`)
    assert.equal(kept.body.volume.status, 'available')
    const { body } = await second.demo.get('/identity/v3/auth/catalog')
    assert.ok(
      body.catalog.every((each: { endpoints: { url: string }[] }) =>
        each.endpoints[0]?.url.startsWith(second.simulator.url),
      ),
    )
    const port = await second.demo.make('/network/v2.0/ports', { port: { network_id: network.id } })
    assert.match(port.fixed_ips[0].ip_address, /^10\.1\.0\./)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('the same seed gives the same IDs', async () => {
  const idOf = async (seed: number) => {
    await using cloud = await openCloud({ seed })
    return (await makeNetwork(cloud)).network.id
  }
  assert.equal(await idOf(7), await idOf(7))
  assert.notEqual(await idOf(7), await idOf(8))
})

test('every service says at its root which versions it has', async () => {
  await using cloud = await openCloud()
  const seen = async (path: string) => {
    const { status, body } = await cloud.ask('GET', path)
    const all = body.version
      ? [body.version]
      : Array.isArray(body.versions)
        ? body.versions
        : body.versions.values
    return { status, id: all[0].id }
  }
  assert.deepEqual(await seen('/identity'), { status: 300, id: 'v3.14' })
  assert.deepEqual(await seen('/identity/v3'), { status: 200, id: 'v3.14' })
  assert.deepEqual(await seen('/compute/v2.1/'), { status: 200, id: 'v2.1' })
  assert.deepEqual(await seen('/network'), { status: 200, id: 'v2.0' })
  assert.deepEqual(await seen('/volume/'), { status: 300, id: 'v3.0' })
  assert.deepEqual(await seen('/image'), { status: 300, id: 'v2.15' })
})

test('whoever has no token, or a bad one, is told where to get one', async () => {
  await using cloud = await openCloud()
  for (const headers of [{}, { 'x-auth-token': 'bogus' }]) {
    const reply = await cloud.ask('GET', '/network/v2.0/networks', undefined, headers)
    assert.equal(reply.status, 401)
    assert.match(reply.headers.get('www-authenticate') ?? '', /^Keystone uri=/)
  }
})

test('every answer has an ID of its own, which Nova and Cinder say twice', async () => {
  await using cloud = await openCloud()
  const { headers } = await cloud.demo.get('/compute/v2.1/servers')
  assert.match(headers.get('x-openstack-request-id') ?? '', /^req-[0-9a-f-]{36}$/)
  assert.equal(headers.get('x-compute-request-id'), headers.get('x-openstack-request-id'))
})

test('a microversion that there is not is refused, and the one that was used is said', async () => {
  await using cloud = await openCloud()
  const wrong = await cloud.demo.get('/compute/v2.1/servers', { 'openstack-api-version': 'compute 2.999' })
  assert.equal(wrong.status, 406)
  const old = await cloud.demo.get('/compute/v2.1/servers', {
    'openstack-api-version': 'volume 3.1',
    'x-openstack-nova-api-version': '2.30',
  })
  assert.equal(old.headers.get('openstack-api-version'), 'compute 2.30')
})

test('a body that is no JSON and a path that there is not are refused in the words of the service', async () => {
  await using cloud = await openCloud()
  const broken = await cloud.demo.post('/network/v2.0/networks', '{"network":')
  assert.equal(broken.status, 400)
  assert.ok(broken.body.NeutronError)
  const nowhere = await cloud.demo.get('/network/v2.0/nowhere')
  assert.equal(nowhere.status, 404)
  assert.equal(nowhere.body.NeutronError.type, 'HTTPNotFound')
})

test('the password of all people is an option', async () => {
  await using cloud = await openCloud({ password: 'other' })
  const wrong = await cloud.ask('POST', '/identity/v3/auth/tokens', { auth: byPassword('demo') })
  assert.equal(wrong.status, 401)
})
