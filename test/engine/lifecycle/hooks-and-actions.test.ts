import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { StackIdentity } from '../../../src/contract/views.ts'
import { anna, type Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { hot, thing, thingOn } from '../templates.ts'

const hooksOf = (hooks: readonly string[]): { readonly environment: JsonMap } => ({
  environment: { resource_registry: { resources: { '*': { hooks: [...hooks] } } } },
})
const everyHook = ['pre-create', 'pre-update', 'pre-delete', 'post-create', 'post-update', 'post-delete']

/** Which resources came to which hooks, and what became of that, in order. */
async function told(play: Scenario, { id }: StackIdentity): Promise<readonly string[]> {
  const events = await play.store.listEvents([id], { sortDir: 'asc' })
  return events
    .filter(({ statusReason }) => /paused|is cleared|waiting\./.test(statusReason))
    .map(({ resourceName, statusReason }) => `${resourceName}: ${statusReason}`)
}

const isPaused = (play: Scenario, stack: StackIdentity, resource: string, hook: string) =>
  play.when(async () => {
    const { request } = (await play.store.deployment(stack.id)) ?? {}
    const rows = await play.rows(stack)
    return rows.some(({ name, notes }) => name === resource && notes[hook] === String(request))
  })

async function pass(play: Scenario, stack: StackIdentity, resource: string, hook: string): Promise<void> {
  await isPaused(play, stack, resource, hook)
  await play.signal(stack, resource, { unset_hook: hook })
}

async function settledAs(play: Scenario, stack: StackIdentity): Promise<string> {
  const { action, status, statusReason } = await play.settled(stack)
  return `${action}_${status}: ${statusReason}`
}

/** A stack of one thing; from its next update on, it waits at these hooks. */
async function there(play: Scenario, hooks: readonly string[]): Promise<StackIdentity> {
  const stack = await play.create('web', hot({ a: thing({ size: 1 }) }), hooksOf(hooks))
  assert.match(await settledAs(play, stack), /^CREATE_COMPLETE/)
  return stack
}

const updateHooks = ['pre-update', 'post-update']
const paused = (resource: string, hook: string) =>
  `${resource}: ${hook.replace(/.*-/, '').toUpperCase()} paused until Hook ${hook} is cleared`

describe('hooks', () => {
  it(
    'hold nothing when a stack is suspended, resumed, checked or kept in a snapshot (§12)',
    playing(async (play) => {
      const stack = await there(play, [...updateHooks, 'pre-delete', 'post-delete'])
      for (const act of ['suspend', 'resume', 'check'] as const) {
        await play[act](stack)
        assert.match(await settledAs(play, stack), /COMPLETE/)
      }
      await play.clock.until(play.calls.createSnapshot(anna, { stack }))
      assert.match(await settledAs(play, stack), /^SNAPSHOT_COMPLETE/)
      assert.deepEqual(await told(play, stack), [])
    }),
  )

  it(
    'for updates hold a restoration, and a rollback where the environment gone back to has them (§12)',
    playing(async (play) => {
      const stack = await there(play, ['pre-update'])
      const { id } = await play.clock.until(play.calls.createSnapshot(anna, { stack }))
      await play.settled(stack)
      play.yard.failing.set('b', 100)
      const two = hot({ a: thing({ size: 2 }), b: thingOn(['a']) })
      await play.update(stack, two, { disableRollback: false, environment: {} })
      await pass(play, stack, 'a', 'pre-update')
      assert.match(await settledAs(play, stack), /^ROLLBACK_COMPLETE/)
      assert.equal(play.yard.of('a')?.size, 1)
      await play.clock.until(play.calls.restoreSnapshot(anna, { stack, snapshot: id }))
      await pass(play, stack, 'a', 'pre-update')
      assert.match(await settledAs(play, stack), /^RESTORE_COMPLETE/)
      const once = [paused('a', 'pre-update'), 'a: Hook pre-update is cleared']
      assert.deepEqual(await told(play, stack), [...once, ...once])
    }),
  )

  it(
    'hold a resource that is replaced once, before that: not its replacement, and not what goes (§12)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing({ color: 'red' }) }))
      await play.settled(stack)
      await play.update(stack, hot({ a: thing({ color: 'blue' }) }), hooksOf(everyHook))
      await isPaused(play, stack, 'a', 'pre-update')
      assert.deepEqual(
        play.yard.things.map(({ color }) => color),
        ['red'],
      )
      await play.signal(stack, 'a', { unset_hook: 'pre-update' })
      assert.match(await settledAs(play, stack), /^UPDATE_COMPLETE/)
      assert.deepEqual(
        play.yard.things.map(({ color }) => color),
        ['blue'],
      )
      assert.deepEqual(await told(play, stack), [paused('a', 'pre-update'), 'a: Hook pre-update is cleared'])
    }),
  )

  for (const [hook, size] of [
    ['pre-update', 1],
    ['post-update', 2],
  ] as const) {
    it(
      `let go when the update is cancelled, and say so: ${hook} (§12)`,
      playing(async (play) => {
        const stack = await there(play, [])
        await play.update(stack, hot({ a: thing({ size: 2 }) }), hooksOf([hook]))
        await isPaused(play, stack, 'a', hook)
        await play.cancel(stack, { rollback: false })
        assert.equal(await settledAs(play, stack), 'UPDATE_FAILED: Stack UPDATE cancelled')
        assert.deepEqual(await told(play, stack), [paused('a', hook), 'a: Failure occurred while waiting.'])
        assert.equal(play.yard.of('a')?.size, size)
        const { action, status } = await play.row(stack, 'a')
        assert.equal(`${action}_${status}`, size === 1 ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE')
        await assert.rejects(play.signal(stack, 'a', { unset_hook: hook }), /is not defined on/)
        await play.update(stack, hot({ a: thing({ size: 3 }) }), { environment: {} })
        assert.match(await settledAs(play, stack), /^UPDATE_COMPLETE/)
        assert.equal(play.yard.of('a')?.size, 3)
      }),
    )
  }

  it(
    'let go when an update is cancelled to go back, and when the stack is to be deleted (§12)',
    playing(async (play) => {
      const stack = await there(play, [])
      const hooks = hooksOf(['pre-update', 'pre-delete'])
      await play.update(stack, hot({ a: thing({ size: 2 }) }), hooks)
      await isPaused(play, stack, 'a', 'pre-update')
      await play.cancel(stack)
      assert.match(await settledAs(play, stack), /^ROLLBACK_COMPLETE/)
      await play.update(stack, hot({ a: thing({ size: 2 }) }), hooks)
      await isPaused(play, stack, 'a', 'pre-update')
      await play.delete(stack)
      await pass(play, stack, 'a', 'pre-delete')
      assert.equal((await play.settled(stack)).deletedAt !== null, true)
      const given = [paused('a', 'pre-update'), 'a: Failure occurred while waiting.']
      assert.deepEqual(await told(play, stack), [
        ...given,
        ...given,
        ...[paused('a', 'pre-delete'), 'a: Hook pre-delete is cleared'],
      ])
    }),
  )

  it(
    'let go when the time of an update or of a deletion is over (§12)',
    playing(async (play) => {
      const stack = await there(play, [])
      await play.update(stack, hot({ a: thing({ size: 2 }) }), {
        ...hooksOf(['pre-update', 'pre-delete']),
        timeoutMins: 1,
      })
      assert.equal(await settledAs(play, stack), 'UPDATE_FAILED: Timed out')
      assert.equal((await play.row(stack, 'a')).status, 'COMPLETE')
      await play.delete(stack)
      assert.equal(await settledAs(play, stack), 'DELETE_FAILED: Timed out')
      assert.deepEqual(await told(play, stack), [
        ...[paused('a', 'pre-update'), 'a: Failure occurred while waiting.'],
        ...[paused('a', 'pre-delete'), 'a: Failure occurred while waiting.'],
      ])
      assert.equal(play.yard.things.length, 1)
    }),
  )

  it(
    'hold on when the engine dies, and whoever comes next says nothing anew (§12)',
    playing(
      async (play) => {
        const first = await play.worker({ id: 'first' })
        const more = hooksOf(['pre-create'])
        const stack = await play.create('web', hot({ a: thing() }), more)
        await isPaused(play, stack, 'a', 'pre-create')
        first.life.end()
        await play.worker({ id: 'second' })
        await play.when(async () => (await play.store.deployment(stack.id))?.engineId === 'second')
        await play.clock.pass(60_000)
        assert.equal((await play.shown(stack)).status, 'IN_PROGRESS')
        await play.signal(stack, 'a', { unset_hook: 'pre-create' })
        assert.match(await settledAs(play, stack), /^CREATE_COMPLETE/)
        assert.deepEqual(await told(play, stack), [
          paused('a', 'pre-create'),
          'a: Hook pre-create is cleared',
        ])
      },
      { workers: 0 },
    ),
  )
})
