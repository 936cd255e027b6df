import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fieldSchema, shapeSchema } from '../../../src/contract/openapi/field-schema.ts'
import { any, boolean, integer, list, map, object, string } from '../../../src/schema/index.ts'

describe('a declared value as JSON schema', () => {
  it('has the type, the words and the bounds that were declared', () => {
    assert.deepEqual(fieldSchema(integer('How many.', { range: { min: 0, max: 9 }, default: 3 })), {
      type: 'integer',
      description: 'How many.',
      default: 3,
      minimum: 0,
      maximum: 9,
    })
    assert.deepEqual(fieldSchema(string('', { length: { max: 5 }, pattern: '[a-z]+', oneOf: ['a', 'b'] })), {
      type: 'string',
      enum: ['a', 'b'],
      pattern: '^[a-z]+$',
      maxLength: 5,
    })
    assert.deepEqual([fieldSchema(any()), fieldSchema(map())], [{}, { type: 'object' }])
  })

  it('is a text where a list may be written with commas', () => {
    assert.deepEqual(fieldSchema(list(string(), 'Words.')), {
      type: 'array',
      description: 'Words.',
      items: { type: 'string' },
    })
    assert.deepEqual(fieldSchema(list(string(), '', { convertible: true })), { type: 'string' })
  })

  it('says which keys a map must have', () => {
    const shape = { on: boolean('', { required: true }), inner: object({ a: string() }) }
    assert.deepEqual(shapeSchema(shape), {
      type: 'object',
      properties: {
        on: { type: 'boolean' },
        inner: { type: 'object', properties: { a: { type: 'string' } } },
      },
      required: ['on'],
    })
  })
})
