import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { volumes } from '../../../src/cloud/cinder/volumes.ts'
import { toldSession } from '../told-session.ts'

const act = 'POST /volumes/v1/action'
const version = (newest: string) => ({ 'GET /': { versions: [{ version: newest, min_version: '3.0' }] } })

describe("Cinder's volumes", () => {
  it('are made with hints beside them', async () => {
    const session = toldSession({ 'POST /volumes': { volume: { id: 'v1' } } })
    assert.equal((await volumes(session).create({ name: 'a', size: 1, hints: { same_host: 'x' } })).id, 'v1')
    await volumes(session).create({ name: 'a', size: 1 })
    assert.deepEqual(session.bodies(), [
      { volume: { name: 'a', size: 1 }, 'OS-SCH-HNT:scheduler_hints': { same_host: 'x' } },
      { volume: { name: 'a', size: 1 } },
    ])
  })

  it('grow in the microversion that lets them be in use, where Cinder has it', async () => {
    const younger = toldSession({ ...version('3.70'), [act]: undefined })
    await volumes(younger).extend('v1', 2)
    assert.deepEqual(
      [younger.calls().at(-1), younger.bodies()],
      [`${act} @3.42`, [{ 'os-extend': { new_size: 2 } }]],
    )
    const older = toldSession({ ...version('3.40'), [act]: undefined })
    await volumes(older).extend('v1', 2)
    assert.equal(older.calls().at(-1), act)
    assert.equal(await volumes(older).growsInUse(), false)
  })

  it('are changed', async () => {
    const session = toldSession({ [act]: undefined, 'PUT /volumes/v1/metadata': {} })
    const all = volumes(session)
    await all.setMetadata('v1', { a: 'b' })
    await all.retype('v1', 't1')
    await all.setReadOnly('v1', true)
    assert.deepEqual(session.bodies(), [
      { metadata: { a: 'b' } },
      { 'os-retype': { new_type: 't1', migration_policy: 'never' } },
      { 'os-update_readonly_flag': { readonly: true } },
    ])
  })
})
