import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonText } from '../../src/api/json-text.ts'

test('a value is JSON text', () => {
  assert.equal(jsonText({ a: [1, null] }), '{"a":[1,null]}')
  assert.equal(jsonText(undefined), 'null')
})

test('a number too large for a double keeps its digits', () => {
  assert.equal(jsonText({ a: 123456789012345678901234567890n }), '{"a":123456789012345678901234567890}')
})

test('what can not be written is an error', () => {
  const round: Record<string, unknown> = {}
  round.self = round
  assert.throws(() => jsonText(round), TypeError)
})
