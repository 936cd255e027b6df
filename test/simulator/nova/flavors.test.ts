import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud } from '../cloud.ts'

const flavors = '/compute/v2.1/flavors'

test('admins make flavors; names and IDs are taken once', async () => {
  await using cloud = await openCloud()
  const { admin, demo } = cloud
  const fields = { name: 'f', ram: 100, vcpus: 1, disk: 1, id: 'f1' }
  assert.equal((await demo.post(flavors, { flavor: fields })).status, 403)
  const flavor = await admin.make(flavors, { flavor: fields })
  assert.deepEqual([flavor.id, flavor.swap, flavor['os-flavor-access:is_public']], ['f1', 0, true])
  assert.equal(
    (await admin.post(flavors, { flavor: { ...fields, id: 'f2' } })).body.conflictingRequest.message,
    'Flavor with name f already exists.',
  )
  assert.equal(
    (await admin.post(flavors, { flavor: { ...fields, name: 'g' } })).body.conflictingRequest.message,
    'Flavor with ID f1 already exists.',
  )
  assert.equal((await admin.post(flavors, { flavor: { name: 'g' } })).status, 400)
  await admin.post(`${flavors}/f1/os-extra_specs`, { extra_specs: { a: 'b' } })
  assert.deepEqual((await demo.get(`${flavors}/f1`)).body.flavor.extra_specs, { a: 'b' })
  assert.equal((await admin.delete(`${flavors}/f1/os-extra_specs/a`)).status, 200)
  assert.equal((await admin.delete(`${flavors}/f1/os-extra_specs/a`)).status, 404)
  assert.equal((await admin.delete(`${flavors}/f1`)).status, 202)
  assert.equal((await demo.get(`${flavors}/f1`)).status, 404)
})

test('a flavor that is not public is there for those who were let in', async () => {
  await using cloud = await openCloud()
  const { admin, demo } = cloud
  await admin.make(flavors, {
    flavor: { name: 'f', ram: 1, vcpus: 1, disk: 1, id: 'f1', 'os-flavor-access:is_public': false },
  })
  assert.equal((await demo.get(`${flavors}/f1`)).status, 404)
  const act = (name: string) => admin.post(`${flavors}/f1/action`, { [name]: { tenant: demo.projectId } })
  assert.equal((await act('addTenantAccess')).body.flavor_access.length, 1)
  assert.equal((await act('addTenantAccess')).status, 409)
  assert.equal((await demo.get(`${flavors}/f1`)).status, 200)
  assert.equal((await act('removeTenantAccess')).status, 200)
  assert.equal((await act('removeTenantAccess')).status, 404)
  assert.equal((await demo.get(`${flavors}/f1`)).status, 404)
})
