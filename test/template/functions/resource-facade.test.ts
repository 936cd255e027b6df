import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalOf, resultOf } from '../sample.ts'

test('gives what the outer resource says of itself', () => {
  const facade = { metadata: { a: 1 }, deletion_policy: 'Retain' }
  assert.deepEqual(resultOf({ resource_facade: 'metadata' }, { facade }), { a: 1 })
  assert.equal(resultOf({ resource_facade: 'deletion_policy' }, { facade }), 'Retain')
  assert.equal(resultOf({ resource_facade: 'update_policy' }, { facade }), null)
})

test('refuses anything else', () => {
  assert.match(
    refusalOf({ resource_facade: 'type' }) ?? '',
    /should be one of: metadata, deletion_policy, update_policy/,
  )
})
