import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud } from '../cloud.ts'

const v3 = '/identity/v3'

test('a service and its endpoints are registered, found in the catalog, moved and taken out', async () => {
  await using cloud = await openCloud()
  const { admin, demo } = cloud
  const service = await admin.make(`${v3}/services`, { service: { type: 'orchestration', name: 'hearth' } })
  const endpoint = await admin.make(`${v3}/endpoints`, {
    endpoint: {
      service_id: service.id,
      interface: 'public',
      url: 'http://x/v1/%(tenant_id)s',
      region_id: 'RegionOne',
    },
  })
  assert.equal(endpoint.region, 'RegionOne')
  const inCatalog = async () => {
    const { body } = await demo.get(`${v3}/auth/catalog`)
    return body.catalog.find((each: { type: string }) => each.type === 'orchestration')?.endpoints[0]?.url
  }
  assert.equal(await inCatalog(), `http://x/v1/${demo.projectId}`)
  await admin.patch(`${v3}/endpoints/${endpoint.id}`, { endpoint: { url: 'http://y' } })
  assert.equal(await inCatalog(), 'http://y')
  assert.equal((await admin.get(`${v3}/endpoints?service_id=${service.id}`)).body.endpoints.length, 1)
  await admin.delete(`${v3}/services/${service.id}`)
  assert.equal(await inCatalog(), undefined)
  assert.equal((await admin.get(`${v3}/endpoints/${endpoint.id}`)).status, 404)
})

test('an endpoint needs a service, a region and an interface that there are', async () => {
  await using cloud = await openCloud()
  const { admin, demo } = cloud
  const service = await admin.make(`${v3}/services`, { service: { type: 'x' } })
  const fields = { service_id: service.id, interface: 'public', url: 'http://x' }
  const status = async (more: object) =>
    (await admin.post(`${v3}/endpoints`, { endpoint: { ...fields, ...more } })).status
  assert.equal(await status({ service_id: 'nothing' }), 400)
  assert.equal(await status({ region_id: 'nowhere' }), 400)
  assert.equal(await status({ interface: 'secret' }), 400)
  assert.equal((await demo.post(`${v3}/services`, { service: { type: 'y' } })).status, 403)
  assert.equal((await admin.post(`${v3}/regions`, { region: { id: 'RegionOne' } })).status, 409)
  assert.equal((await admin.delete(`${v3}/regions/RegionOne`)).status, 403)
})
