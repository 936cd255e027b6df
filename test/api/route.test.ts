import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conditionsIn, splitStatus, stackIn } from '../../src/api/route.ts'

test('conditions are the declared keys that are there', () => {
  assert.deepEqual(conditionsIn({ a: 1, b: 1 }, { a: ['x'] }), { a: ['x'] })
})

const cases: readonly (readonly [
  string,
  Record<string, readonly string[]>,
  Record<string, readonly string[]>,
])[] = [
  ['a plain status stays', { status: ['FAILED'] }, { status: ['FAILED'] }],
  ['a joined one becomes two', { status: ['CREATE_FAILED'] }, { status: ['FAILED'], action: ['CREATE'] }],
  [
    'several are joined',
    { status: ['CREATE_FAILED', 'UPDATE_IN_PROGRESS', 'FAILED'], action: ['DELETE'] },
    { status: ['FAILED', 'IN_PROGRESS'], action: ['DELETE', 'CREATE', 'UPDATE'] },
  ],
  ['an unknown one stays, and finds nothing', { status: ['odd'] }, { status: ['odd'] }],
  ['an action alone stays', { action: ['CREATE'] }, { action: ['CREATE'] }],
]

for (const [says, given, wanted] of cases) {
  test(`of statuses: ${says}`, () => {
    const conditions = { ...given }
    splitStatus(conditions, 'status', 'action')
    assert.deepEqual(conditions, wanted)
  })
}

test('a path names a stack', () => {
  assert.deepEqual(stackIn({ project_id: 'p', stack_name: 'n', stack_id: 'i' }), {
    projectId: 'p',
    name: 'n',
    id: 'i',
  })
})
