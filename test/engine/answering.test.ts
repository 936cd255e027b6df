import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { anna } from '../../src/testing/scenario.ts'
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
