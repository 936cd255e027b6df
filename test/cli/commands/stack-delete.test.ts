import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HearthClient } from '../../../src/client/index.ts'
import { StackNotFound } from '../../../src/contract/problems.ts'
import { eventRow, run, storyOf } from '../fakes.ts'

function deleting() {
  const deleted: unknown[] = []
  const client: Partial<HearthClient> = {
    async findStack(name) {
      if (name === 'nope') throw StackNotFound({ stack: name })
      return { stack_name: name, stack_id: `id-of-${name}` }
    },
    deleteStack: async (stack) => void deleted.push(typeof stack === 'string' ? stack : stack.stack_name),
  }
  return { deleted, client }
}

test('stacks are deleted without a word when nobody is there to be asked', async () => {
  const { deleted, client } = deleting()
  assert.deepEqual(await run(['stack', 'delete', 'a', 'b'], client), { code: 0, out: '', err: '' })
  assert.deepEqual(deleted, ['a', 'b'])
})

test('somebody who is there is asked, and a no is no failure', async () => {
  for (const [answer, count] of [
    ['n', 0],
    ['', 0],
    ['y', 1],
    ['Yes', 1],
  ] as const) {
    const { deleted, client } = deleting()
    assert.equal((await run(['stack', 'delete', 'a'], client, { answer })).code, 0)
    assert.equal(deleted.length, count, answer)
  }
  const { deleted, client } = deleting()
  await run(['stack', 'delete', 'a', '--yes'], client, { answer: 'n' })
  assert.deepEqual(deleted, ['a'])
})

test('what can not be deleted is told, and the rest is deleted all the same', async () => {
  const { deleted, client } = deleting()
  const { code, err } = await run(['stack', 'delete', 'nope', 'b'], client)
  assert.deepEqual(
    [code, err],
    [1, 'The Stack (nope) could not be found.\nUnable to delete 1 of the 2 stacks.\n'],
  )
  assert.deepEqual(deleted, ['b'])
})

test('with --wait it ends when the stacks are gone, and a failure is told', async () => {
  const { client } = deleting()
  const well = storyOf([
    [eventRow('e1', 'web', 'DELETE_IN_PROGRESS')],
    [eventRow('e2', 'web', 'DELETE_COMPLETE')],
  ])
  const done = await run(['stack', 'delete', 'web', '--wait'], { ...well, ...client })
  assert.equal(done.code, 0)
  assert.match(done.err, /Stack web DELETE_COMPLETE/)
  const badly = storyOf([[eventRow('e1', 'web', 'DELETE_FAILED', { reason: 'in use' })]])
  const failed = await run(['stack', 'delete', 'web', '--wait'], { ...badly, ...client })
  assert.equal(failed.code, 1)
  assert.match(failed.err, /Stack web DELETE_FAILED: in use[\s\S]*Unable to delete 1 of the 1 stacks\.\n$/)
})
