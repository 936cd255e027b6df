import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anyOf, commaList } from '../../../src/contract/rest/fields.ts'

test('both are lists of texts, written differently', () => {
  assert.deepEqual([anyOf('a', 'x').kind, commaList('b').kind], ['list', 'list'])
  assert.deepEqual(
    [anyOf('a', 'x').options, commaList('b').options],
    [{ example: 'x' }, { convertible: true }],
  )
})
