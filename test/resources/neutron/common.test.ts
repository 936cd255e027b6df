import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CloudError } from '../../../src/cloud/error.ts'
import { ifTold, mayBeMadeSince, mustSet } from '../../../src/resources/neutron/common.ts'

describe('an object', () => {
  it('may be made since a moment, give or take what clocks differ, if nothing says when', () => {
    const since = new Date('2026-03-01T12:00:00Z')
    assert.equal(mayBeMadeSince({ created_at: '2026-03-01T11:59:57Z' }, since), true)
    assert.equal(mayBeMadeSince({ created_at: '2026-03-01T11:50:00Z' }, since), false)
    assert.equal(mayBeMadeSince({}, since), true)
  })
})

describe('what a cloud may not tell', () => {
  it('is null', async () => {
    const refusal = (kind: 'forbidden' | 'not-found' | 'unavailable') =>
      Promise.reject(new CloudError('', { kind, service: 'network' }))
    assert.equal(await ifTold(refusal('forbidden')), null)
    assert.equal(await ifTold(refusal('not-found')), null)
    assert.equal(await ifTold(Promise.resolve(1)), 1)
    await assert.rejects(ifTold(refusal('unavailable')))
  })
})

describe('a list with a call of its own', () => {
  it('is set when it changes, but not from empty to empty', () => {
    assert.equal(mustSet(['a'], undefined), true)
    assert.equal(mustSet(null, ['a']), true)
    assert.equal(mustSet([], undefined), false)
    assert.equal(mustSet(undefined, ['a']), false)
  })
})
