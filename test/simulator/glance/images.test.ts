import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud } from '../cloud.ts'

const images = '/image/v2/images'
const patch = { 'content-type': 'application/openstack-images-v2.1-json-patch' }
const fields = { name: 'x', disk_format: 'qcow2', container_format: 'bare' }

test('an image is described, filled and read', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const { status, body } = await demo.post(images, { ...fields, colour: 'red' })
  assert.equal(status, 201)
  assert.deepEqual(
    [body.status, body.colour, body.visibility, body.owner],
    ['queued', 'red', 'shared', demo.projectId],
  )
  const path = `${images}/${body.id}`
  const stream = { 'content-type': 'application/octet-stream' }
  assert.equal((await demo.put(`${path}/file`, 'some bytes', stream)).status, 204)
  const full = (await demo.get(path)).body
  assert.deepEqual(
    [full.status, full.size, full.checksum],
    ['active', 10, '9d0568469d206c1aedf1b71f12f474bc'],
  )
  assert.equal((await demo.put(`${path}/file`, 'again', stream)).status, 409)
  assert.equal((await demo.delete(path)).status, 204)
  assert.equal((await demo.get(path)).status, 404)
})

test('an image that is imported from the web is there after a while', async () => {
  await using cloud = await openCloud()
  const { demo, clock } = cloud
  const { id } = (await demo.post(images, fields)).body
  const bring = (method: object) => demo.post(`${images}/${id}/import`, { method })
  assert.equal((await bring({ name: 'magic' })).status, 400)
  assert.equal((await bring({ name: 'web-download', uri: 'file:///etc/x' })).status, 400)
  assert.equal((await bring({ name: 'web-download', uri: 'http://example.org/x' })).status, 202)
  assert.equal((await demo.get(`${images}/${id}`)).body.status, 'importing')
  assert.equal((await bring({ name: 'web-download', uri: 'http://example.org/x' })).status, 409)
  clock.advance(400)
  assert.equal((await demo.get(`${images}/${id}`)).body.status, 'active')
})

test('an image is changed by patches, within what its owner may say', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const { id } = (await demo.post(images, { ...fields, colour: 'red' })).body
  const change = (...changes: object[]) => demo.patch(`${images}/${id}`, changes, patch)
  const done = await change(
    { op: 'replace', path: '/name', value: 'y' },
    { op: 'add', path: '/size_of', value: '1' },
    { op: 'remove', path: '/colour' },
  )
  assert.deepEqual([done.body.name, done.body.size_of, done.body.colour], ['y', '1', undefined])
  assert.equal((await change({ op: 'replace', path: '/nothing', value: 'y' })).status, 409)
  assert.equal((await change({ op: 'replace', path: '/status', value: 'active' })).status, 403)
  assert.equal((await change({ op: 'replace', path: '/visibility', value: 'public' })).status, 403)
  assert.equal((await change({ op: 'replace', path: '/min_ram', value: 'x' })).status, 400)
  await change({ op: 'replace', path: '/protected', value: true })
  assert.equal((await demo.delete(`${images}/${id}`)).status, 403)
  assert.equal((await demo.put(`${images}/${id}/tags/t`)).status, 204)
  assert.deepEqual((await demo.get(`${images}?tag=t`)).body.images.length, 1)
  assert.equal((await demo.post(images, { disk_format: 'zz' })).status, 400)
  assert.equal((await demo.post(images, { colour: 5 })).status, 400)
})

test('an image is shared with one project, and listed in pages', async () => {
  await using cloud = await openCloud()
  const { demo, admin } = cloud
  const { id } = (await admin.post(images, { ...fields, visibility: 'shared' })).body
  assert.equal((await demo.get(`${images}/${id}`)).status, 404)
  assert.equal((await admin.post(`${images}/${id}/members`, { member: demo.projectId })).status, 200)
  assert.equal((await demo.get(`${images}/${id}`)).status, 200)
  assert.equal((await demo.delete(`${images}/${id}`)).status, 403)
  const page = (await demo.get(`${images}?limit=1`)).body
  assert.match(page.next, /^\/v2\/images\?limit=1&marker=/)
  assert.equal((await demo.get(`/image${page.next}`)).body.images.length, 1)
  assert.equal((await demo.get(`${images}?visibility=what`)).status, 400)
})

test('a refusal is a page for those who read pages, and text for others', async () => {
  await using cloud = await openCloud()
  const read = async (accept: string) => (await cloud.demo.get(`${images}/nothing`, { accept })).text
  assert.match(await read('*/*'), /<h1>404 Not Found<\/h1>/)
  assert.match(await read('application/json'), /"code":"404 Not Found"/)
  assert.match(await read('text/plain'), /^404 Not Found\n\nNo image found with ID nothing/)
})
