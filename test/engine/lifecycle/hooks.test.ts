import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { StackIdentity } from '../../../src/contract/views.ts'
import type { Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { group, hot, tester, thing, thingOn } from '../templates.ts'

const hooked = (resources: JsonMap) => ({ environment: { resource_registry: { resources } } })

/** What was told of a stack's resources besides that their state changed, in order. */
async function reasons(play: Scenario, { id }: { readonly id: string }): Promise<readonly string[]> {
  const events = await play.store.listEvents([id], { sortDir: 'asc' })
  const told = events.filter(({ statusReason }) => /ook|waiting/.test(statusReason))
  return told.map(
    ({ resourceName, action, status, statusReason }) => `${resourceName} ${action}_${status} ${statusReason}`,
  )
}

const isPaused = (play: Scenario, stack: { readonly id: string }, resource: string, hook: string) =>
  play.when(async () => {
    const rows = await play.rows(stack)
    const deployment = await play.store.deployment(stack.id)
    return rows.some(({ name, notes }) => name === resource && notes[hook] === String(deployment?.request))
  })

const clear = (play: Scenario, stack: StackIdentity, resource: string, hook: string) =>
  play.signal(stack, resource, { unset_hook: hook })

const states = async (play: Scenario, stack: StackIdentity) =>
  (await play.rows(stack)).map(({ name, action, status }) => `${name} ${action}_${status}`).sort()

describe('a hook', () => {
  it(
    'holds a resource before it is created, until it is cleared (§12)',
    playing(async (play) => {
      const template = hot({ a: thing(), b: thingOn(['a']), c: thing() })
      const stack = await play.create('web', template, hooked({ a: { hooks: 'pre-create' } }))
      await isPaused(play, stack, 'a', 'pre-create')
      await play.clock.pass(120_000)
      assert.deepEqual(await states(play, stack), ['a INIT_COMPLETE', 'c CREATE_COMPLETE'])
      assert.equal((await play.shown(stack)).status, 'IN_PROGRESS')
      await clear(play, stack, 'a', 'pre-create')
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(await reasons(play, stack), [
        'a INIT_COMPLETE CREATE paused until Hook pre-create is cleared',
        'a INIT_COMPLETE Hook pre-create is cleared',
      ])
    }),
  )

  it(
    'holds what needs a resource that was created, and not the resource (§12)',
    playing(async (play) => {
      const more = hooked({ a: { hooks: ['post-create'] } })
      const stack = await play.create('web', hot({ a: thing(), b: thingOn(['a']) }), more)
      await isPaused(play, stack, 'a', 'post-create')
      await play.clock.pass(60_000)
      assert.deepEqual(await states(play, stack), ['a CREATE_COMPLETE'])
      await clear(play, stack, 'a', 'post-create')
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'for updates holds before any update, and after one that changed something (§12)',
    playing(async (play) => {
      const hooks = hooked({ '*': { hooks: ['pre-update', 'post-update', 'pre-create'] } })
      const stack = await play.create('web', hot({ a: thing({ size: 1 }), b: thing() }))
      await play.settled(stack)
      await play.update(stack, hot({ a: thing({ size: 2 }), b: thing(), c: thing() }), hooks)
      for (const name of ['a', 'b']) {
        await isPaused(play, stack, name, 'pre-update')
        await clear(play, stack, name, 'pre-update')
      }
      await isPaused(play, stack, 'a', 'post-update')
      assert.equal(play.yard.of('a')?.size, 2)
      await clear(play, stack, 'a', 'post-update')
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      // What is new in an update waits at no hook, and what did not change at none after it.
      assert.equal((await reasons(play, stack)).filter((one) => one.includes('paused')).length, 3)
    }),
  )

  it(
    'for deletions holds when the stack is deleted, and only then (§12)',
    playing(async (play) => {
      const hooks = hooked({ '[ab]': { hooks: ['pre-delete', 'post-delete'] } })
      const stack = await play.create('web', hot({ a: thing(), b: thing() }), hooks)
      await play.settled(stack)
      await play.update(stack, hot({ a: thing() }), hooks)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      await play.delete(stack)
      await isPaused(play, stack, 'a', 'pre-delete')
      await play.clock.pass(60_000)
      assert.equal(play.yard.things.length, 1)
      await clear(play, stack, 'a', 'pre-delete')
      await isPaused(play, stack, 'a', 'post-delete')
      assert.equal(play.yard.things.length, 0)
      assert.deepEqual(await states(play, stack), ['a DELETE_COMPLETE'])
      await clear(play, stack, 'a', 'post-delete')
      assert.equal((await play.settled(stack)).deletedAt !== null, true)
      assert.deepEqual((await reasons(play, stack)).slice(0, 2), [
        'a CREATE_COMPLETE DELETE paused until Hook pre-delete is cleared',
        'a CREATE_COMPLETE Hook pre-delete is cleared',
      ])
    }),
  )

  it(
    'is found inside nested stacks by the path to it (§12)',
    playing(async (play) => {
      const hooks = hooked({ g: { '*': { hooks: 'pre-create' } } })
      const stack = await play.create('web', hot({ g: group(1, { type: 'Test::Thing' }) }), hooks)
      await play.when(async () => (await play.store.children(stack.id)).length === 1)
      const [child] = await play.store.children(stack.id)
      assert.ok(child !== undefined)
      await isPaused(play, child, '0', 'pre-create')
      await clear(play, { ...child }, '0', 'pre-create')
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'gives up with the action that waits, and says so (§12)',
    playing(async (play) => {
      const more = { ...hooked({ a: { hooks: 'pre-create' } }), timeoutMins: 1 }
      const stack = await play.create('web', hot({ a: thing() }), more)
      const { status, statusReason } = await play.settled(stack)
      assert.equal(`${status} ${statusReason}`, 'FAILED Timed out')
      assert.deepEqual(await reasons(play, stack), [
        'a INIT_COMPLETE CREATE paused until Hook pre-create is cleared',
        'a INIT_COMPLETE Failure occurred while waiting.',
      ])
      await assert.rejects(clear(play, stack, 'a', 'pre-create'), /is not defined on/)
      assert.deepEqual(play.yard.things, [])
    }),
  )

  it(
    'that nobody waits at can not be cleared',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: tester() }))
      await play.settled(stack)
      const { physicalId } = await play.row(stack, 'a')
      const where = `TestResource "a" [${physicalId}] Stack "web" [${stack.id}]`
      await assert.rejects(clear(play, stack, 'a', 'pre-create'), {
        code: 'InvalidBreakPointHook',
        message: `The "pre-create" hook is not defined on ${where}`,
      })
      await assert.rejects(clear(play, stack, 'a', 'pre-lunch'), {
        message: `Invalid hook type "pre-lunch" for ${where}`,
      })
    }),
  )

  it(
    'lets go when something newer is asked of the stack',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing() }), hooked({ a: { hooks: 'pre-create' } }))
      await isPaused(play, stack, 'a', 'pre-create')
      await play.update(stack, hot({ a: thing({ size: 3 }) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(play.yard.of('a')?.size, 3)
    }),
  )
})
