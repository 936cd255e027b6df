import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pythonText } from '../../../src/simulator/kit/python.ts'

test('values are written as Python writes them', () => {
  assert.equal(pythonText({ a: [1, null, true], b: { c: 'd' } }), "{'a': [1, None, True], 'b': {'c': 'd'}}")
  assert.equal(pythonText("it's"), `"it's"`)
  assert.equal(pythonText(`both ' and "`), `'both \\' and "'`)
})
