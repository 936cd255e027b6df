import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMap, sameJson, sortedJson } from '../../src/base/json.ts'

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
