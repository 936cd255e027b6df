import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type HearthClient, newestEvent, type Wait, waitForStack } from '../../src/client/index.ts'
import { StackNotFound } from '../../src/contract/problems.ts'
import type { EventRow } from '../../src/contract/rest/index.ts'
import { quickClock } from './kit.ts'

const stack = { stack_name: 'web', stack_id: 's1' }

const event = (id: string, status: string, physical = 's1'): EventRow => ({
  id,
  links: [],
  event_time: '',
  resource_name: 'web',
  logical_resource_id: 'web',
  resource_status: status,
  resource_status_reason: `reason of ${id}`,
  physical_resource_id: physical,
})

/** A client that answers each poll with the next batch of events; then the stack has the status. */
function clientOf(batches: readonly (readonly EventRow[])[], status = 'CREATE_IN_PROGRESS') {
  const markers: (string | undefined)[] = []
  const client = {
    findStack: async () => stack,
    listEvents: async (_stack: object, { marker }: { marker?: string }) => {
      markers.push(marker)
      return { events: batches[markers.length - 1] ?? [] }
    },
    showStack: async () => ({ stack: { stack_status: status, stack_status_reason: 'as shown' } }),
  } as unknown as HearthClient
  return { client, markers }
}

const waiting = (client: HearthClient, more: Partial<Wait> = {}) =>
  waitForStack(client, { stack: 'web', action: 'CREATE', clock: quickClock(), pollMs: 1, ...more })

test('the event of the stack itself ends the wait', async () => {
  const seen: string[] = []
  const { client, markers } = clientOf([
    [event('e1', 'CREATE_IN_PROGRESS'), event('e2', 'CREATE_COMPLETE', 'nova-1')],
    [],
    [event('e3', 'CREATE_COMPLETE')],
  ])
  const outcome = await waiting(client, {
    onEvents: (events) => void seen.push(...events.map(({ id }) => id)),
  })
  assert.deepEqual(outcome, { status: 'COMPLETE', stackStatus: 'CREATE_COMPLETE', reason: 'reason of e3' })
  assert.deepEqual(seen, ['e1', 'e2', 'e3'])
  assert.deepEqual(markers, [undefined, 'e2', 'e2'])
})

test('events from before the action do not count', async () => {
  const { client, markers } = clientOf([[event('e9', 'UPDATE_COMPLETE')]])
  await waiting(client, { action: 'UPDATE', marker: 'e8' })
  assert.deepEqual(markers, ['e8'])
})

test('a failure ends it badly', async () => {
  const { client } = clientOf([[event('e1', 'CREATE_FAILED')]])
  assert.equal((await waiting(client)).status, 'FAILED')
})

test('a rollback that completes is no success of what was rolled back', async () => {
  const { client } = clientOf([[event('e1', 'ROLLBACK_COMPLETE')]])
  assert.deepEqual(await waiting(client), {
    status: 'FAILED',
    stackStatus: 'ROLLBACK_COMPLETE',
    reason: 'reason of e1',
  })
})

test('where no event tells, the stack is asked', async () => {
  const { client, markers } = clientOf([[], []], 'CREATE_COMPLETE')
  assert.deepEqual(await waiting(client), {
    status: 'COMPLETE',
    stackStatus: 'CREATE_COMPLETE',
    reason: 'as shown',
  })
  assert.ok(markers.length >= 2)
})

test('without an action any end will do', async () => {
  const { client } = clientOf([[event('e1', 'SUSPEND_COMPLETE')]])
  assert.equal((await waitForStack(client, { stack, clock: quickClock() })).status, 'COMPLETE')
})

test('a stack that is gone is gone', async () => {
  const { client } = clientOf([])
  const empty = {
    ...client,
    listEvents: async () => {
      throw StackNotFound({ stack: 'web' })
    },
  }
  assert.equal((await waiting(empty, { action: 'DELETE' })).status, 'GONE')
})

test('other failures are told', async () => {
  const { client } = clientOf([])
  const broken = {
    ...client,
    listEvents: async () => {
      throw new Error('broken')
    },
  }
  await assert.rejects(waiting(broken), { message: 'broken' })
})

test('the newest event is asked for by itself', async () => {
  const client = {
    listEvents: async (_stack: unknown, query: object) => {
      assert.deepEqual(query, { sort_dir: 'desc', limit: 1 })
      return { events: [event('e7', 'CREATE_COMPLETE')] }
    },
  } as unknown as HearthClient
  assert.equal(await newestEvent(client, 'web'), 'e7')
})
