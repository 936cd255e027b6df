import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UNKNOWN } from '../../src/schema/index.ts'
import { select } from '../../src/template/select.ts'

test('selects by keys, by indexes from either end and by characters of a text', () => {
  const value = { a: [{ b: 'xyz' }] }
  assert.equal(select(value, ['a', 0, 'b']), 'xyz')
  assert.equal(select(value, ['a', -1, 'b', 1]), 'y')
  assert.equal(select(value, ['a', '0']), undefined)
  assert.deepEqual(select(value, ['a', '0'], 'indexesAsText'), { b: 'xyz' })
  assert.equal(select({ a: UNKNOWN }, ['a', 'b', 'c']), UNKNOWN)
  assert.equal(select(value, ['toString']), undefined)
})
