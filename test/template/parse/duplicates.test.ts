import assert from 'node:assert/strict'
import { test } from 'node:test'
import { duplicatesIn } from '../../../src/template/parse/duplicates.ts'

const found = (text: string) =>
  duplicatesIn(text).map(({ path, first, position }) => [
    path.join('.'),
    first,
    position.line,
    position.column,
  ])

test('a key that stands twice in one map is found, wherever the map is', () => {
  assert.deepEqual(found('a: 1\nb:\n  - c: 1\n    d: 2\n    "c": 3\na: 2\n'), [
    ['b.0.c', 3, 5, 5],
    ['a', 1, 6, 1],
  ])
  assert.deepEqual(found('{"a": {"b": 1,\n "b": 2}}'), [['a.b', 1, 2, 2]])
})

test('the same key in two maps, merges and aliases are no duplicates', () => {
  assert.deepEqual(found('a: &x {k: 1}\nb: {k: 2}\nc:\n  <<: *x\n  <<: *x\n  k: 3\nd: *x\n'), [])
})

test('a text that can not be read has none', () => {
  assert.deepEqual(found('a: ['), [])
})
