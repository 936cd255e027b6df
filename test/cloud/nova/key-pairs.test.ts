import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { keyPairs } from '../../../src/cloud/nova/key-pairs.ts'
import { toldSession } from '../told-session.ts'

const answers = {
  'POST /os-keypairs': { keypair: { name: 'k', public_key: 'pub', private_key: 'priv' } },
  'GET /os-keypairs/k': { keypair: { name: 'k', id: 17 } },
  'GET /os-keypairs': { keypairs: [{ keypair: { name: 'k' } }, { keypair: { name: 'l' } }] },
  'DELETE /os-keypairs/k': undefined,
}

describe("Nova's key pairs", () => {
  it('are known by their name', async () => {
    const session = toldSession(answers)
    const all = keyPairs(session)
    assert.equal((await all.create({ name: 'k' })).id, 'k')
    assert.equal((await all.get('k')).id, 'k')
    assert.deepEqual(
      (await all.list()).map(({ id }) => id),
      ['k', 'l'],
    )
    assert.deepEqual(
      (await all.list({ name: 'l' })).map(({ id }) => id),
      ['l'],
    )
    await assert.rejects(all.update('k', {}))
  })

  it('are those of another user in a microversion of its own', async () => {
    const session = toldSession(answers)
    const all = keyPairs(session)
    await all.create({ name: 'k', type: 'ssh' })
    await all.create({ name: 'k', type: 'ssh', user_id: 'u2' })
    await all.get('k', 'u2')
    await all.delete('k', 'u2')
    await all.delete('k')
    assert.deepEqual(session.calls(), [
      'POST /os-keypairs @2.2',
      'POST /os-keypairs @2.10',
      'GET /os-keypairs/k?user_id=u2 @2.10',
      'DELETE /os-keypairs/k?user_id=u2 @2.10',
      'DELETE /os-keypairs/k',
    ])
  })
})
