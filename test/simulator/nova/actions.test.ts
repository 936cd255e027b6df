import assert from 'node:assert/strict'
import { test } from 'node:test'
import { basics, type Cloud, makeServer, openCloud } from '../cloud.ts'

async function actor(cloud: Cloud) {
  const { id } = await makeServer(cloud)
  const path = `/compute/v2.1/servers/${id}`
  return {
    path,
    act: async (action: object, as = cloud.demo) => {
      const { status, body } = await as.post(`${path}/action`, action)
      return {
        status,
        body,
        message: Object.values((body ?? {}) as Record<string, { message?: string }>)[0]?.message,
      }
    },
    status: async () => (await cloud.demo.get(path)).body.server.status,
    wait: () => cloud.clock.advance(1000),
  }
}

test('a server is stopped, started, paused, suspended and rebooted, each in its time and from its state', async () => {
  await using cloud = await openCloud()
  const { act, status, wait } = await actor(cloud)
  const through = async (action: object, then: string) => {
    assert.equal((await act(action)).status, 202, JSON.stringify(action))
    wait()
    assert.equal(await status(), then)
  }
  assert.equal((await act({ 'os-start': null })).status, 409)
  await through({ 'os-stop': null }, 'SHUTOFF')
  assert.match(
    (await act({ 'os-stop': null })).message ?? '',
    /^Cannot 'stop' instance .* while it is in vm_state stopped$/,
  )
  await through({ 'os-start': null }, 'ACTIVE')
  await through({ pause: null }, 'PAUSED')
  await through({ unpause: null }, 'ACTIVE')
  await through({ suspend: null }, 'SUSPENDED')
  await through({ resume: null }, 'ACTIVE')
  await through({ shelve: null }, 'SHELVED_OFFLOADED')
  await through({ unshelve: null }, 'ACTIVE')
  assert.equal((await act({ reboot: { type: 'HARD' } })).status, 202)
  assert.equal(await status(), 'HARD_REBOOT')
  assert.equal((await act({ 'os-stop': null })).status, 409)
  wait()
  assert.equal(await status(), 'ACTIVE')
  assert.equal((await act({ reboot: { type: 'LUKEWARM' } })).status, 400)
  assert.equal((await act({ dance: null })).message, 'There is no such action: dance')
})

test('a resize waits to be confirmed or reverted', async () => {
  await using cloud = await openCloud()
  const { path, act, status, wait } = await actor(cloud)
  const { tiny, small } = await basics(cloud)
  const flavor = async () => (await cloud.demo.get(path)).body.server.flavor.original_name
  assert.equal(
    (await act({ resize: { flavorRef: tiny } })).message,
    'When resizing, instances must change flavor!',
  )
  assert.equal((await act({ confirmResize: null })).status, 409)
  await act({ resize: { flavorRef: small } })
  assert.equal(await status(), 'RESIZE')
  wait()
  assert.deepEqual([await status(), await flavor()], ['VERIFY_RESIZE', 'm1.small'])
  await act({ revertResize: null })
  assert.equal(await status(), 'REVERT_RESIZE')
  wait()
  assert.deepEqual([await status(), await flavor()], ['ACTIVE', 'm1.tiny'])
  await act({ resize: { flavorRef: small } })
  wait()
  assert.equal((await act({ confirmResize: null })).status, 204)
  assert.deepEqual([await status(), await flavor()], ['ACTIVE', 'm1.small'])
})

test('a rebuild keeps the server and gives it another image', async () => {
  await using cloud = await openCloud()
  const { path, act, status, wait } = await actor(cloud)
  const { image } = await basics(cloud)
  const { body } = await act({ rebuild: { imageRef: image, name: 'new', metadata: { a: 'b' } } })
  assert.equal(body.server.name, 'new')
  assert.equal(await status(), 'REBUILD')
  wait()
  const server = (await cloud.demo.get(path)).body.server
  assert.deepEqual([server.status, server.metadata], ['ACTIVE', { a: 'b' }])
  assert.equal((await act({ rebuild: { imageRef: 'e6a5ee6f-2b2f-4e10-b1dd-57e6f5fb0f1a' } })).status, 400)
})

test('a locked server obeys nobody but admins until it is unlocked', async () => {
  await using cloud = await openCloud()
  const { path, act } = await actor(cloud)
  await act({ lock: { locked_reason: 'mine' } })
  const { locked, locked_reason } = (await cloud.demo.get(path)).body.server
  assert.deepEqual([locked, locked_reason], [true, 'mine'])
  assert.equal((await act({ 'os-stop': null })).status, 409)
  assert.equal((await cloud.demo.delete(path)).status, 409)
  assert.equal((await act({ 'os-stop': null }, cloud.admin)).status, 202)
  await act({ unlock: null })
  assert.equal((await cloud.demo.delete(path)).status, 204)
})

test('an image is made of a server, and consoles are shown', async () => {
  await using cloud = await openCloud()
  const { path, act, wait } = await actor(cloud)
  const { body } = await act({ createImage: { name: 'copy' } })
  const image = async () => (await cloud.demo.get(`/image/v2/images/${body.image_id}`)).body
  assert.equal((await image()).status, 'queued')
  wait()
  assert.deepEqual([(await image()).status, (await image()).image_type], ['active', 'snapshot'])
  const console = await cloud.demo.post(`${path}/remote-consoles`, {
    remote_console: { protocol: 'vnc', type: 'novnc' },
  })
  assert.match(console.body.remote_console.url, /^http/)
  assert.equal(typeof (await act({ 'os-getConsoleOutput': {} })).body.output, 'string')
  const { instanceActions } = (await cloud.demo.get(`${path}/os-instance-actions`)).body
  assert.deepEqual(
    instanceActions.map((each: { action: string }) => each.action),
    ['os-getConsoleOutput', 'createImage', 'create'],
  )
})

test('a server is renamed, and a wrong word about it is refused', async () => {
  await using cloud = await openCloud()
  const { path } = await actor(cloud)
  const changed = await cloud.demo.put(path, { server: { name: 'two', description: 'd' } })
  assert.deepEqual([changed.body.server.name, changed.body.server.description], ['two', 'd'])
  assert.equal((await cloud.demo.put(path, { server: { flavorRef: 'x' } })).status, 400)
})
