import assert from 'node:assert/strict'
import { test } from 'node:test'
import { any, anyList, boolean, integer, list, map, number, object, string } from '../../src/schema/index.ts'

test('each kind of field is declared by a function of its name', () => {
  assert.deepEqual(
    [string(), integer(), number(), boolean(), list(any()), anyList(), object({}), map(), any()].map(
      ({ kind }) => kind,
    ),
    ['string', 'integer', 'number', 'boolean', 'list', 'list', 'map', 'map', 'any'],
  )
})

test('a declaration keeps its words and rules and can not be changed', () => {
  const field = object({ a: string('Inside.') }, 'Outside.', { required: true })
  assert.deepEqual(
    [field.description, field.options, field.fields?.a?.description],
    ['Outside.', { required: true }, 'Inside.'],
  )
  assert.ok(Object.isFrozen(field))
})
