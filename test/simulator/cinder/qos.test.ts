import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud } from '../cloud.ts'

test('volume types get a quality of service and an encryption', async () => {
  await using cloud = await openCloud()
  const { admin } = cloud
  const base = `/volume/v3/${admin.projectId}`
  const type = await admin.make(`${base}/types`, { volume_type: { name: 'q' } })
  const specs = await admin.make(`${base}/qos-specs`, { qos_specs: { name: 's', iops: '100' } })
  assert.deepEqual(specs, { id: specs.id, name: 's', consumer: 'back-end', specs: { iops: '100' } })
  assert.equal((await admin.post(`${base}/qos-specs`, { qos_specs: { name: 's' } })).status, 409)
  const path = `${base}/qos-specs/${specs.id}`
  assert.equal((await admin.get(`${path}/associate?vol_type_id=${type.id}`)).status, 202)
  assert.equal((await admin.get(`${path}/associations`)).body.qos_associations[0].id, type.id)
  assert.equal((await admin.delete(path)).status, 400)
  assert.equal((await admin.get(`${path}/disassociate?vol_type_id=${type.id}`)).status, 202)
  assert.equal((await admin.delete(path)).status, 202)
  const encryption = {
    provider: 'luks',
    cipher: 'aes-xts-plain64',
    key_size: 256,
    control_location: 'front-end',
  }
  const made = await admin.make(`${base}/types/${type.id}/encryption`, { encryption })
  assert.equal(made.provider, 'luks')
  assert.equal((await admin.get(`${base}/types/${type.id}/encryption`)).body.key_size, 256)
  assert.equal((await admin.delete(`${base}/types/${type.id}/encryption/${made.encryption_id}`)).status, 202)
  assert.deepEqual((await admin.get(`${base}/types/${type.id}/encryption`)).body, {})
})
