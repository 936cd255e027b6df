import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { backUp, isBackedUp } from '../../../../src/resources/cinder/volume/backup.ts'
import { Volume } from '../../../../src/resources/cinder/volume/index.ts'
import { rehearse } from '../../../../src/testing/rehearsal.ts'

const played = (status: string) =>
  rehearse(
    Volume,
    { size: 1 },
    { 'cinder.backups.create': { id: 'b1' }, 'cinder.backups.get': { status, fail_reason: 'full' } },
  )

describe('a volume to be backed up', () => {
  it('is so once, however often it is told', async () => {
    const volume = played('available')
    assert.equal(await isBackedUp(volume.context()), false)
    assert.equal(await backUp(volume.context()), 'b1')
    await backUp(volume.context())
    assert.deepEqual(volume.requests, [
      ['cinder.backups.create', { volume_id: 'id-1', name: volume.self.physicalName }],
    ])
    assert.equal(await isBackedUp(volume.context()), true)
  })

  it('is waited for, and fails as Cinder says', async () => {
    const busy = played('creating')
    await backUp(busy.context())
    assert.equal(await isBackedUp(busy.context()), false)
    const failed = played('error')
    await backUp(failed.context())
    await assert.rejects(isBackedUp(failed.context()), {
      message: 'Volume backup failed - Unknown status error due to "full"',
    })
  })
})
