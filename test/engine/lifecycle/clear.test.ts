import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lostAnswer, refusal, unreachable } from '../../../src/testing/yard.ts'
import { playing, withNext } from '../playing.ts'
import { hot, tester, thing, thingOn } from '../templates.ts'

describe('deleting resources', () => {
  it(
    'goes in the reverse order of their making, and waits until each is gone (§3)',
    playing(async (play) => {
      play.yard.pace.deleteMs = 5000
      const stack = await play.create('web', hot({ a: thing(), b: thingOn(['a']), c: thingOn(['b']) }))
      await play.settled(stack)
      await play.delete(stack)
      const { status, deletedAt } = await play.settled(stack)
      assert.equal(status, 'COMPLETE')
      assert.ok(deletedAt !== null)
      assert.deepEqual([play.yard.things, play.yard.disorder, await play.rows(stack)], [[], [], []])
    }),
  )

  it(
    'takes what is gone already for deleted (§4)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing() }))
      await play.settled(stack)
      const path = `/things/${play.yard.of('a')?.id}`
      await play.clock.until(play.yard.session().request({ service: ['yard'], method: 'DELETE', path }))
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'retains what is to be retained (§4)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing({}, { deletion_policy: 'Retain' }), b: thing() }))
      await play.settled(stack)
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(play.yard.things.length, 1)
      assert.deepEqual(
        (await play.events(stack)).filter((event) => event.startsWith('a DELETE')),
        ['a DELETE_IN_PROGRESS', 'a DELETE_COMPLETE'],
      )
    }),
  )

  it(
    'has the type take a snapshot first where that is wanted (§4)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing({}, { deletion_policy: 'Snapshot' }) }))
      await play.settled(stack)
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(play.yard.things, [])
    }),
  )

  it(
    'tries again while something is in the way (§4)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing() }))
      await play.settled(stack)
      play.yard.interfere = withNext(4, 'DELETE', async () => {
        throw refusal('In use.', { kind: 'conflict', status: 409 })
      })
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(play.yard.things, [])
    }),
  )

  it(
    'does not take a lost answer for a refusal',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing() }))
      await play.settled(stack)
      play.yard.interfere = withNext(1, 'DELETE', async (_ask, act) => {
        await act()
        throw lostAnswer()
      })
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    "fails with the cloud's own words, deletes what else it can, and can be asked again (§4)",
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing(), b: thingOn(['a']), c: thing() }))
      await play.settled(stack)
      play.yard.interfere = async (ask, act) => {
        if (ask.method !== 'DELETE' || !ask.path.endsWith(play.yard.of('b')?.id ?? '')) return act()
        throw refusal('Nobody may.', { kind: 'forbidden', status: 403 })
      }
      await play.delete(stack)
      const { status, statusReason } = await play.settled(stack)
      assert.equal(status, 'FAILED')
      assert.match(
        statusReason,
        /^Resource DELETE failed: Forbidden: resources\.b: Nobody may\. \(yard: HTTP 403/,
      )
      assert.deepEqual(
        (await play.rows(stack)).map(({ name, status: one }) => [name, one]),
        [
          ['a', 'COMPLETE'],
          ['b', 'FAILED'],
        ],
      )
      play.yard.interfere = (_ask, act) => act()
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(play.yard.things, [])
    }),
  )

  it(
    'deletes what a create made whose answer was lost and that had not been found yet',
    playing(async (play) => {
      let arrive: (() => void) | undefined
      play.yard.interfere = withNext(1, 'POST', async (_ask, act) => {
        arrive = () => void act()
        throw lostAnswer()
      })
      const stack = await play.create('web', hot({ a: thing() }))
      await play.when(() => arrive !== undefined)
      await play.delete(stack)
      arrive?.()
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual([play.yard.deeds.length, play.yard.things], [2, []])
    }),
  )

  it(
    'removes the twin of what it deletes',
    playing(
      async (play) => {
        play.yard.failing.set('a', 1)
        play.yard.pace.buildMs = 1000
        play.yard.interfere = withNext(1, 'POST', async (_ask, act) => {
          void play.clock.sleep(6000).then(act)
          throw lostAnswer()
        })
        const stack = await play.create('web', hot({ a: thing() }))
        assert.equal((await play.settled(stack)).status, 'FAILED')
        await play.clock.pass(10_000)
        assert.equal(play.yard.things.length, 2)
        // Whoever remembers the twin is about to go, so that it must not be given up now.
        play.yard.interfere = withNext(2, 'DELETE', async () => {
          throw unreachable()
        })
        await play.delete(stack)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(play.yard.things, [])
      },
      { options: { actionRetryLimit: 1 } },
    ),
  )

  it(
    'does not wait for what is being made when the stack is to go',
    playing(async (play) => {
      play.yard.pace.buildMs = 600_000
      const stack = await play.create(
        'web',
        hot({ a: thing(), b: thingOn(['a']), c: tester({ action_wait_secs: { create: 600 } }) }),
      )
      await play.when(() => play.yard.things.length === 1)
      const begun = play.clock.now()
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.ok(play.clock.now() - begun < 5000)
      assert.deepEqual([play.yard.deeds.length, play.yard.things], [2, []])
    }),
  )

  it(
    'cleans up what a create left that never came to an object of its own',
    playing(
      async (play) => {
        let posts = 0
        play.yard.interfere = withNext(99, 'POST', async (_ask, act) => {
          if (++posts === 1) return act()
          throw refusal('No room.', { kind: 'over-limit' })
        })
        const stack = await play.create('web', hot({ a: { type: 'Test::Pair', properties: { size: 1 } } }))
        assert.equal((await play.settled(stack)).status, 'FAILED')
        assert.equal(play.yard.things.length, 1)
        await play.delete(stack)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(play.yard.things, [])
      },
      { options: { actionRetryLimit: 0 } },
    ),
  )

  it(
    'orders by what an object may have come to need in an update that failed (§3)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing(), b: thingOn(['a'], { size: 1 }) }), {
        disableRollback: false,
      })
      await play.settled(stack)
      play.yard.interfere = withNext(1, 'PATCH', async (_ask, act) => {
        await act()
        throw refusal('So far and no further.', { kind: 'bad-request' })
      })
      await play.update(stack, hot({ a: thing(), n: thing(), b: thingOn(['n'], { size: 1 }) }))
      assert.equal((await play.settled(stack)).action, 'ROLLBACK')
      assert.deepEqual(play.yard.disorder, [])
      assert.deepEqual(play.yard.of('b')?.base, [play.yard.of('a')?.id])
      assert.equal(play.yard.of('n'), undefined)
    }),
  )

  it(
    'refuses a type that nobody knows any more, and deletes a nested stack of one all the same',
    playing(async (play) => {
      const nested = 'heat_template_version: 2021-04-16\nresources: {x: {type: Test::Thing}}'
      const environment = { resource_registry: { 'My::Own': 'own.yaml' } }
      const files = { 'own.yaml': nested }
      const stack = await play.create('web', hot({ a: { type: 'My::Own' }, b: thing() }), {
        environment,
        files,
      })
      await play.settled(stack)
      await play.update(stack, hot({ b: thing() }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(
        play.yard.things.map(({ name }) => name.split('-').at(-2)),
        ['b'],
      )
    }),
  )
})
