import assert from 'node:assert/strict'
import { test } from 'node:test'
import { basics, type Cloud, openCloud } from '../cloud.ts'

const base = ({ demo }: Cloud) => `/volume/v3/${demo.projectId}`

test('a volume is created and deleted, each in its time', async () => {
  await using cloud = await openCloud()
  const { demo, clock } = cloud
  const made = await demo.post(
    `${base(cloud)}/volumes`,
    { volume: { size: 1, name: 'v', metadata: { a: 'b' } } },
    { 'openstack-api-version': 'volume 3.0' },
  )
  assert.equal(made.status, 202)
  const { volume } = made.body
  assert.deepEqual(volume, {
    id: volume.id,
    status: 'creating',
    size: 1,
    availability_zone: 'nova',
    created_at: '2026-01-31T09:30:00.000000',
    updated_at: null,
    name: 'v',
    description: null,
    volume_type: '__DEFAULT__',
    snapshot_id: null,
    source_volid: null,
    metadata: { a: 'b' },
    links: volume.links,
    user_id: demo.userId,
    bootable: 'false',
    encrypted: false,
    replication_status: null,
    consistencygroup_id: null,
    multiattach: false,
    attachments: [],
  })
  const path = `${base(cloud)}/volumes/${volume.id}`
  assert.equal((await demo.delete(path)).status, 400)
  clock.advance(300)
  assert.equal((await demo.get(path)).body.volume.status, 'available')
  assert.equal((await demo.delete(path)).status, 202)
  assert.equal((await demo.get(path)).body.volume.status, 'deleting')
  clock.advance(200)
  assert.equal((await demo.get(path)).body.itemNotFound.message, `Volume ${volume.id} could not be found.`)
})

test('a volume that can not be is refused', async () => {
  await using cloud = await openCloud()
  const { image } = await basics(cloud)
  const said = async (volume: object) => {
    const { status, body } = await cloud.demo.post(`${base(cloud)}/volumes`, { volume })
    return `${status} ${Object.values(body as Record<string, { message: string }>)[0]?.message}`
  }
  const nothing = 'e6a5ee6f-2b2f-4e10-b1dd-57e6f5fb0f1a'
  assert.match(await said({}), /^400 The server could not comply/)
  assert.equal(
    await said({ size: 0 }),
    '400 Invalid input for field/attribute size. Value: 0. 0 is less than the minimum of 1',
  )
  assert.equal(
    await said({ size: 'x' }),
    "400 Invalid input for field/attribute size. Value: x. 'x' does not match '^[0-9]+$'",
  )
  assert.equal(
    await said({ size: 1, volume_type: 'none' }),
    '404 Volume type with name none could not be found.',
  )
  assert.equal(await said({ size: 1, snapshot_id: nothing }), `404 Snapshot ${nothing} could not be found.`)
  assert.equal(
    await said({ size: 1, imageRef: nothing }),
    '400 Invalid image identifier or unable to access requested image.',
  )
  assert.equal(await said({ size: 1, availability_zone: 'mars' }), "400 Availability zone 'mars' is invalid.")
  assert.match(await said({ size: 1, imageRef: image }), /^202/)
  const other = await cloud.demo.get(`/volume/v3/${cloud.admin.projectId}/volumes`)
  assert.equal(other.body.badRequest.message, 'Malformed request url')
})

test('a volume grows but does not shrink, and is changed in what may be changed', async () => {
  await using cloud = await openCloud()
  const { demo, clock } = cloud
  const { id } = await demo.make(`${base(cloud)}/volumes`, { volume: { size: 2 } })
  clock.advance(1000)
  const path = `${base(cloud)}/volumes/${id}`
  const act = (action: object) => demo.post(`${path}/action`, action)
  assert.match(
    (await act({ 'os-extend': { new_size: 2 } })).body.badRequest.message,
    /must be greater than current size/,
  )
  assert.equal((await act({ 'os-extend': { new_size: 5 } })).status, 202)
  assert.equal((await demo.get(path)).body.volume.status, 'extending')
  clock.advance(1000)
  assert.deepEqual(
    [(await demo.get(path)).body.volume.status, (await demo.get(path)).body.volume.size],
    ['available', 5],
  )
  assert.equal((await demo.put(path, { volume: { name: 'new' } })).body.volume.name, 'new')
  assert.equal((await demo.put(path, { volume: { size: 9 } })).status, 400)
  assert.deepEqual((await demo.post(`${path}/metadata`, { metadata: { k: 'v' } })).body, {
    metadata: { k: 'v' },
  })
  assert.equal((await act({ 'os-dance': {} })).status, 400)
  const image = (await act({ 'os-volume_upload_image': { image_name: 'copy' } })).body[
    'os-volume_upload_image'
  ]
  clock.advance(1000)
  assert.equal((await demo.get(`/image/v2/images/${image.image_id}`)).body.status, 'active')
})

test('lists show the newest first, by name or status, in pages', async () => {
  await using cloud = await openCloud()
  for (const name of ['a', 'b', 'c'])
    await cloud.demo.make(`${base(cloud)}/volumes`, { volume: { size: 1, name, metadata: { is: name } } })
  const names = async (query: string) =>
    (await cloud.demo.get(`${base(cloud)}/volumes?${query}`)).body.volumes
      .map((each: { name: string }) => each.name)
      .join('')
  assert.equal(await names(''), 'cba')
  assert.equal(await names('name=b'), 'b')
  assert.equal(await names('sort=name:asc'), 'abc')
  assert.equal(await names("metadata={'is':'c'}"), 'c')
  assert.equal(await names('status=available'), '')
  const { body } = await cloud.demo.get(`${base(cloud)}/volumes/detail?limit=2`)
  assert.equal(body.volumes_links[0].rel, 'next')
})

test('snapshots hold their volume, and become volumes', async () => {
  await using cloud = await openCloud()
  const { demo, clock } = cloud
  const volume = await demo.make(`${base(cloud)}/volumes`, { volume: { size: 2 } })
  assert.equal(
    (await demo.post(`${base(cloud)}/snapshots`, { snapshot: { volume_id: volume.id } })).status,
    400,
  )
  clock.advance(1000)
  const snapshot = await demo.make(`${base(cloud)}/snapshots`, {
    snapshot: { volume_id: volume.id, name: 's' },
  })
  assert.deepEqual([snapshot.status, snapshot.size], ['creating', 2])
  clock.advance(1000)
  assert.equal((await demo.delete(`${base(cloud)}/volumes/${volume.id}`)).status, 400)
  const copy = await demo.make(`${base(cloud)}/volumes`, { volume: { snapshot_id: snapshot.id } })
  assert.equal(copy.size, 2)
  assert.equal(
    (await demo.post(`${base(cloud)}/volumes`, { volume: { size: 1, snapshot_id: snapshot.id } })).status,
    400,
  )
  assert.equal((await demo.delete(`${base(cloud)}/snapshots/${snapshot.id}`)).status, 202)
  clock.advance(1000)
  assert.equal((await demo.get(`${base(cloud)}/snapshots/${snapshot.id}`)).status, 404)
  assert.equal((await demo.delete(`${base(cloud)}/volumes/${volume.id}`)).status, 202)
})

test('a backup is made and restored', async () => {
  await using cloud = await openCloud()
  const { demo, clock } = cloud
  const volume = await demo.make(`${base(cloud)}/volumes`, { volume: { size: 2 } })
  clock.advance(1000)
  const backup = await demo.make(`${base(cloud)}/backups`, { backup: { volume_id: volume.id, name: 'b' } })
  assert.equal((await demo.get(`${base(cloud)}/volumes/${volume.id}`)).body.volume.status, 'backing-up')
  clock.advance(1000)
  assert.equal((await demo.get(`${base(cloud)}/backups/${backup.id}`)).body.backup.status, 'available')
  const restored = await demo.make(`${base(cloud)}/backups/${backup.id}/restore`, { restore: {} })
  clock.advance(2000)
  assert.equal(
    (await demo.get(`${base(cloud)}/volumes/${restored.volume_id}`)).body.volume.status,
    'available',
  )
  assert.equal((await demo.delete(`${base(cloud)}/backups/${backup.id}`)).status, 202)
})

test('limits of number and size are 413 with a wait', async () => {
  await using cloud = await openCloud()
  const { demo, admin } = cloud
  await admin.put(`/volume/v3/${admin.projectId}/os-quota-sets/${demo.projectId}`, {
    quota_set: { volumes: 1, gigabytes: 5 },
  })
  const make = (size: number) => demo.post(`${base(cloud)}/volumes`, { volume: { size } })
  const large = await make(6)
  assert.equal(large.status, 413)
  assert.match(large.body.overLimit.message, /^VolumeSizeExceedsAvailableQuota/)
  assert.equal((await make(5)).status, 202)
  await admin.put(`/volume/v3/${admin.projectId}/os-quota-sets/${demo.projectId}`, {
    quota_set: { gigabytes: -1 },
  })
  const many = await make(1)
  assert.deepEqual([many.status, many.headers.get('retry-after')], [413, '0'])
  assert.equal((await demo.get(`${base(cloud)}/limits`)).body.limits.absolute.totalVolumesUsed, 1)
})

test('volume types are of admins, and one in use stays', async () => {
  await using cloud = await openCloud()
  const { demo, admin, clock } = cloud
  const types = `/volume/v3/${admin.projectId}/types`
  assert.equal((await demo.post(`${base(cloud)}/types`, { volume_type: { name: 'q' } })).status, 403)
  const type = await admin.make(types, { volume_type: { name: 'q', extra_specs: { a: 'b' } } })
  assert.equal((await admin.post(types, { volume_type: { name: 'q' } })).status, 409)
  const volume = await demo.make(`${base(cloud)}/volumes`, { volume: { size: 1, volume_type: 'q' } })
  assert.equal((await admin.delete(`${types}/${type.id}`)).status, 400)
  clock.advance(1000)
  await demo.post(`${base(cloud)}/volumes/${volume.id}/action`, { 'os-retype': { new_type: '__DEFAULT__' } })
  assert.equal((await admin.delete(`${types}/${type.id}`)).status, 202)
})
