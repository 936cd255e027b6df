import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonFault } from '../../src/template/json-fault.ts'

test('what is JSON has no fault', () => {
  for (const text of ['{}', ' [1, -2.5e3, "a\\u00e4\\n", {"b": null, "c": [true]}] ', '"\u0080"', '0'])
    assert.equal(jsonFault(text), undefined)
})

test('a fault is told with its place, which counts characters and lines', () => {
  assert.equal(
    jsonFault('{"a": 1,}'),
    'Expecting property name enclosed in double quotes: line 1 column 9 (char 8)',
  )
  assert.equal(jsonFault('["😀",\n x]'), 'Expecting value: line 2 column 2 (char 7)')
})

test('a text that opens without end is told of at once', () => {
  assert.match(jsonFault('['.repeat(300_000)) ?? '', /^Expecting value: line 1 column 300001/)
  assert.match(jsonFault('{"a":'.repeat(100_000)) ?? '', /^Expecting value/)
})
