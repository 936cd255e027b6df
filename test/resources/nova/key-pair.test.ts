import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { KeyPair } from '../../../src/resources/nova/key-pair.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'
import { refusal } from '../../cloud/told-session.ts'

const now = '2026-03-01T12:00:00.000000'
const since = new Date('2026-03-01T12:00:00Z')
const made = { id: 'k', name: 'k', public_key: 'pub', private_key: 'priv', created_at: now }
const cloud = { 'nova.keyPairs.create': made, 'nova.keyPairs.get': made, 'nova.can': true }

describe('OS::Nova::KeyPair', () => {
  it('is known by its name, and keeps the private key only if it is to', async () => {
    const pair = rehearse(KeyPair, { name: 'k' }, cloud)
    assert.equal(await pair.create(), 'k')
    assert.equal(await KeyPair.compute?.private_key?.(pair.context()), '')
    const saving = rehearse(KeyPair, { name: 'k', save_private_key: true, type: 'ssh', user: 'u2' }, cloud)
    await saving.create()
    assert.equal(await KeyPair.compute?.private_key?.(saving.context()), 'priv')
    assert.deepEqual(saving.requests, [['nova.keyPairs.create', { name: 'k', type: 'ssh', user_id: 'u2' }]])
  })

  it('tells the public key that it was given, or that Nova made', async () => {
    const given = rehearse(KeyPair, { name: 'k', public_key: 'mine' }, cloud)
    assert.equal(await KeyPair.compute?.public_key?.(given.context()), 'mine')
    assert.equal(
      await KeyPair.compute?.public_key?.(rehearse(KeyPair, { name: 'k' }, cloud).context()),
      'pub',
    )
  })

  it('is found again by its name', async () => {
    const pair = rehearse(KeyPair, { name: 'k', public_key: 'pub ' }, cloud)
    assert.equal(await KeyPair.find?.(pair.context({ since })), made)
    const other = rehearse(KeyPair, { name: 'k', public_key: 'other' }, cloud)
    assert.equal(await KeyPair.find?.(other.context({ since })), undefined)
    const later = new Date('2026-03-01T13:00:00Z')
    assert.equal(await KeyPair.find?.(pair.context({ since: later })), undefined)
  })

  it('is made anew when the answer with its private key was lost', async () => {
    const pair = rehearse(KeyPair, { name: 'k', save_private_key: true }, cloud)
    assert.equal(await KeyPair.find?.(pair.context({ since })), undefined)
    assert.deepEqual(pair.requests.at(-1), ['nova.keyPairs.delete', 'k', undefined])
  })

  it('makes room for its replacement, and is deleted once', async () => {
    const gone = { ...cloud, 'nova.keyPairs.delete': refusal('not-found') }
    const pair = rehearse(KeyPair, { name: 'k', user: 'u2' }, gone)
    await pair.create()
    await KeyPair.beforeReplaced?.(pair.context())
    await pair.delete()
    assert.deepEqual(pair.requests.slice(1), [
      ['nova.keyPairs.delete', 'k', 'u2'],
      ['nova.keyPairs.delete', 'k', 'u2'],
    ])
  })

  it('is refused where Nova is too old for what it says', async () => {
    const pair = rehearse(KeyPair, { name: 'k', type: 'ssh', user: 'u' }, { 'nova.can': false })
    await assert.rejects(async () => KeyPair.verify?.(pair.context()), /Cannot use "type, user" properties/)
    await KeyPair.verify?.(rehearse(KeyPair, { name: 'k' }, { 'nova.can': false }).context())
  })
})
