import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultIn, type Shape } from '../../../src/simulator/kit/check.ts'

const shape: Shape = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 5 },
    size: { type: ['integer', 'string'], pattern: '^[0-9]+$', minimum: 1 },
    kind: { enum: ['a', 'b'] },
    ids: { type: 'array', items: { type: 'string', format: 'uuid' }, minItems: 1 },
    labels: { type: 'object', patternProperties: { '^x': { type: 'string' } }, additionalProperties: false },
    either: { oneOf: [{ type: 'null' }, { type: 'boolean' }] },
  },
}

const cases: readonly [unknown, string | undefined, ...(string | number)[]][] = [
  [{ name: 'ok', size: 3, kind: 'a', labels: { xa: '1' }, either: null }, undefined],
  [{}, "'name' is a required property"],
  [5, "5 is not of type 'object'"],
  [{ name: 5 }, "5 is not of type 'string'", 'name'],
  [{ name: '' }, "'' is too short", 'name'],
  [{ name: 'sixsix' }, "'sixsix' is too long", 'name'],
  [{ name: 'a', size: true }, "True is not of type 'integer', 'string'", 'size'],
  [{ name: 'a', size: 0 }, '0 is less than the minimum of 1', 'size'],
  [{ name: 'a', size: 'x' }, "'x' does not match '^[0-9]+$'", 'size'],
  [{ name: 'a', kind: 'c' }, "'c' is not one of ['a', 'b']", 'kind'],
  [{ name: 'a', ids: [] }, '[] is too short', 'ids'],
  [{ name: 'a', ids: ['x'] }, "'x' is not a 'uuid'", 'ids', 0],
  [{ name: 'a', more: 1, most: 2 }, "Additional properties are not allowed ('more', 'most' were unexpected)"],
  [{ name: 'a', labels: { y: '1' } }, "'y' does not match any of the regexes: '^x'", 'labels'],
  [{ name: 'a', either: 3 }, '3 is not valid under any of the given schemas', 'either'],
]

test('a value is measured against a shape in the words of the real services', () => {
  for (const [value, message, ...path] of cases) {
    const fault = faultIn(value, shape)
    assert.equal(fault?.message, message, JSON.stringify(value))
    assert.deepEqual(fault?.path ?? [], path)
  }
})
