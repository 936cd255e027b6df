import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TemplatePath } from '../../../src/template/index.ts'
import { locator } from '../../../src/template/parse/locate.ts'

const place = (text: string, path: TemplatePath) => {
  const found = locator(text)(path)
  return found && [found.line, found.column]
}

const yaml = `a: &x
  b: [1, "two"]
  c: |
    text
d: *x
e:
  <<: *x
  f: {g: 1}
list:
  - h
  - i: 2
`

test('finds the key of a value and the start of a list item', () => {
  assert.deepEqual(place(yaml, ['a', 'c']), [3, 3])
  assert.deepEqual(place(yaml, ['a', 'b', 1]), [2, 10])
  assert.deepEqual(place(yaml, ['list', 1, 'i']), [11, 5])
  assert.deepEqual(place(yaml, ['e', 'f', 'g']), [8, 7])
})

test('follows aliases and merged maps', () => {
  assert.deepEqual(place(yaml, ['d', 'c']), [3, 3])
  assert.deepEqual(place(yaml, ['e', 'b', 0]), [2, 7])
})

test('gives the deepest part of a path that is there', () => {
  assert.deepEqual(place(yaml, ['e', 'f', 'gone', 'x']), [8, 3])
  assert.deepEqual(place(yaml, ['gone']), [1, 1])
})

test('finds places in JSON text', () => {
  assert.deepEqual(place('{\n\t"a": {"b": [1,\n 2]}\n}', ['a', 'b', 1]), [3, 2])
  assert.deepEqual(place('{\n\t"a": {"b": [1,\n 2]}\n}', ['a', 'b']), [2, 8])
})

test('finds nothing in a text that can not be read', () => {
  assert.equal(place('a: [', ['a']), undefined)
})
