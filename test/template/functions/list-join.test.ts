import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalOf, resultOf } from '../sample.ts'

test('joins the texts of a list, null as nothing', () => {
  for (const version of ['2013-05-23', '2021-04-16']) {
    assert.equal(resultOf({ list_join: [', ', ['a', null, 'b']] }, { version }), 'a, , b')
  }
})

test('from 2015-10-15 on joins several lists and writes maps and lists as JSON', () => {
  assert.equal(
    resultOf({ list_join: ['-', ['a'], null, [], ['b', { y: 1, x: [true, 'é'] }]] }),
    'a-b-{"x": [true, "\\u00e9"], "y": 1}',
  )
  assert.match(
    refusalOf({ list_join: ['-', ['a'], ['b']] }, { version: '2015-04-30' }) ?? '',
    /Incorrect arguments to "list_join"/,
  )
})

test('refuses numbers and truth values', () => {
  assert.equal(refusalOf({ list_join: ['-', [1]] }), 'Items to join must be string, map or list not 1')
  assert.equal(
    refusalOf({ list_join: ['-', [true]] }, { version: '2013-05-23' }),
    'Items to join must be strings not True',
  )
})

test('refuses what is no list and a delimiter that is no text', () => {
  assert.equal(refusalOf({ list_join: ['-', 'ab'] }), '"list_join" must operate on a list')
  assert.equal(refusalOf({ list_join: [1, ['a']] }), '"list_join" delimiter must be a string')
  assert.match(
    refusalOf({ list_join: ['-'] }) ?? '',
    /^outputs.it.value.list_join: Incorrect arguments to "list_join" should be: /,
  )
})
