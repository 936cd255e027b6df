import assert from 'node:assert/strict'
import { it } from 'node:test'
import { recent } from '../../src/store/recent.ts'

it('forgets what was not used for longest when it holds too much', () => {
  const memory = recent<string>(10)
  memory.set('a', 'A', 4)
  memory.set('b', 'B', 4)
  assert.equal(memory.get('a'), 'A')
  memory.set('c', 'C', 4)
  assert.deepEqual(['a', 'b', 'c'].map(memory.get), ['A', undefined, 'C'])
})

it('takes nothing that is too big, and counts what it replaces once', () => {
  const memory = recent<string>(10)
  memory.set('a', 'A', 6)
  memory.set('big', 'BIG', 11)
  memory.set('a', 'A2', 6)
  memory.set('b', 'B', 4)
  assert.deepEqual(['a', 'b', 'big'].map(memory.get), ['A2', 'B', undefined])
  memory.delete('a')
  memory.set('c', 'C', 6)
  assert.deepEqual(['a', 'b', 'c'].map(memory.get), [undefined, 'B', 'C'])
})
