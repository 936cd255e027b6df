import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { refusal, unreachable } from '../../../src/testing/yard.ts'
import { playing, withNext } from '../playing.ts'
import { hot, tester, thing, thingOn } from '../templates.ts'

describe('updating a resource', () => {
  it(
    'changes in place what can be, and leaves alone what has not changed (§5)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing({ size: 1 }), b: thing({ size: 1 }) }))
      await play.settled(stack)
      const before = await play.rows(stack)
      play.yard.deeds.length = 0
      await play.update(stack, hot({ a: thing({ size: 2 }), b: thing({ size: 1 }) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(play.yard.deeds, [`update ${play.yard.of('a')?.name}`])
      assert.equal(play.yard.of('a')?.size, 2)
      assert.deepEqual(
        (await play.rows(stack)).map(({ physicalId }) => physicalId),
        before.map(({ physicalId }) => physicalId),
      )
      assert.deepEqual(
        await play.row(stack, 'b'),
        before.find(({ name }) => name === 'b'),
      )
      assert.deepEqual((await play.events(stack)).slice(-4), [
        ...['web UPDATE_IN_PROGRESS', 'a UPDATE_IN_PROGRESS', 'a UPDATE_COMPLETE', 'web UPDATE_COMPLETE'],
      ])
    }),
  )

  it(
    'makes and deletes what came and went with the template',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing(), b: thingOn(['a']) }))
      await play.settled(stack)
      await play.update(stack, hot({ a: thing(), c: thingOn(['a']) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual([play.yard.of('b'), play.yard.of('c')?.base], [undefined, [play.yard.of('a')?.id]])
      assert.deepEqual((await play.rows(stack)).map(({ name }) => name).sort(), ['a', 'c'])
    }),
  )

  it(
    'makes another in its place where it can not be changed, before the old one goes, and what needs it goes over (§5)',
    playing(async (play) => {
      const template = (color: string) => hot({ a: thing({ color }), b: thingOn(['a']) })
      const stack = await play.create('web', template('red'))
      await play.settled(stack)
      const [old, user] = [play.yard.of('a'), play.yard.of('b')]
      play.yard.deeds.length = 0
      await play.update(stack, template('blue'))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      const [made] = [play.yard.of('a')]
      assert.deepEqual(play.yard.deeds, [
        `create ${made?.name}`,
        `update ${user?.name}`,
        `delete ${old?.name}`,
      ])
      assert.deepEqual([made?.color, play.yard.of('b')?.base, play.yard.disorder], ['blue', [made?.id], []])
      const row = await play.row(stack, 'a')
      assert.deepEqual([row.physicalId, row.replaces, row.replacedBy], [made?.id, null, null])
    }),
  )

  it(
    'does nothing when another word means the same thing (§5)',
    playing(async (play) => {
      const session = play.yard.session()
      const body = { thing: { name: 'ground' } }
      await play.clock.until(session.request({ service: ['yard'], method: 'POST', path: '/things', body }))
      const { id } = play.yard.things[0] ?? { id: '' }
      const stack = await play.create('web', hot({ a: thing({ base: ['ground'] }) }))
      await play.settled(stack)
      assert.deepEqual(play.yard.of('a')?.base, [id])
      play.yard.deeds.length = 0
      await play.update(stack, hot({ a: thing({ base: [id] }) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(play.yard.deeds, [])
      assert.deepEqual((await play.row(stack, 'a')).properties, { base: [id] })
    }),
  )

  it(
    'replaces where the type objects to a change in place (§5)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing({ size: 1 }) }))
      await play.settled(stack)
      const old = play.yard.of('a')
      await play.update(stack, hot({ a: thing({ size: 13 }) }))
      await play.settled(stack)
      assert.notEqual(play.yard.of('a')?.id, old?.id)
      assert.equal(play.yard.things.length, 1)
    }),
  )

  it(
    'replaces what is of another type now (§5)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing({ size: 1 }), b: thingOn(['a']) }))
      await play.settled(stack)
      await play.update(
        stack,
        hot({ a: { type: 'Test::Nameless', properties: { size: 1 } }, b: thingOn(['a']) }),
      )
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal((await play.row(stack, 'a')).type, 'Test::Nameless')
      assert.equal(play.yard.things.length, 2)
      assert.deepEqual(play.yard.disorder, [])
    }),
  )

  it(
    'replaces a whole chain, each before what it stood on goes',
    playing(async (play) => {
      const template = (color: string) =>
        hot({ a: thing({ color }), b: thingOn(['a'], { color }), c: thingOn(['b'], { color }) })
      const stack = await play.create('web', template('red'))
      await play.settled(stack)
      await play.update(stack, template('blue'))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(play.yard.disorder, [])
      assert.deepEqual(
        play.yard.things.map(({ color }) => color),
        ['blue', 'blue', 'blue'],
      )
    }),
  )

  it(
    'takes the steps of a change one by one',
    playing(async (play) => {
      const pair = (size: number, weight: number) => ({ type: 'Test::Pair', properties: { size, weight } })
      const stack = await play.create('web', hot({ a: pair(1, 1) }))
      await play.settled(stack)
      const patches: unknown[] = []
      play.yard.interfere = (ask, act) => {
        if (ask.method === 'PATCH') patches.push(ask.body)
        return act()
      }
      await play.update(stack, hot({ a: pair(2, 2) }))
      await play.settled(stack)
      assert.deepEqual(patches, [{ thing: { size: 2 } }, { thing: { weight: 2 } }])
    }),
  )

  it(
    'takes away what is not said any more (§5)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing({ size: 1, labels: { x: 1 } }) }))
      await play.settled(stack)
      assert.deepEqual(play.yard.of('a')?.labels, { x: 1 })
      await play.update(stack, hot({ a: thing() }))
      await play.settled(stack)
      assert.deepEqual([play.yard.of('a')?.size, play.yard.of('a')?.labels], [null, null])
    }),
  )

  it(
    'follows a value that another resource gives',
    playing(async (play) => {
      const template = (value: string) =>
        hot({ a: tester({ value }), b: thing({ name: { get_attr: ['a', 'output'] } }) })
      const stack = await play.create('web', template('one'))
      await play.settled(stack)
      await play.update(stack, template('two'))
      await play.settled(stack)
      assert.deepEqual(
        play.yard.things.map(({ name }) => name),
        ['two'],
      )
    }),
  )

  it(
    'tries again when the cloud can not be reached',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing({ size: 1 }) }))
      await play.settled(stack)
      play.yard.interfere = withNext(2, 'PATCH', async () => {
        throw unreachable()
      })
      await play.update(stack, hot({ a: thing({ size: 2 }) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(play.yard.of('a')?.size, 2)
    }),
  )

  describe('that failed before', () => {
    const refuse = (count: number) =>
      withNext(count, 'PATCH', async (_ask, act) => {
        await act()
        throw refusal('Not like that.', { kind: 'bad-request', status: 400 })
      })

    it(
      'does again whatever the failed one may have done, though the template goes back',
      playing(async (play) => {
        const stack = await play.create('web', hot({ a: thing({ size: 1 }) }))
        await play.settled(stack)
        play.yard.interfere = refuse(1)
        await play.update(stack, hot({ a: thing({ size: 2 }) }))
        const { statusReason } = await play.settled(stack)
        assert.match(statusReason, /^Resource UPDATE failed: BadRequest: resources\.a: Not like that\./)
        assert.equal(play.yard.of('a')?.size, 2)
        await play.update(stack, hot({ a: thing({ size: 1 }) }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(play.yard.of('a')?.size, 1)
        assert.equal((await play.row(stack, 'a')).intent, null)
      }),
    )

    it(
      'takes back what the failed one had added, though neither template says it',
      playing(async (play) => {
        const stack = await play.create('web', hot({ a: thing() }))
        await play.settled(stack)
        play.yard.interfere = refuse(1)
        await play.update(stack, hot({ a: thing({ size: 2 }) }))
        await play.settled(stack)
        await play.update(stack, hot({ a: thing() }))
        await play.settled(stack)
        assert.equal(play.yard.of('a')?.size, null)
      }),
    )

    it(
      'does not forget what an earlier failure may have done while another fails',
      playing(async (play) => {
        const pair = (size: number, weight: number) => ({ type: 'Test::Pair', properties: { size, weight } })
        const stack = await play.create('web', hot({ a: pair(1, 1) }))
        await play.settled(stack)
        play.yard.interfere = refuse(1)
        await play.update(stack, hot({ a: pair(2, 1) }))
        await play.settled(stack)
        play.yard.interfere = withNext(1, 'PATCH', async () => {
          throw refusal('Not at all.', { kind: 'bad-request', status: 400 })
        })
        await play.update(stack, hot({ a: pair(1, 3) }))
        assert.equal((await play.settled(stack)).status, 'FAILED')
        await play.update(stack, hot({ a: pair(1, 1) }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual([play.yard.of('a')?.size, play.yard.of('a')?.weight], [1, 1])
      }),
    )

    it(
      'mends what can be mended in place, and says of it that it is complete (§5)',
      playing(async (play) => {
        const stack = await play.create('web', hot({ a: thing({ size: 1 }) }))
        await play.settled(stack)
        const { id } = play.yard.of('a') ?? {}
        play.yard.interfere = refuse(1)
        await play.update(stack, hot({ a: thing({ size: 2 }) }))
        await play.settled(stack)
        await play.update(stack, hot({ a: thing({ size: 2 }) }))
        await play.settled(stack)
        const { physicalId, status, statusReason } = await play.row(stack, 'a')
        assert.deepEqual([physicalId, status, statusReason], [id, 'COMPLETE', 'state changed'])
      }),
    )

    it(
      'replaces what is past mending (§5)',
      playing(
        async (play) => {
          play.yard.failing.set('a', 1)
          const stack = await play.create('web', hot({ a: thing() }))
          assert.equal((await play.settled(stack)).status, 'FAILED')
          const { id } = play.yard.of('a') ?? {}
          await play.update(stack, hot({ a: thing() }))
          assert.equal((await play.settled(stack)).status, 'COMPLETE')
          assert.equal(play.yard.things.length, 1)
          assert.notEqual(play.yard.of('a')?.id, id)
        },
        { options: { actionRetryLimit: 0 } },
      ),
    )

    it(
      'finishes what was never finished, the calls after the object with it',
      playing(
        async (play) => {
          play.yard.interfere = withNext(1, 'PATCH', async () => {
            throw refusal('No labels today.', { kind: 'bad-request', status: 400 })
          })
          const stack = await play.create('web', hot({ a: thing({ size: 1, labels: { x: 1 } }) }))
          assert.equal((await play.settled(stack)).status, 'FAILED')
          const { id } = play.yard.of('a') ?? {}
          await play.update(stack, hot({ a: thing({ size: 1, labels: { x: 1 } }) }))
          assert.equal((await play.settled(stack)).status, 'COMPLETE')
          assert.deepEqual([play.yard.of('a')?.id, play.yard.of('a')?.labels], [id, { x: 1 }])
        },
        { options: { actionRetryLimit: 0 } },
      ),
    )

    it(
      'marks as failed while it is updated what failed before it was begun',
      playing(async (play) => {
        const stack = await play.create('web', hot({ a: thing({ base: [] }) }))
        await play.settled(stack)
        await play.update(stack, hot({ a: thing({ base: ['nowhere'] }) })).catch(() => {})
        const text = { list_join: [',', { get_attr: ['b', 'output'] }] }
        await play.update(stack, hot({ a: thing({ name: text }), b: tester({ value: 'x' }) }))
        const { statusReason } = await play.settled(stack)
        assert.match(statusReason, /^Resource UPDATE failed: /)
        const { action, status } = await play.row(stack, 'a')
        assert.deepEqual([action, status], ['UPDATE', 'FAILED'])
      }),
    )
  })

  describe('that must not be', () => {
    it(
      'refuses to change what may never change (§5)',
      playing(async (play) => {
        const stack = await play.create('web', hot({ a: thing({ origin: 'here' }) }))
        await play.settled(stack)
        await play.update(stack, hot({ a: thing({ origin: 'there' }) }))
        const { statusReason } = await play.settled(stack)
        const what = 'Update to properties origin of a (Test::Thing) is not supported.'
        assert.equal(statusReason, `Resource UPDATE failed: NotSupported: resources.a: ${what}`)
        assert.equal(play.yard.of('a')?.origin, 'here')
      }),
    )

    it(
      'does not do what the environment restricts, and leaves the resource as it is (§5)',
      playing(async (play) => {
        const resources = { a: { restricted_actions: ['update'] }, b: { restricted_actions: ['replace'] } }
        const environment = { resource_registry: { resources } }
        const template = (size: number, color: string) => hot({ a: thing({ size }), b: thing({ color }) })
        const stack = await play.create('web', template(1, 'red'), { environment })
        await play.settled(stack)
        const rows = await play.rows(stack)
        await play.update(stack, template(2, 'red'), { environment })
        const refused = 'ResourceActionRestricted: resources.a: update is restricted for resource.'
        assert.equal((await play.settled(stack)).statusReason, `Resource UPDATE failed: ${refused}`)
        await play.update(stack, template(1, 'blue'), { environment })
        assert.match(
          (await play.settled(stack)).statusReason,
          /resources\.b: replace is restricted for resource\.$/,
        )
        assert.deepEqual(await play.rows(stack), rows)
      }),
    )
  })
})
