import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { anna, type Scenario } from '../../src/testing/scenario.ts'
import { playing } from './playing.ts'
import { isProblem } from './problems.ts'
import { hot, thing } from './templates.ts'

const nobodyLeaves = new AbortController().signal
const call = (id: string, again = false) => ({ id, again, signal: nobodyLeaves })

describe('calls that arrive again', () => {
  it(
    'answers a create that was accepted by an engine that then died with the stack it made, not with a conflict (§2)',
    playing(async (play) => {
      const ask = { name: 'web', template: hot({ a: thing() }) }
      const { clock, calls } = play
      const first = await clock.until(calls.createStack(anna, ask, call('c1')))
      assert.deepEqual(await clock.until(calls.createStack(anna, ask, call('c1', true))), first)
      await assert.rejects(clock.until(calls.createStack(anna, ask, call('c2'))), isProblem('StackExists'))
      assert.equal((await play.settled(first)).status, 'COMPLETE')
      assert.equal(play.yard.deeds.length, 1)
      assert.equal(play.credentials.given.length - play.credentials.discarded.length, 1)
    }),
  )

  it(
    'answers it so too when both engines are at it at the same time (§2)',
    playing(async (play) => {
      const ask = { name: 'web', template: hot({ a: thing() }) }
      const both = [call('c1'), call('c1', true)].map((context) => play.calls.createStack(anna, ask, context))
      const [one, other] = await play.clock.until(Promise.all(both))
      assert.deepEqual(one, other)
      assert.equal((await play.store.listStacks('project', {}, [])).length, 1)
      assert.equal(play.credentials.given.length - play.credentials.discarded.length, 1)
    }),
  )

  it(
    'does not take back what was asked since, when an update arrives again (§2)',
    playing(async (play) => {
      const { clock, calls } = play
      const stack = await play.create('web', hot({ a: thing() }))
      await play.settled(stack)
      const update = (color: string) => ({ stack, template: hot({ a: thing({ color }) }), existing: false })
      await clock.until(calls.updateStack(anna, update('red'), call('u1')))
      await clock.until(calls.updateStack(anna, update('blue'), call('u2')))
      await clock.until(calls.updateStack(anna, update('red'), call('u1', true)))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(
        play.yard.things.map(({ color }) => color),
        ['blue'],
      )
    }),
  )

  it(
    'carries out a call again that was refused, for then nothing was done',
    playing(async (play) => {
      const { clock, calls } = play
      const ask = { name: 'web', template: hot({ a: thing() }) }
      const taken = await play.create('web', ask.template)
      await assert.rejects(clock.until(calls.createStack(anna, ask, call('c1'))), isProblem('StackExists'))
      await play.delete(taken)
      await play.settled(taken)
      assert.equal((await clock.until(calls.createStack(anna, ask, call('c1', true)))).id, 'c1')
    }),
  )
})

describe('other calls that arrive again', () => {
  const made = async (play: Scenario, of = hot({ a: thing() })) => {
    const stack = await play.create('web', of)
    await play.settled(stack)
    return stack
  }

  it(
    'answers with the one snapshot that was begun, and deletes what is left of one that was being deleted (§2)',
    playing(async (play) => {
      const { clock, calls } = play
      const stack = await made(play)
      const taken = await clock.until(calls.createSnapshot(anna, { stack, name: 's' }, call('s1')))
      await play.settled(stack)
      const again = await clock.until(calls.createSnapshot(anna, { stack, name: 's' }, call('s1', true)))
      assert.deepEqual([again.id, again.status], [taken.id, 'COMPLETE'])
      assert.equal((await clock.until(calls.listSnapshots(anna, { stack }))).length, 1)
      const ask = { stack, snapshot: taken.id }
      for (const isAgain of [false, true, true])
        await clock.until(calls.deleteSnapshot(anna, ask, call('d1', isAgain)))
      await assert.rejects(clock.until(calls.deleteSnapshot(anna, ask, call('d2'))), isProblem('NotFound'))
    }),
  )

  it(
    'takes one signal for one, though it has no ID of its own (§2)',
    playing(async (play) => {
      const { clock, calls, store } = play
      const stack = await made(play, hot({ w: { type: 'Test::Listener', properties: { count: 0 } } }))
      const ask = { stack, resource: 'w', details: { good: true } }
      for (const isAgain of [false, true, false])
        await clock.until(calls.signalResource(anna, ask, call('c1', isAgain)))
      const row = await play.row(stack, 'w')
      assert.equal((await store.signals(row.id)).length, 1)
      await clock.until(calls.signalResource(anna, ask, call('c2')))
      assert.equal((await store.signals(row.id)).length, 2)
    }),
  )

  it(
    'marks no resource that was made anew since (§2)',
    playing(async (play) => {
      const { clock, calls } = play
      const template = hot({ a: thing() })
      const stack = await made(play, template)
      const ask = { stack, resource: 'a', unhealthy: true }
      await clock.until(calls.markUnhealthy(anna, ask, call('m1')))
      await play.update(stack, template)
      await play.settled(stack)
      await clock.until(calls.markUnhealthy(anna, ask, call('m1', true)))
      assert.equal((await play.row(stack, 'a')).status, 'COMPLETE')
    }),
  )

  it(
    'tells again what an abandoned stack was, for nobody else could (§2)',
    playing(
      async (play) => {
        const { clock, calls } = play
        const stack = await made(play)
        const document = await clock.until(calls.abandonStack(anna, { stack }, call('a1')))
        await play.settled(stack)
        assert.deepEqual(await clock.until(calls.abandonStack(anna, { stack }, call('a1', true))), document)
        assert.match(JSON.stringify(document), /resource_id/)
      },
      { options: { enableStackAbandon: true } },
    ),
  )
})

describe('calls whose caller left', () => {
  it(
    'are not begun, whatever they ask (§2)',
    playing(async ({ calls, clock, store }) => {
      const left = { id: 'c1', again: false, signal: AbortSignal.abort(new Error('gone')) }
      const ask = { name: 'web', template: hot({ a: thing() }) }
      const gone = isProblem('HTTPServiceUnavailable', /Nobody waits/)
      await assert.rejects(clock.until(calls.createStack(anna, ask, left)), gone)
      await assert.rejects(clock.until(calls.previewStack(anna, ask, left)), gone)
      assert.deepEqual(await store.listStacks('project', {}, []), [])
    }),
  )

  it(
    'are carried out whole if they change something and were begun (§2)',
    playing(async (play) => {
      const leaving = new AbortController()
      const ask = { name: 'web', template: hot({ a: thing() }) }
      const made = play.calls.createStack(anna, ask, { id: 'c1', again: false, signal: leaving.signal })
      leaving.abort()
      assert.equal((await play.settled(await play.clock.until(made))).status, 'COMPLETE')
    }),
  )
})
