import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json, JsonMap } from '../../../src/base/json.ts'
import { UNKNOWN } from '../../../src/schema/index.ts'
import { refusalOf, resultOf } from '../sample.ts'

const call = (template: Json, forEach: Json, more: JsonMap = {}) => ({
  repeat: { template, for_each: forEach, ...more },
})

test('fills in the template for each item, in keys and values alike', () => {
  const template = { 'port-%p%': '%p%', fixed: 5 }
  assert.deepEqual(resultOf(call(template, { '%p%': ['80', '443'] })), [
    { 'port-80': '80', fixed: 5 },
    { 'port-443': '443', fixed: 5 },
  ])
})

test('goes through every combination, the last list fastest', () => {
  assert.deepEqual(resultOf(call('A-B', { A: ['1', '2'], B: ['x', 'y'] })), ['1-x', '1-y', '2-x', '2-y'])
})

test('gives nothing for a list that is null or empty', () => {
  assert.deepEqual(resultOf(call('A', { A: null })), [])
  assert.deepEqual(resultOf(call('AB', { A: ['1'], B: [] })), [])
})

test('goes through the keys of a map from 2016-10-14 on', () => {
  assert.deepEqual(resultOf(call('A', { A: { x: 1, y: 2 } })), ['x', 'y'])
  assert.match(refusalOf(call('A', { A: { x: 1 } }), { version: '2016-04-08' }) ?? '', /must be lists$/)
})

test('with permutations false takes the lists side by side from 2017-09-01 on', () => {
  const sideBySide = call('A-B', { A: ['1', '2'], B: ['x', 'y'] }, { permutations: false })
  assert.deepEqual(resultOf(sideBySide), ['1-x', '2-y'])
  assert.equal((resultOf(sideBySide, { version: '2016-10-14' }) as unknown[]).length, 4)
  assert.match(
    refusalOf(call('AB', { A: ['1'], B: [] }, { permutations: false })) ?? '',
    /length of for_each values should be equal/,
  )
  assert.match(refusalOf(call('A', { A: { x: 1 } }, { permutations: false })) ?? '', /must be lists$/)
  assert.match(
    refusalOf(call('A', { A: [] }, { permutations: 'no' })) ?? '',
    /"permutations" should be boolean type/,
  )
})

test('refuses items that are no texts, and arguments of another form', () => {
  assert.match(refusalOf(call('A', { A: [1] })) ?? '', /can only put strings in place of A/)
  assert.match(refusalOf({ repeat: [] }) ?? '', /Arguments to "repeat" must be a map/)
  assert.match(refusalOf({ repeat: { template: 'x' } }) ?? '', /"repeat" syntax should be/)
  assert.match(refusalOf(call('A', ['x'])) ?? '', /The "for_each" argument to "repeat" must contain a map/)
})

test('stops before a small template grows beyond all measure', () => {
  const list = Array.from({ length: 100 }, (_, i) => String(i))
  assert.match(
    refusalOf(call('ABCD', { A: list, B: list, C: list, D: list })) ?? '',
    /makes more than 100000 items/,
  )
})

test('keeps what is known where items are not known yet', () => {
  const world = { reference: () => UNKNOWN, attribute: () => UNKNOWN }
  const list = [{ get_resource: 'server' }, 'b']
  assert.deepEqual(resultOf(call({ a: 'A', b: 'fixed' }, { A: list }), { world }), [
    { a: UNKNOWN, b: 'fixed' },
    { a: 'b', b: 'fixed' },
  ])
  assert.equal(resultOf(call('A', { A: { get_attr: ['server', 'names'] } }), { world }), UNKNOWN)
})

test('makes nothing side by side with a list that is null', () => {
  const call = {
    repeat: { template: '%a%%b%', for_each: { '%a%': null, '%b%': ['x'] }, permutations: false },
  }
  assert.deepEqual(resultOf(call), [])
})

test('refuses an item that is no text even where its word does not occur', () => {
  assert.match(
    refusalOf({ repeat: { template: 'x', for_each: { '%a%': [1] } } }) ?? '',
    /can only put strings in place of %a%/,
  )
})

test('puts an item around every character in place of an empty word', () => {
  assert.deepEqual(resultOf({ repeat: { template: 'ab', for_each: { '': ['-'] } } }), ['-a-b-'])
})
