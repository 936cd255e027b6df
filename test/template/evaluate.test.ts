import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UNKNOWN } from '../../src/schema/index.ts'
import { resultOf } from './sample.ts'

test('what is not known makes texts unknown and leaves the rest of maps and lists known', () => {
  const world = { reference: () => UNKNOWN, attribute: () => UNKNOWN }
  const reference = { get_resource: 'server' }
  assert.equal(resultOf({ list_join: ['-', ['a', reference]] }, { world }), UNKNOWN)
  assert.equal(resultOf({ str_replace: { template: 'X', params: { X: reference } } }, { world }), UNKNOWN)
  assert.equal(resultOf({ str_split: [',', reference] }, { world }), UNKNOWN)
  assert.deepEqual(resultOf({ id: reference, list: [1, reference] }, { world }), {
    id: UNKNOWN,
    list: [1, UNKNOWN],
  })
})
