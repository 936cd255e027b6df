import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Scenario } from '../../../src/testing/scenario.ts'
import { refusal } from '../../../src/testing/yard.ts'
import { playing, withNext } from '../playing.ts'
import { hot, tester, thing, thingOn } from '../templates.ts'

const holder = (color: string, place = 'corner') => ({ type: 'Test::Holder', properties: { color, place } })
const breaks = tester({ fail: true }, { depends_on: ['a'] })
const rollback = { disableRollback: false }

/** Places and colors of the things that are there. */
const places = ({ yard }: Scenario) => yard.things.map(({ place, color }) => [place, color])

describe('replacing a resource', () => {
  it(
    'has the old object give up first what the new one needs (§5)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: holder('red') }))
      await play.settled(stack)
      await play.update(stack, hot({ a: holder('blue') }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(places(play), [['corner', 'blue']])
    }),
  )

  it(
    'knows which is to replace which before the old one gives anything up',
    playing(
      async (play) => {
        const stack = await play.create('web', hot({ a: holder('red') }))
        await play.worker()
        await play.settled(stack)
        const pairs: unknown[] = []
        play.yard.interfere = async (ask, act) => {
          if (ask.method === 'PATCH') {
            const [old, fresh] = await play.rows(stack)
            pairs.push([old?.replacedBy === fresh?.id, fresh?.replaces === old?.id, fresh?.physicalId])
          }
          return act()
        }
        await play.update(stack, hot({ a: holder('blue') }))
        await play.settled(stack)
        assert.deepEqual(pairs, [[true, true, null]])
      },
      { workers: 0 },
    ),
  )

  it(
    'gives the old object back what it gave up when something else fails (§5)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: holder('red'), b: thingOn(['a']) }), rollback)
      await play.settled(stack)
      const { id } = play.yard.of('a') ?? {}
      await play.update(stack, hot({ a: holder('blue'), b: thingOn(['a']), z: breaks }))
      const { action, status } = await play.settled(stack)
      assert.deepEqual([action, status], ['ROLLBACK', 'COMPLETE'])
      assert.deepEqual([play.yard.of('a')?.id, play.yard.of('b')?.base], [id, [id]])
      assert.deepEqual(places(play), [
        ['corner', 'red'],
        [null, null],
      ])
      const row = await play.row(stack, 'a')
      assert.deepEqual([row.replacedBy, row.notes], [null, {}])
      assert.deepEqual(play.yard.disorder, [])
    }),
  )

  it(
    'gives it back when the replacement itself fails',
    playing(
      async (play) => {
        const stack = await play.create('web', hot({ a: holder('red') }), rollback)
        await play.settled(stack)
        play.yard.failing.set('a', 1)
        await play.update(stack, hot({ a: holder('blue') }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(places(play), [['corner', 'red']])
      },
      { options: { actionRetryLimit: 0 } },
    ),
  )

  it(
    'does not give back what is no longer wanted by then',
    playing(
      async (play) => {
        const stack = await play.create('web', hot({ a: holder('red') }))
        await play.settled(stack)
        play.yard.failing.set('a', 1)
        await play.update(stack, hot({ a: holder('blue') }))
        assert.equal((await play.settled(stack)).status, 'FAILED')
        const elsewhere = { type: 'Test::Holder', properties: { color: 'red', place: 'centre' } }
        await play.update(stack, hot({ a: elsewhere }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(places(play), [['centre', 'red']])
      },
      { options: { actionRetryLimit: 0 } },
    ),
  )

  it(
    'goes back to what was there even if it never was of the last template',
    playing(async (play) => {
      const template = (color: string, more = {}) => hot({ a: thing({ color }), ...more })
      const stack = await play.create('web', template('red'), rollback)
      await play.settled(stack)
      const { id } = play.yard.of('a') ?? {}
      await play.update(stack, template('red', { b: thingOn(['a']) }))
      await play.settled(stack)
      await play.update(stack, template('blue', { b: thingOn(['a']), z: breaks }))
      assert.equal((await play.settled(stack)).action, 'ROLLBACK')
      assert.equal(play.yard.of('a')?.id, id)
      assert.equal(play.yard.things.length, 2)
    }),
  )

  it(
    'goes back inside a nested stack too',
    playing(async (play) => {
      const member = (color: string) => ({ type: 'Test::Thing', properties: { color } })
      const group = (color: string) => ({
        type: 'OS::Heat::ResourceGroup',
        properties: { count: 2, resource_def: member(color) },
      })
      const stack = await play.create('web', hot({ a: group('red') }), rollback)
      await play.settled(stack)
      const ids = play.yard.things.map(({ id }) => id)
      let calls = 0
      play.yard.interfere = withNext(2, 'POST', async (_ask, act) => {
        if (++calls === 2) throw refusal('No room.', { kind: 'over-limit' })
        return act()
      })
      await play.update(stack, hot({ a: group('blue') }))
      assert.equal((await play.settled(stack)).action, 'ROLLBACK')
      assert.deepEqual(
        play.yard.things.map(({ id, color }) => [id, color]),
        ids.map((id) => [id, 'red']),
      )
    }),
  )

  it(
    'replaces again what could not be replaced, and leaves nothing of the attempt behind',
    playing(
      async (play) => {
        const stack = await play.create('web', hot({ a: holder('red') }))
        await play.settled(stack)
        play.yard.failing.set('a', 1)
        await play.update(stack, hot({ a: holder('blue') }))
        assert.equal((await play.settled(stack)).status, 'FAILED')
        assert.equal((await play.rows(stack)).length, 2)
        await play.update(stack, hot({ a: holder('blue') }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(places(play), [['corner', 'blue']])
        const row = await play.row(stack, 'a')
        assert.deepEqual([row.replaces, row.replacedBy], [null, null])
      },
      { options: { actionRetryLimit: 0 } },
    ),
  )

  it(
    'keeps what it replaces if that is to be retained',
    playing(async (play) => {
      const template = (color: string) => hot({ a: thing({ color }, { deletion_policy: 'Retain' }) })
      const stack = await play.create('web', template('red'))
      await play.settled(stack)
      await play.update(stack, template('blue'))
      await play.settled(stack)
      assert.deepEqual(
        play.yard.things.map(({ color }) => color),
        ['red', 'blue'],
      )
      assert.equal((await play.rows(stack)).length, 1)
    }),
  )
})
