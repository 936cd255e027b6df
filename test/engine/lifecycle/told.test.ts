import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { StackIdentity } from '../../../src/contract/views.ts'
import type { Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { hot, thing, thingOn } from '../templates.ts'

const listener = (properties: JsonMap = {}): JsonMap => ({ type: 'Test::Listener', properties })

const isWaiting = (play: Scenario, stack: StackIdentity) => async () => {
  const rows = await play.rows(stack)
  return rows.some(({ notes }) => notes['waits since'] !== undefined)
}

async function waiting(play: Scenario, properties: JsonMap = {}, more: JsonMap = {}): Promise<StackIdentity> {
  const stack = await play.create('web', hot({ l: listener(properties), ...more }))
  await play.when(isWaiting(play, stack))
  return stack
}

describe('a resource that waits to be told', () => {
  it(
    'is ready when it was told as often as it takes, and what needs it is made then (§12)',
    playing(async (play) => {
      const after = thingOn(['l'], { size: 1 })
      const stack = await waiting(play, { count: 2 }, { after })
      await play.signal(stack, 'l', { good: true })
      await play.clock.pass(60_000)
      assert.equal(play.yard.of('after'), undefined)
      await play.signal(stack, 'l', { good: true })
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      const { events } = {
        events: await play.store.listEvents([stack.id], { sortDir: 'asc', resource: 'l' }),
      }
      assert.deepEqual(
        events.map(({ action, status, statusReason }) => `${action}_${status} ${statusReason}`),
        [
          'CREATE_IN_PROGRESS state changed',
          'SIGNAL_IN_PROGRESS Signal: good news',
          'SIGNAL_IN_PROGRESS Signal: good news',
          'CREATE_COMPLETE state changed',
        ],
      )
      const [row] = await play.rows(stack)
      assert.deepEqual(row?.notes, {})
    }),
  )

  it(
    'notices a signal whose hint was lost',
    playing(async (play) => {
      const stack = await waiting(play)
      play.hints.deaf = true
      await play.signal(stack, 'l', { good: true })
      const begun = play.clock.now()
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.ok(play.clock.now() - begun < 20_000)
    }),
  )

  it(
    'fails by what it was told, or when its time is over',
    playing(async (play) => {
      const bad = await waiting(play)
      await play.signal(bad, 'l', { good: false })
      assert.match(
        (await play.settled(bad)).statusReason,
        /^Resource CREATE failed: Error: resources\.l: told bad news$/,
      )
      const late = await play.create('late', hot({ l: listener({ patience: 90 }) }))
      const begun = play.clock.now()
      assert.match((await play.settled(late)).statusReason, /told 0 times$/)
      const took = play.clock.now() - begun
      assert.ok(took >= 90_000 && took < 92_000, `it took ${took} ms`)
    }),
  )

  it(
    'waits no longer when its stack is deleted',
    playing(async (play) => {
      const stack = await waiting(play)
      const begun = play.clock.now()
      await play.delete(stack)
      await play.settled(stack)
      assert.ok(play.clock.now() - begun < 20_000)
      assert.deepEqual(play.yard.things, [])
    }),
  )

  it(
    'waits for what a newer update asks for, when that comes meanwhile',
    playing(async (play) => {
      const stack = await waiting(play, { count: 5 })
      await play.signal(stack, 'l', { good: true })
      await play.update(stack, hot({ l: listener({ count: 2 }) }))
      await play.clock.pass(20_000)
      await play.signal(stack, 'l', { good: true })
      const { action, status } = await play.settled(stack)
      assert.equal(`${action}_${status}`, 'UPDATE_COMPLETE')
      assert.equal(play.yard.deeds.length, 1, 'it is the same thing')
    }),
  )

  it(
    'waits again when an update wants more',
    playing(async (play) => {
      const stack = await waiting(play)
      await play.signal(stack, 'l', { good: true })
      await play.settled(stack)
      await play.update(stack, hot({ l: listener({ count: 2 }) }))
      await play.when(isWaiting(play, stack))
      await play.signal(stack, 'l', { good: true })
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'goes on waiting on another engine, with no more time than it had',
    playing(
      async (play) => {
        const first = await play.worker({ id: 'first' })
        const stack = await waiting(play, { patience: 60 })
        const begun = play.clock.now()
        await play.clock.pass(30_000)
        first.life.end()
        await play.worker({ id: 'second' })
        assert.match((await play.settled(stack)).statusReason, /told 0 times/)
        const took = play.clock.now() - begun
        assert.ok(took >= 60_000 && took < 63_000, `it took ${took} ms`)
        assert.equal(play.yard.deeds.filter((deed) => deed.startsWith('create')).length, 1)
      },
      { workers: 0 },
    ),
  )
})

describe('a signal', () => {
  it(
    'is kept once for each of its IDs, and never lost when several come at once',
    playing(async (play) => {
      const stack = await waiting(play, { count: 12 })
      const tell = (details: JsonMap) =>
        play.calls.signalResource(callerOf(stack), { stack, resource: 'l', details })
      await play.clock.until(Promise.all(Array.from({ length: 10 }, () => tell({ good: true }))))
      await play.clock.until(Promise.all(Array.from({ length: 5 }, () => tell({ id: 'x', good: true }))))
      const [row] = await play.rows(stack)
      assert.equal((await play.store.signals(row?.id ?? '')).length, 11)
      await tell({ good: true })
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'is told by an event as Heat tells it, or not at all where there was nothing to do (§12)',
    playing(async (play) => {
      const stack = await waiting(play)
      await play.signal(stack, 'l')
      await play.signal(stack, 'l', 'a text')
      await play.signal(stack, 'l', { nothing: true })
      await play.signal(stack, 'l', { good: true })
      const events = await play.store.listEvents([stack.id], {
        sortDir: 'asc',
        filters: { resource_action: ['SIGNAL'] },
      })
      assert.deepEqual(
        events.map(({ statusReason }) => statusReason),
        ['No signal details provided', 'a text', 'Signal: good news'],
      )
    }),
  )

  it(
    'is refused where nobody can make anything of it',
    playing(async (play) => {
      const stack = await waiting(play, {}, { t: thing(), later: thingOn(['l']) })
      const refusal = (resource: string, details?: JsonMap) =>
        play.signal(stack, resource, details).then(
          () => 'accepted',
          (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
        )
      assert.equal(
        await refusal('t', {}),
        'ResourceActionNotSupported: signal is not supported for resource.',
      )
      assert.equal(await refusal('later'), 'ResourceNotAvailable: The Resource (later) is not available.')
      assert.equal(
        await refusal('none'),
        'ResourceNotFound: The Resource (none) could not be found in Stack web.',
      )
      assert.equal(await refusal('l', { good: 'perhaps' }), 'ValueError: It must be good or bad')
      assert.match(await refusal('l', { good: true, x: 'x'.repeat(70_000) }), /^RequestLimitExceeded/)
      assert.match(await refusal('l', { good: true, id: 'x'.repeat(300) }), /^RequestLimitExceeded/)
    }),
  )

  it(
    'is refused, and an event tells of it, when the resource goes or is suspended (§12)',
    playing(async (play) => {
      play.yard.pace.deleteMs = 60_000
      const stack = await waiting(play)
      await play.signal(stack, 'l', { good: true })
      await play.settled(stack)
      await play.delete(stack)
      await play.when(async () => (await play.row(stack, 'l')).action === 'DELETE')
      await assert.rejects(play.signal(stack, 'l', { good: true }), {
        message: 'Signal resource during DELETE is not supported.',
      })
      const events = await play.store.listEvents([stack.id], { resource: 'l' })
      assert.ok(events.some(({ statusReason }) => statusReason === 'Cannot signal resource during DELETE'))
    }),
  )
})

const callerOf = ({ projectId }: StackIdentity) => ({
  ...{ userId: 'anna', userName: 'Anna', projectId, projectName: 'Project', roles: ['member'] },
  isAdmin: false,
})
