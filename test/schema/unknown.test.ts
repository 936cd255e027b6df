import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasUnknown, UNKNOWN } from '../../src/schema/index.ts'

test('what is not known is found anywhere inside', () => {
  assert.equal(hasUnknown(UNKNOWN), true)
  assert.equal(hasUnknown({ a: [{ b: UNKNOWN }] }), true)
  assert.equal(hasUnknown({ a: [{ b: null }], c: 'x' }), false)
})
