import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UNKNOWN } from '../../../src/schema/index.ts'
import { refusalOf, resultOf } from '../sample.ts'

test('merges maps, the later over the earlier, and passes over null', () => {
  assert.deepEqual(resultOf({ map_merge: [{ a: 1, b: 2 }, null, { b: 3 }] }), { a: 1, b: 3 })
})

test('refuses what is no list of maps', () => {
  assert.match(refusalOf({ map_merge: { a: 1 } }) ?? '', /Incorrect arguments to "map_merge"/)
  assert.equal(refusalOf({ map_merge: [[1]] }), 'Incorrect arguments: Items to merge must be maps.')
  assert.equal(refusalOf({ map_merge: 'text' }), 'Incorrect arguments: Items to merge must be maps.')
})

test('keeps values that are known beside those that are not', () => {
  const world = { reference: () => UNKNOWN, attribute: () => UNKNOWN }
  assert.deepEqual(resultOf({ map_merge: [{ a: { get_resource: 'server' } }, { b: 1 }] }, { world }), {
    a: UNKNOWN,
    b: 1,
  })
  assert.equal(resultOf({ map_merge: [{ a: 1 }, { get_attr: ['server', 'metadata'] }] }, { world }), UNKNOWN)
})

test('merges an empty text, which a path to nowhere gives, to an empty map', () => {
  assert.deepEqual(resultOf({ map_merge: '' }), {})
})
