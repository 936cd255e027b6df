import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBoolean, readInteger, readQuery } from '../../src/api/query.ts'
import { boolean, integer, list, string } from '../../src/schema/index.ts'

const shape = {
  limit: integer(),
  deep: boolean(),
  name: string(),
  any: list(string()),
  tags: list(string(), '', { convertible: true }),
}

const words = (message: string) => ({ code: 'HTTPBadRequest', status: 400, message })

test('values are read as their fields say', () => {
  assert.deepEqual(readQuery(shape, { limit: '10', deep: 'TRUE', name: 'a', any: ['x', 'y'], tags: 'a,b' }), {
    limit: 10,
    deep: true,
    name: 'a',
    any: ['x', 'y'],
    tags: ['a', 'b'],
  })
})

test('one value of a repeatable key is a list of one', () => {
  assert.deepEqual(readQuery(shape, { any: 'x' }), { any: ['x'] })
})

test('of a repeated single key the last counts', () => {
  assert.deepEqual(readQuery(shape, { name: ['a', 'b'], limit: ['1', '2'] }), { name: 'b', limit: 2 })
})

test('empty values count as absent', () => {
  assert.deepEqual(readQuery(shape, { limit: '', deep: '', name: '', any: ['', ''], tags: '' }), {})
})

test('unknown keys are passed over, unless the query is closed', () => {
  assert.deepEqual(readQuery(shape, { other: '1' }), {})
  assert.throws(
    () => readQuery(shape, { other: '1', more: '2' }, { closed: true }),
    words("Invalid filter parameters ['other', 'more']"),
  )
})

test('the names of things every object has are unknown keys too', () => {
  assert.deepEqual(readQuery(shape, { constructor: 'x', toString: 'y', __proto__: 'z' }), {})
})

test('booleans are true or false in any case and nothing else', () => {
  assert.equal(readBoolean('deep', 'False'), false)
  assert.equal(readBoolean('deep', true), true)
  for (const value of ['1', 'yes', 1, null, {}, [], ['true'], { toString: [] }]) {
    assert.throws(() => readBoolean('deep', value), { code: 'HTTPBadRequest' })
  }
  assert.throws(
    () => readBoolean('deep', 'maybe'),
    words('Unrecognized value "maybe" for "deep", acceptable values are: true, false.'),
  )
})

test('whole numbers are from nought upwards', () => {
  assert.equal(readInteger('limit', '0'), 0)
  assert.equal(readInteger('limit', 15), 15)
  for (const value of ['1.5', 'x', '0x10', '1e3', '9'.repeat(30), 1.5, true, null, [1], {}, Number.NaN]) {
    assert.throws(() => readInteger('limit', value), words("Only integer is acceptable by 'limit'."))
  }
  assert.throws(
    () => readInteger('limit', '-1'),
    words("Value '-1' is invalid for 'limit' which only accepts non-negative integer."),
  )
})

test('a long value is not quoted in full', () => {
  assert.throws(
    () => readBoolean('deep', 'x'.repeat(10_000)),
    (error: Error) => error.message.length < 300,
  )
})
