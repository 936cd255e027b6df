import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UNKNOWN } from '../../../src/schema/index.ts'
import { refusalOf, resultOf } from '../sample.ts'

test('puts lists behind one another', () => {
  assert.deepEqual(resultOf({ list_concat: [[1, 2], null, [2, [3]]] }), [1, 2, 2, [3]])
})

test('list_concat_unique keeps the first of equal items', () => {
  assert.deepEqual(
    resultOf({
      list_concat_unique: [
        [1, '1', { a: 1 }],
        [{ a: 1 }, 1, 2],
      ],
    }),
    [1, '1', { a: 1 }, 2],
  )
})

test('refuses what is no list of lists', () => {
  assert.match(refusalOf({ list_concat: 'x' }) ?? '', /Incorrect arguments to "list_concat" should be/)
  assert.equal(
    refusalOf({ list_concat: [[1], 'x'] }),
    'Incorrect arguments: Items to concat must be lists. [[1], "x"] contains an item that is not a list: "x"',
  )
})

test('keeps items that are known beside those that are not', () => {
  const world = { reference: () => UNKNOWN, attribute: () => UNKNOWN }
  assert.deepEqual(resultOf({ list_concat: [[{ get_resource: 'server' }], ['b']] }, { world }), [
    UNKNOWN,
    'b',
  ])
  assert.equal(resultOf({ list_concat_unique: [[{ get_resource: 'server' }], ['b']] }, { world }), UNKNOWN)
})

test('list_concat_unique takes true for 1, and the text 1 for another', () => {
  assert.deepEqual(resultOf({ list_concat_unique: [[1], [true, '1']] }), [1, '1'])
})
