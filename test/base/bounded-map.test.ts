import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BoundedMap } from '../../src/base/bounded-map.ts'

test('what was asked for the longest ago is forgotten when there is too much', () => {
  const map = new BoundedMap<string>(2)
  map.set('a', 'A')
  map.set('b', 'B')
  assert.equal(map.get('a'), 'A')
  map.set('c', 'C')
  assert.deepEqual([map.get('a'), map.get('b'), map.get('c')], ['A', undefined, 'C'])
  map.delete('c')
  map.set('d', 'D')
  assert.deepEqual([map.get('a'), map.get('c'), map.get('d')], ['A', undefined, 'D'])
})
