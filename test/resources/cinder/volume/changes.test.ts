import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Volume } from '../../../../src/resources/cinder/volume/index.ts'
import { rehearse } from '../../../../src/testing/rehearsal.ts'

const free = { status: 'available', size: 1, volume_type: 'slow', attachments: [] }
const used = { ...free, status: 'in-use', attachments: [{ server_id: 's1', device: '/dev/vdb' }] }

async function changed(from: object, to: object, answers: object = {}) {
  const volume = rehearse(Volume, { size: 1, ...from }, { 'cinder.volumes.get': free, ...answers })
  await volume.update({ size: 1, ...to })
  return volume.requests.filter(([call]) => !/\.(get|growsInUse)$/.test(call))
}

describe('a volume', () => {
  it('is renamed, and given other metadata and another type', async () => {
    const answers = { 'cinder.volumeTypes.get': { id: 't2', name: 'fast' } }
    const requests = await changed({}, { name: 'data', metadata: { a: 1 }, volume_type: 't2' }, answers)
    assert.deepEqual(requests, [
      ['cinder.volumes.update', 'id-1', { name: 'data', description: 'stack-thing-ceirceircfar' }],
      ['cinder.volumes.setMetadata', 'id-1', { a: '1' }],
      ['cinder.volumes.retype', 'id-1', 't2'],
    ])
  })

  it('has the type already, or keeps it when none is said any more', async () => {
    const answers = { 'cinder.volumeTypes.get': { id: 't1', name: 'slow' } }
    assert.deepEqual(await changed({}, { volume_type: 't1' }, answers), [])
    assert.deepEqual(await changed({ volume_type: 't1' }, {}, answers), [])
  })

  it('grows where it is, and never shrinks', async () => {
    const younger = { 'cinder.volumes.get': used, 'cinder.volumes.growsInUse': true }
    assert.deepEqual(await changed({}, { size: 2 }, younger), [['cinder.volumes.extend', 'id-1', 2]])
    await assert.rejects(changed({ size: 3 }, { size: 1 }, { 'cinder.volumes.get': { ...free, size: 3 } }), {
      message: 'Shrinking volume is not supported.',
    })
    assert.deepEqual(await changed({}, { size: 2 }, { 'cinder.volumes.get': { ...free, size: 2 } }), [])
  })

  it('is taken off its server to grow where Cinder can not do it in place', async () => {
    const older = { 'cinder.volumes.get': used, 'cinder.volumes.growsInUse': false }
    assert.deepEqual(await changed({}, { size: 2 }, older), [
      ['nova.servers.detachVolume', 's1', 'id-1'],
      ['cinder.volumes.extend', 'id-1', 2],
    ])
  })

  it('is restored from a backup once', async () => {
    const volume = rehearse(Volume, { size: 1 }, { 'cinder.volumes.get': free })
    await volume.update({ size: 1, backup_id: 'b1' })
    await volume.update({ size: 1 })
    await volume.update({ size: 1, backup_id: 'b1' })
    assert.deepEqual(
      volume.requests.filter(([call]) => call === 'cinder.backups.restore'),
      [['cinder.backups.restore', 'b1', { volume_id: 'id-1' }]],
    )
  })

  it('becomes read-only and back', async () => {
    const volume = rehearse(Volume, { size: 1 }, { 'cinder.volumes.get': free })
    await volume.update({ size: 1, read_only: true })
    await volume.update({ size: 1 })
    assert.deepEqual(
      volume.requests.filter(([call]) => call === 'cinder.volumes.setReadOnly').map(([, , flag]) => flag),
      [true, false],
    )
  })
})
