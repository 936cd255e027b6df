import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isMap,
  isShallow,
  own,
  parseShallowJson,
  put,
  sameJson,
  sortedJson,
  within,
} from '../../src/base/json.ts'

test('maps are the same whatever the order of their keys', () => {
  assert.ok(sameJson({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }))
})

test('values of other types, lengths or keys are not the same', () => {
  const pairs: readonly (readonly [unknown, unknown])[] = [
    [1, '1'],
    [null, {}],
    [[], {}],
    [[1, 2], [1]],
    [{ a: 1 }, { b: 1 }],
    [{ a: undefined }, { b: undefined }],
    [{ a: 1 }, { a: 1, b: 1 }],
  ]
  for (const [a, b] of pairs) assert.ok(!sameJson(a, b), `${JSON.stringify(a)} and ${JSON.stringify(b)}`)
})

test('a path leads into maps and lists, and to null where there is nothing', () => {
  const value = { a: [{ b: 1 }, null] }
  assert.equal(within(value, []), value)
  assert.equal(within(value, ['a', 0, 'b']), 1)
  assert.equal(within(value, ['a', '0', 'b']), 1)
  for (const path of [['a', 1], ['a', 2], ['a', 'length'], ['a', 0, 'b', 'c'], ['constructor']])
    assert.equal(within(value, path), null, path.join('.'))
})

test('a map may have a key called __proto__', () => {
  const map: Record<string, unknown> = {}
  put(map, '__proto__', 1)
  assert.deepEqual(Object.keys(map), ['__proto__'])
  assert.equal(own(map, '__proto__'), 1)
  assert.equal(own(map, 'constructor'), undefined)
  assert.equal(Object.getPrototypeOf(map), Object.prototype)
})

test('keys that every object inherits are no keys', () => {
  assert.ok(!sameJson({ constructor: 1 }, { other: 1 }))
  assert.ok(!sameJson({ toString: Object.prototype.toString }, {}))
})

test('equal values have equal sorted texts', () => {
  assert.equal(sortedJson({ b: { d: 1, c: 2 }, a: [3] }), '{"a":[3],"b":{"c":2,"d":1}}')
})

test('only maps are maps', () => {
  assert.deepEqual([{}, [], null, 'x', 1].map(isMap), [true, false, false, false, false])
})

test('how deep values are nested is found out without going down into them', () => {
  assert.ok(isShallow('text', 0))
  assert.ok(isShallow([{ a: [1] }], 3))
  assert.ok(!isShallow([{ a: [1] }], 2))
  const abyss = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
  assert.ok(!isShallow(abyss, 1000))
})

test('JSON inside of a text may not be nested beyond reason', () => {
  assert.deepEqual(parseShallowJson('{"a": [1, null]}'), { a: [1, null] })
  assert.throws(() => parseShallowJson('['.repeat(101) + ']'.repeat(101)), /more than 100 levels deep/)
  assert.throws(() => parseShallowJson('{'), SyntaxError)
})
