import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { backups } from '../../../src/cloud/cinder/backups.ts'
import { toldSession } from '../told-session.ts'

describe("Cinder's backups", () => {
  it('fill a volume, a new one if none is said', async () => {
    const session = toldSession({ 'POST /backups/b1/restore': { restore: { volume_id: 'v9' } } })
    assert.equal(await backups(session).restore('b1', { name: 'new' }), 'v9')
    await backups(session).restore('b1', { volume_id: 'v1' })
    assert.deepEqual(session.bodies(), [{ restore: { name: 'new' } }, { restore: { volume_id: 'v1' } }])
  })
})
