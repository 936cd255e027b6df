import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalOf, resultOf } from '../sample.ts'

test('leaves values out of a list', () => {
  assert.deepEqual(
    resultOf({
      filter: [
        [null, { a: 1 }],
        [1, null, { a: 1 }, 2],
      ],
    }),
    [1, 2],
  )
})

test('gives an empty list or null as it is', () => {
  assert.deepEqual(resultOf({ filter: [[1], []] }), [])
  assert.equal(resultOf({ filter: [[1], null] }), null)
  assert.deepEqual(resultOf({ filter: [null, [1]] }), [1])
})

test('refuses other arguments', () => {
  assert.match(refusalOf({ filter: 'x' }) ?? '', /Argument to "filter" must be a list/)
  assert.match(
    refusalOf({ filter: [[1]] }) ?? '',
    /expected 2 arguments of the form \[values, sequence\] but got 1/,
  )
  assert.equal(refusalOf({ filter: [[1], 'x'] }), '"filter" only works with lists')
  assert.equal(refusalOf({ filter: ['x', [1]] }), '"filter" filters a list of values')
})

test('takes true for 1, and compares lists and maps by what is in them', () => {
  assert.deepEqual(
    resultOf({
      filter: [
        [1, { a: [1], b: 2 }],
        [true, { b: 2, a: [1] }, '1'],
      ],
    }),
    ['1'],
  )
})
