import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HearthClient } from '../../../src/client/index.ts'
import type { SnapshotReply } from '../../../src/contract/rest/index.ts'
import { run } from '../fakes.ts'

const snapshot: SnapshotReply = {
  id: 'n1',
  name: 'friday',
  action: 'CREATE',
  status: 'COMPLETE',
  status_reason: 'done',
  data: { name: 'web' },
  creation_time: '2026-01-31T09:30:00Z',
}

function keeping() {
  const asked: unknown[] = []
  const client: Partial<HearthClient> = {
    async createSnapshot(stack, options) {
      asked.push(['create', stack, options])
      return snapshot
    },
    listSnapshots: async () => ({ snapshots: [snapshot] }),
    showSnapshot: async () => ({ snapshot }),
    deleteSnapshot: async (stack, id) => void asked.push(['delete', stack, id]),
    restoreSnapshot: async (stack, id) => void asked.push(['restore', stack, id]),
  }
  return { asked, client }
}

test('a snapshot is taken, under a name if one is given', async () => {
  const { asked, client } = keeping()
  const { code, out } = await run(
    ['stack', 'snapshot', 'create', 'web', '--name', 'friday', '-f', 'json'],
    client,
  )
  assert.equal(code, 0)
  const columns = ['ID', 'name', 'action', 'status', 'status_reason', 'data', 'creation_time']
  assert.deepEqual(Object.keys(JSON.parse(out)), columns)
  await run(['stack', 'snapshot', 'create', 'web'], client)
  assert.deepEqual(asked, [
    ['create', 'web', { name: 'friday' }],
    ['create', 'web', {}],
  ])
})

test('snapshots are listed, and shown as YAML', async () => {
  const { client } = keeping()
  const listed = await run(['stack', 'snapshot', 'list', 'web', '-f', 'value'], client)
  assert.equal(listed.out, 'n1 friday CREATE COMPLETE done 2026-01-31T09:30:00Z\n')
  const shown = await run(['stack', 'snapshot', 'show', 'web', 'n1'], client)
  assert.match(shown.out, /^snapshot:\n/)
  assert.match(shown.out, /\n {2}name: friday\n/)
})

test('a stack is restored without a word', async () => {
  const { asked, client } = keeping()
  const ran = await run(['stack', 'snapshot', 'restore', 'web', 'n1'], client)
  assert.deepEqual(ran, { code: 0, out: '', err: '' })
  assert.deepEqual(asked, [['restore', 'web', 'n1']])
})

test('a snapshot is deleted when nobody is there to be asked, or who is there agrees', async () => {
  for (const [answer, words, count] of [
    [undefined, [], 1],
    ['n', [], 0],
    ['y', [], 1],
    ['n', ['-y'], 1],
  ] as const) {
    const { asked, client } = keeping()
    const told = answer === undefined ? {} : { answer }
    assert.equal((await run(['stack', 'snapshot', 'delete', 'web', 'n1', ...words], client, told)).code, 0)
    assert.equal(asked.length, count)
  }
})
