import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { measure } from '../../../src/template/parse/measure.ts'

const limits = { size: 1000, nodes: 100, depth: 5 }

test('counts about the length of data written out', () => {
  const data = { name: 'x'.repeat(50), list: [1, true, null] }
  const size = measure(data, limits)
  assert.ok(typeof size === 'number' && Math.abs(size - JSON.stringify(data).length) < 40)
})

test('tells which limit is broken', () => {
  assert.equal(measure({ a: 'x'.repeat(2000) }, limits), 'size')
  assert.equal(measure({ a: Array.from({ length: 200 }, () => 1) }, limits), 'nodes')
  assert.equal(measure({ a: [[[[[[1]]]]]] }, limits), 'depth')
  assert.equal(measure({ a: 1n } as unknown as JsonMap, limits), 'kind')
})
