import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Volume } from '../../../../src/resources/cinder/volume/index.ts'
import { keeping } from '../../../../src/resources/cinder/volume/keeping.ts'
import { rehearse } from '../../../../src/testing/rehearsal.ts'

const played = (answers: Readonly<Record<string, unknown>>) => rehearse(Volume, { size: 1 }, answers)

describe('a volume in a snapshot', () => {
  it('is kept as a backup, though something uses it, and the backup says which snapshot it is of', async () => {
    const backups = [
      { id: 'b0', description: null },
      { id: 'b1', description: 'snap.row' },
    ]
    const volume = played({ 'cinder.backups.create': { id: 'b1' }, 'cinder.backups.list': backups })
    const context = { ...volume.context(), mark: 'snap.row' }
    assert.equal(await keeping.begin(context), 'b1')
    const name = volume.self.physicalName
    assert.deepEqual(volume.requests, [
      ['cinder.backups.create', { volume_id: 'id-1', name, description: 'snap.row', force: true }],
    ])
    assert.equal(await keeping.find(context), 'b1')
    assert.equal(await keeping.find({ ...context, mark: 'another' }), undefined)
  })

  it('is kept when the backup is there, and fails as Cinder says', async () => {
    const kept = (status: string, fail_reason: string | null = null) => {
      const volume = played({ 'cinder.backups.get': { status, fail_reason } })
      return keeping.isKept({ ...volume.context(), kept: 'b1' })
    }
    assert.equal(await kept('creating'), false)
    assert.equal(await kept('available'), true)
    await assert.rejects(kept('error', 'full'), { message: 'full' })
    await assert.rejects(kept('error'), { message: 'the backup went to status error' })
  })

  it('is busy while its backup is being made or read', async () => {
    const isBusy = (status: string) => {
      const volume = played({ 'cinder.backups.get': { status } })
      return keeping.isBusy?.({ ...volume.context(), kept: 'b1' })
    }
    assert.deepEqual(await Promise.all(['creating', 'restoring', 'available', 'error'].map(isBusy)), [
      true,
      true,
      false,
      false,
    ])
  })

  it('is filled from the backup again, as large as it was then', async () => {
    const given = { size: 3, image: 'i', imageRef: 'i', source_volid: 'v', name: 'data' }
    assert.deepEqual(keeping.restored(given, 'b1'), { size: 3, name: 'data', backup_id: 'b1' })
    const volume = played({ 'cinder.backups.delete': undefined })
    await keeping.remove({ ...volume.context(), kept: 'b1' })
    assert.deepEqual(volume.requests, [['cinder.backups.delete', 'b1']])
  })
})
