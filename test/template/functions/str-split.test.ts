import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalOf, resultOf } from '../sample.ts'

test('splits a text into a list', () => {
  assert.deepEqual(resultOf({ str_split: [',', 'a,b,,c'] }), ['a', 'b', '', 'c'])
})

test('gives one part, with the index as a number or a text', () => {
  assert.equal(resultOf({ str_split: [',', 'a,b', 1] }), 'b')
  assert.equal(resultOf({ str_split: [',', 'a,b', '1'] }), 'b')
  assert.equal(resultOf({ str_split: [',', 'a,b', -1] }), 'b')
})

test('gives null for null', () => {
  assert.equal(resultOf({ str_split: [',', null] }), null)
})

test('refuses an index that is not there or no number', () => {
  assert.equal(
    refusalOf({ str_split: [',', 'a,b', 2] }),
    'Incorrect index to "str_split" should be between 0 and 1',
  )
  assert.match(refusalOf({ str_split: [',', 'a', 'x'] }) ?? '', /Incorrect index to "str_split" should be: /)
})

test('refuses arguments of another form', () => {
  assert.match(refusalOf({ str_split: 'a,b' }) ?? '', /Incorrect arguments to "str_split"/)
  assert.match(refusalOf({ str_split: [','] }) ?? '', /Incorrect arguments to "str_split"/)
  assert.match(refusalOf({ str_split: ['', 'a'] }) ?? '', /The delimiter of "str_split" is empty/)
  assert.match(refusalOf({ str_split: [1, 'a'] }) ?? '', /Incorrect arguments to "str_split"/)
})

test('splits at white space if there is no delimiter', () => {
  assert.deepEqual(resultOf({ str_split: [null, ' a  b '] }), ['a', 'b'])
})
