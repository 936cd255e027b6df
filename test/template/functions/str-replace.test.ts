import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json, JsonMap } from '../../../src/base/json.ts'
import { refusalOf, resultOf } from '../sample.ts'

const call = (template: Json, params: Json, name = 'str_replace') => ({ [name]: { template, params } })

const cases: readonly (readonly [what: string, template: string, params: JsonMap, result: string])[] = [
  ['one key', 'http://HOST/', { HOST: 'a' }, 'http://a/'],
  ['a key twice', 'X-X', { X: '1' }, '1-1'],
  ['the longest key first', 'foobar', { foo: '1', foobar: '2' }, '2'],
  ['of keys of one length the one that sorts first', 'abc', { bc: '2', ab: '1' }, '1c'],
  ['a replacement that is not searched again', 'A B', { A: 'B', B: 'A' }, 'B A'],
  ['a number', 'n=N', { N: 5 }, 'n=5'],
  ['a truth value', 'b=B', { B: true }, 'b=True'],
  ['null as nothing', '<N>', { N: null }, '<>'],
  ['a map as JSON with sorted keys', 'M', { M: { b: 1, a: [1, 2] } }, '{"a": [1, 2], "b": 1}'],
  ['a key with signs that mean something to regular expressions', 'a.b $1', { '.': '-', $1: '$&' }, 'a-b $&'],
]

for (const [what, template, params, result] of cases) {
  test(`replaces ${what}`, () => assert.equal(resultOf(call(template, params)), result))
}

test('takes params from a function', () => {
  assert.equal(resultOf(call('A', { map_merge: [{ A: 'x' }] })), 'x')
})

test('before 2015-10-15 refuses maps and lists', () => {
  assert.match(
    refusalOf(call('M', { M: [1] }), { version: '2014-10-16' }) ?? '',
    /params must be strings or numbers, param M is not valid/,
  )
})

test('refuses arguments of another form', () => {
  assert.match(refusalOf({ str_replace: 'x' }) ?? '', /Arguments to "str_replace" must be a map/)
  assert.match(
    refusalOf({ str_replace: { template: 'x' } }) ?? '',
    /"str_replace" syntax should be str_replace:/,
  )
  assert.match(refusalOf(call('x', ['a'])) ?? '', /"str_replace" parameters must be a mapping/)
  assert.equal(refusalOf(call(5, {})), '"str_replace" template must be a string')
})

test('str_replace_strict wants every param to occur', () => {
  assert.equal(resultOf(call('A', { A: 'x' }, 'str_replace_strict')), 'x')
  assert.equal(
    refusalOf(call('A', { A: 'x', bb: 1, c: 2 }, 'str_replace_strict')),
    'The following params were not found in the template: bb,c',
  )
})

test('str_replace_vstrict wants every param to have a value', () => {
  for (const value of [null, '', [], {}]) {
    assert.match(
      refusalOf(call('A', { A: value }, 'str_replace_vstrict')) ?? '',
      /undefined or empty value for param A/,
    )
  }
  assert.equal(resultOf(call('A', { A: 0 }, 'str_replace_vstrict')), '0')
})

test('writes very small numbers as Python does', () => {
  assert.equal(resultOf({ str_replace: { template: 'N', params: { N: 1e-7 } } }), '1e-07')
  assert.equal(resultOf({ str_replace: { template: 'N', params: { N: 0.00015 } } }), '0.00015')
  assert.equal(resultOf({ str_replace: { template: 'N', params: { N: [0.00001] } } }), '[1e-05]')
})
