import assert from 'node:assert/strict'
import { it } from 'node:test'
import { textsOf } from '../../src/plugin/texts.ts'

it('makes texts of values, JSON of those that are none', () => {
  assert.deepEqual(textsOf({ a: 'x', b: 1, c: true, d: { e: [null] } }), {
    a: 'x',
    b: '1',
    c: 'true',
    d: '{"e":[null]}',
  })
})
