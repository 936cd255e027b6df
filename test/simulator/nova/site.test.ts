import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud } from '../cloud.ts'

test('everybody sees the zones, and admins see what they are made of', async () => {
  await using cloud = await openCloud()
  const { demo, admin } = cloud
  const zones = (await demo.get('/compute/v2.1/os-availability-zone')).body.availabilityZoneInfo
  assert.deepEqual(zones, [{ zoneName: 'nova', zoneState: { available: true }, hosts: null }])
  for (const path of [
    'os-availability-zone/detail',
    'os-services',
    'os-hypervisors/detail',
    'os-aggregates',
  ]) {
    assert.equal((await demo.get(`/compute/v2.1/${path}`)).status, 403)
    assert.equal((await admin.get(`/compute/v2.1/${path}`)).status, 200)
  }
  const { services } = (await admin.get('/compute/v2.1/os-services?binary=nova-compute')).body
  assert.equal(services.length, 3)
})
