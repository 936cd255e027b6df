import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SnapshotNotFound } from '../../src/contract/problems.ts'
import { ask, at, bench, identity, snapshot } from './kit.ts'

const reply = {
  id: 'n1',
  name: 'friday',
  action: 'CREATE',
  status: 'COMPLETE',
  status_reason: 'Stack SNAPSHOT completed successfully',
  data: { name: 'web', resources: {} },
  creation_time: '2026-01-31T09:30:00Z',
}

test('a snapshot is taken, and told as it is', async () => {
  const begun = { ...snapshot, name: null, status: 'IN_PROGRESS', statusReason: '', data: null } as const
  const server = bench({ engine: { createSnapshot: async () => begun } })
  const { status, json } = await ask(server, `POST ${at}/snapshots`, { body: { name: 'friday' } })
  const early = { ...reply, name: null, status: 'IN_PROGRESS', status_reason: null, data: null }
  assert.deepEqual([status, json()], [200, early])
  await ask(server, `POST ${at}/snapshots`, { body: { name: null } })
  assert.deepEqual(
    server.asked.map((one) => one.ask),
    [{ stack: identity, name: 'friday' }, { stack: identity }],
  )
})

test('a name that is none is refused', async () => {
  const server = bench({ engine: { createSnapshot: async () => snapshot } })
  for (const name of [5, {}, 'x'.repeat(256)])
    assert.equal((await ask(server, `POST ${at}/snapshots`, { body: { name } })).status, 400)
})

test('snapshots are listed and shown', async () => {
  const server = bench({
    engine: { listSnapshots: async () => [snapshot], showSnapshot: async () => snapshot },
  })
  assert.deepEqual((await ask(server, `GET ${at}/snapshots`)).json(), { snapshots: [reply] })
  assert.deepEqual((await ask(server, `GET ${at}/snapshots/n1`)).json(), { snapshot: reply })
  assert.deepEqual(server.asked.at(-1)?.ask, { stack: identity, snapshot: 'n1' })
})

test('a snapshot is deleted, and restored', async () => {
  const server = bench({ engine: { deleteSnapshot: async () => {}, restoreSnapshot: async () => {} } })
  assert.equal((await ask(server, `DELETE ${at}/snapshots/n1`)).status, 204)
  assert.equal((await ask(server, `POST ${at}/snapshots/n1/restore`)).status, 202)
  assert.deepEqual(
    server.asked.map(({ call, ask: said }) => [call, said]),
    [
      ['deleteSnapshot', { stack: identity, snapshot: 'n1' }],
      ['restoreSnapshot', { stack: identity, snapshot: 'n1' }],
    ],
  )
})

test('a snapshot that is not there is not found', async () => {
  const server = bench({
    engine: {
      async showSnapshot() {
        throw SnapshotNotFound({ snapshot: 'n1', stack: 'web' })
      },
    },
  })
  const { status, json } = await ask(server, `GET ${at}/snapshots/n1`)
  assert.equal(status, 404)
  assert.equal(json().error.message, 'The Snapshot (n1) for Stack (web) could not be found.')
})
