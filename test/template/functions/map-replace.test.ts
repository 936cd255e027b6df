import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalOf, resultOf } from '../sample.ts'

test('renames keys and values', () => {
  const expression = {
    map_replace: [
      { a: 'x', b: 'y', c: [1] },
      { keys: { a: 'A' }, values: { y: 'Y' } },
    ],
  }
  assert.deepEqual(resultOf(expression), { A: 'x', b: 'Y', c: [1] })
})

test('takes null for nothing', () => {
  assert.deepEqual(resultOf({ map_replace: [{ a: 'x' }, null] }), { a: 'x' })
  assert.deepEqual(resultOf({ map_replace: [null, {}] }), {})
})

test('refuses a new key that is there already', () => {
  assert.equal(
    refusalOf({ map_replace: [{ a: 1, b: 2 }, { keys: { a: 'b' } }] }),
    'key replacement b collides with a key in the input map',
  )
  assert.equal(
    refusalOf({ map_replace: [{ a: 1, b: 2 }, { keys: { a: 'c', b: 'c' } }] }),
    'key replacement c collides with a key in the output map',
  )
})

test('refuses arguments of another form', () => {
  assert.match(refusalOf({ map_replace: [{}] }) ?? '', /Incorrect arguments to "map_replace" should be/)
  assert.match(
    refusalOf({ map_replace: [{}, { other: {} }] }) ?? '',
    /Incorrect arguments to "map_replace" should be/,
  )
  assert.match(refusalOf({ map_replace: [{}, 'x'] }) ?? '', /arguments must be a list of maps/)
})

test('refuses a list or a map for a new name', () => {
  for (const name of [['x'], {}])
    assert.match(
      refusalOf({ map_replace: [{ a: 1 }, { keys: { a: name } }] }) ?? '',
      /The new name of key a in "map_replace" must be a string/,
    )
})
