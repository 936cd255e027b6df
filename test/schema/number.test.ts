import assert from 'node:assert/strict'
import { test } from 'node:test'
import { numberFrom } from '../../src/schema/number.ts'

test('numbers may be written with underscores, but not otherwise than numbers', () => {
  assert.equal(numberFrom('1_000'), 1000)
  assert.equal(numberFrom('0x10'), undefined)
  assert.equal(numberFrom('1 2'), undefined)
})
