import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  document,
  eitherOf,
  itself,
  listOf,
  mapOf,
  moment,
  named,
  nothing,
  orNull,
  record,
  text,
  truth,
  whole,
  word,
} from '../../src/contract/reply.ts'

const size = whole('How large.', 3)

describe('a reply', () => {
  it('has the keys that it says, of which only the optional ones may be absent', () => {
    const { schema, example } = record({ size }, { big: truth('Whether it is big.') })
    assert.deepEqual(schema, {
      type: 'object',
      properties: {
        size: { type: 'integer', description: 'How large.', minimum: 0 },
        big: { type: 'boolean', description: 'Whether it is big.' },
      },
      required: ['size'],
      additionalProperties: false,
    })
    assert.deepEqual(example, { size: 3, big: false })
  })

  it('may be nothing, whether it has a type, a name, or a few words to choose from', () => {
    assert.deepEqual(orNull(text('A text.', 'a')).schema, {
      type: ['string', 'null'],
      description: 'A text.',
    })
    const thing = named('Thing', 'A thing.', size)
    assert.deepEqual(orNull(thing).schema, { anyOf: [thing.schema, nothing.schema] })
    const light = orNull(word('A light.', ['red', 'green']))
    assert.deepEqual(light.schema, {
      type: ['string', 'null'],
      description: 'A light.',
      enum: ['red', 'green', null],
    })
  })

  it('is made of others, whose examples make its own', () => {
    const all = listOf('All.', mapOf('By name.', moment('When.'), 'first'))
    assert.deepEqual(all.example, [{ first: '2026-01-31T09:30:00Z' }])
    assert.deepEqual(eitherOf(size, document('A template.', { a: 1 })).example, 3)
  })

  it('brings the schemas that it refers to, from however far inside', () => {
    const inner = named('Inner', 'Inside.', size)
    const outer = named('Outer', 'Outside.', listOf('Many.', eitherOf(inner, itself('Outer', []))))
    assert.deepEqual(outer.schema, { $ref: '#/components/schemas/Outer' })
    assert.deepEqual(Object.keys(record({ outer }).names).sort(), ['Inner', 'Outer'])
    assert.equal(outer.names.Inner?.description, 'Inside.')
  })
})
