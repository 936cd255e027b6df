import assert from 'node:assert/strict'
import { test } from 'node:test'
import { basics, type Cloud, makeServer, openCloud } from '../cloud.ts'

const volumesOf = ({ demo }: Cloud) => `/volume/v3/${demo.projectId}/volumes`

async function makeVolume(cloud: Cloud) {
  const volume = await cloud.demo.make(volumesOf(cloud), { volume: { size: 1 } })
  cloud.clock.advance(1000)
  return volume
}

test('a volume is joined to a server and parted from it, each in its time', async () => {
  await using cloud = await openCloud()
  const { demo, clock } = cloud
  const volume = await makeVolume(cloud)
  const server = await makeServer(cloud)
  const path = `/compute/v2.1/servers/${server.id}/os-volume_attachments`
  const status = async () => (await demo.get(`${volumesOf(cloud)}/${volume.id}`)).body.volume.status
  const joined = await demo.make(path, { volumeAttachment: { volumeId: volume.id } })
  assert.equal(joined.device, '/dev/vdb')
  assert.equal(await status(), 'reserved')
  clock.advance(200)
  const { body } = await demo.get(`${volumesOf(cloud)}/${volume.id}`)
  assert.equal(body.volume.status, 'in-use')
  assert.deepEqual(
    [body.volume.attachments[0].server_id, body.volume.attachments[0].device],
    [server.id, '/dev/vdb'],
  )
  assert.equal((await demo.post(path, { volumeAttachment: { volumeId: volume.id } })).status, 400)
  assert.equal((await demo.delete(`${volumesOf(cloud)}/${volume.id}`)).status, 400)
  assert.equal((await demo.post(`${volumesOf(cloud)}/${volume.id}/action`, { 'os-detach': {} })).status, 409)
  assert.equal((await demo.delete(`${path}/${volume.id}`)).status, 202)
  assert.equal(await status(), 'detaching')
  clock.advance(200)
  assert.equal(await status(), 'available')
  assert.equal((await demo.delete(`${path}/${volume.id}`)).status, 404)
  assert.deepEqual((await demo.get(path)).body, { volumeAttachments: [] })
})

test('a server starts from a volume that is made of an image, and takes it along when it goes', async () => {
  await using cloud = await openCloud()
  const { demo, clock } = cloud
  const { image } = await basics(cloud)
  const server = await makeServer(cloud, {
    imageRef: undefined,
    block_device_mapping_v2: [
      {
        boot_index: 0,
        uuid: image,
        source_type: 'image',
        destination_type: 'volume',
        volume_size: 3,
        delete_on_termination: true,
      },
    ],
  })
  const shown = (await demo.get(`/compute/v2.1/servers/${server.id}`)).body.server
  assert.deepEqual([shown.status, shown.image], ['ACTIVE', ''])
  const [{ id }] = shown['os-extended-volumes:volumes_attached']
  const { volume } = (await demo.get(`${volumesOf(cloud)}/${id}`)).body
  assert.deepEqual([volume.status, volume.size, volume.bootable], ['in-use', 3, 'true'])
  await demo.delete(`/compute/v2.1/servers/${server.id}`)
  clock.advance(1000)
  assert.equal((await demo.get(`${volumesOf(cloud)}/${id}`)).status, 404)
})

test('a server starts from a volume that is given, which it leaves behind', async () => {
  await using cloud = await openCloud()
  const { demo, clock } = cloud
  const { image } = await basics(cloud)
  const volume = await demo.make(volumesOf(cloud), { volume: { size: 1, imageRef: image } })
  clock.advance(1000)
  const mapping = { boot_index: 0, uuid: volume.id, source_type: 'volume', destination_type: 'volume' }
  const server = await makeServer(cloud, { imageRef: undefined, block_device_mapping_v2: [mapping] })
  assert.equal(
    (await demo.get(`${volumesOf(cloud)}/${volume.id}`)).body.volume.attachments[0].device,
    '/dev/vda',
  )
  await demo.delete(`/compute/v2.1/servers/${server.id}`)
  clock.advance(1000)
  assert.equal((await demo.get(`${volumesOf(cloud)}/${volume.id}`)).body.volume.status, 'available')
})

test('disks that can not be are refused', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const { tiny, image } = await basics(cloud)
  const blank = await makeVolume(cloud)
  const said = async (...block_device_mapping_v2: object[]) => {
    const server = { name: 'x', flavorRef: tiny, networks: 'none', block_device_mapping_v2 }
    return (await demo.post('/compute/v2.1/servers', { server })).body.badRequest?.message
  }
  const volume = { source_type: 'volume', destination_type: 'volume' }
  assert.match(await said({ ...volume, boot_index: 0, uuid: 'none' }), /Volume none could not be found/)
  assert.match(await said({ ...volume, boot_index: 0, uuid: blank.id }), /is not bootable/)
  assert.match(await said({ ...volume, boot_index: 1, uuid: blank.id }), /Boot sequence/)
  assert.match(
    await said({ boot_index: 0, source_type: 'image', destination_type: 'volume', uuid: image }),
    /non-zero size/,
  )
  assert.match(
    await said({ boot_index: 0, source_type: 'image', destination_type: 'local', uuid: image }),
    /Mapping image to local/,
  )
})

test('an attachment that was called off does not come true later', async () => {
  await using cloud = await openCloud({ times: { volumeAttach: 5000, serverDelete: 100 } })
  const { demo, clock } = cloud
  const volume = await makeVolume(cloud)
  const [first, second] = [await makeServer(cloud), await makeServer(cloud)]
  const attach = (id: string) =>
    demo.post(`/compute/v2.1/servers/${id}/os-volume_attachments`, {
      volumeAttachment: { volumeId: volume.id },
    })
  await attach(first.id)
  await demo.delete(`/compute/v2.1/servers/${first.id}`)
  clock.advance(1000)
  await attach(second.id)
  clock.advance(4500)
  const show = async () => (await demo.get(`${volumesOf(cloud)}/${volume.id}`)).body.volume
  assert.equal((await show()).status, 'reserved')
  clock.advance(1000)
  assert.deepEqual(
    (await show()).attachments.map((each: { server_id: string }) => each.server_id),
    [second.id],
  )
})
