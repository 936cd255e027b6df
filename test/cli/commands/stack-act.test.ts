import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HearthClient, StackDeed } from '../../../src/client/index.ts'
import { eventRow, resourceReply, run, stackReply, storyOf } from '../fakes.ts'

function acting(status = 'CREATE_COMPLETE') {
  const done: string[] = []
  const client: Partial<HearthClient> = {
    findStack: async (name) => ({ stack_name: name, stack_id: `id-of-${name}` }),
    actOnStack: async (stack, deed: StackDeed) =>
      void done.push(`${deed} ${typeof stack === 'string' ? stack : stack.stack_name}`),
    showStack: async (stack) => ({
      stack: stackReply({
        stack_name: typeof stack === 'string' ? stack : stack.stack_name,
        stack_status: status,
      }),
    }),
    markUnhealthy: async (stack, resource, { unhealthy, reason }) =>
      void done.push(`${String(stack)} ${resource} ${unhealthy} ${reason}`),
  }
  return { done, client }
}

test('stacks are suspended, resumed and checked, and shown as they then are', async () => {
  for (const deed of ['suspend', 'resume', 'check'] as const) {
    const { done, client } = acting('CREATE_COMPLETE')
    const { code, out } = await run(['stack', deed, 'a', 'b', '-f', 'value', '-c', 'Stack Name'], client)
    assert.deepEqual([code, out], [0, 'a\nb\n'])
    assert.deepEqual(done, [`${deed} a`, `${deed} b`])
  }
})

test('with --wait it ends when the action has, and a failure is told', async () => {
  const { client } = acting('SUSPEND_COMPLETE')
  const well = storyOf([
    [eventRow('e1', 'web', 'SUSPEND_IN_PROGRESS')],
    [eventRow('e2', 'web', 'SUSPEND_COMPLETE')],
  ])
  const done = await run(['stack', 'suspend', 'web', '--wait'], { ...client, ...well })
  assert.equal(done.code, 0)
  assert.match(done.err, /Stack web SUSPEND_COMPLETE/)
  const badly = storyOf([[], [eventRow('e1', 'web', 'SUSPEND_FAILED', { reason: 'no room' })]])
  const failed = await run(['stack', 'suspend', 'web', '--wait'], { ...client, ...badly })
  assert.equal(failed.code, 1)
  assert.match(failed.err, /no room/)
})

test('only what is under way is cancelled, with a rollback unless it is not wanted', async () => {
  const updating = acting('UPDATE_IN_PROGRESS')
  assert.equal((await run(['stack', 'cancel', 'web'], updating.client)).code, 0)
  assert.equal((await run(['stack', 'cancel', 'web', '--no-rollback'], updating.client)).code, 0)
  assert.deepEqual(updating.done, ['cancel_update web', 'cancel_without_rollback web'])
  const creating = acting('CREATE_IN_PROGRESS')
  const { code, err } = await run(['stack', 'cancel', 'web'], creating.client)
  assert.notEqual(code, 0)
  assert.match(err, /Stack web with status 'create_in_progress' not in cancelable state/)
  assert.equal((await run(['stack', 'cancel', 'web', '--no-rollback'], creating.client)).code, 0)
})

test('with --no-rollback and --wait it ends when nothing is under way any more', async () => {
  const { client, done } = acting('UPDATE_IN_PROGRESS')
  const states = ['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'CREATE_FAILED']
  let looked = 0
  const listResources: HearthClient['listResources'] = async () => ({
    resources: [resourceReply('a', { resource_status: states[looked++] ?? 'CREATE_FAILED' })],
  })
  const cancelling = ['stack', 'cancel', 'web', '--no-rollback', '--wait']
  assert.equal((await run(cancelling, { ...client, listResources })).code, 0)
  assert.deepEqual([done, looked], [['cancel_without_rollback web'], 3])
})

test('a resource is marked unhealthy with a reason, or well again', async () => {
  const { done, client } = acting()
  const mark = ['stack', 'resource', 'mark', 'unhealthy', 'web', 'server']
  assert.deepEqual(await run([...mark, 'it hums'], client), { code: 0, out: '', err: '' })
  await run([...mark, '--reset'], client)
  assert.deepEqual(done, ['web server true it hums', 'web server false '])
})
