import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conditionsIn, stackIn } from '../../src/api/route.ts'

test('conditions are the declared keys that are there', () => {
  assert.deepEqual(conditionsIn({ a: 1, b: 1 }, { a: ['x'] }), { a: ['x'] })
})

test('a path names a stack', () => {
  assert.deepEqual(stackIn({ project_id: 'p', stack_name: 'n', stack_id: 'i' }), {
    projectId: 'p',
    name: 'n',
    id: 'i',
  })
})
