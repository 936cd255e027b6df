import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { refusal } from '../../../src/testing/yard.ts'
import { playing, withNext } from '../playing.ts'
import { group, hot, tester, thing, thingOn } from '../templates.ts'

const rollback = { disableRollback: false }
const slow = (seconds: number, more = {}) => tester({ wait_secs: seconds, ...more })

describe('a deployment', () => {
  it(
    'ends with the whole truth on the stack and in its events (§6)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing() }))
      const { status, statusReason, action } = await play.settled(stack)
      assert.deepEqual(
        [action, status, statusReason],
        ['CREATE', 'COMPLETE', 'Stack CREATE completed successfully'],
      )
      const deployment = await play.store.deployment(stack.id)
      assert.deepEqual([deployment?.pending, deployment?.engineId], [false, null])
    }),
  )

  it(
    'tells on an update only what is new of a resource that an earlier run had told of',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing() }, { outputs: {} }))
      await play.settled(stack)
      const outputs = { size: { value: { get_attr: ['a', 'size'] } } }
      await play.update(stack, hot({ a: thing({}, { description: 'Seen.' }) }, { outputs }))
      await play.settled(stack)
      assert.deepEqual((await play.row(stack, 'a')).attributes, { size: null })
      assert.deepEqual((await play.events(stack)).slice(4), ['web UPDATE_IN_PROGRESS', 'web UPDATE_COMPLETE'])
    }),
  )

  describe('that is overtaken by an update', () => {
    it(
      'lets what is under way end, and goes on from there (§6)',
      playing(async (play) => {
        play.yard.pace.buildMs = 10_000
        const stack = await play.create('web', hot({ a: thing(), b: thingOn(['a']) }))
        await play.when(() => play.yard.things.length === 1)
        const { id } = play.yard.of('a') ?? {}
        await play.update(stack, hot({ a: thing({ size: 5 }), c: thingOn(['a']) }))
        const { action, status } = await play.settled(stack)
        assert.deepEqual([action, status], ['UPDATE', 'COMPLETE'])
        assert.deepEqual(
          play.yard.things.map(({ name }) => name.split('-')[1]),
          ['a', 'c'],
        )
        assert.deepEqual([play.yard.of('a')?.id, play.yard.of('a')?.size], [id, 5])
        assert.equal(play.yard.deeds.length, 3)
      }),
    )

    it(
      'goes on with the newest of several (§6)',
      playing(async (play) => {
        const stack = await play.create(
          'web',
          hot({ a: slow(20), b: thing({ size: 1 }, { depends_on: ['a'] }) }),
        )
        await play.clock.pass(1000)
        for (const size of [2, 3, 4]) {
          await play.update(stack, hot({ a: slow(20), b: thing({ size }, { depends_on: ['a'] }) }))
        }
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(
          play.yard.things.map(({ size }) => size),
          [4],
        )
        assert.equal(play.yard.deeds.length, 1)
      }),
    )

    it(
      'does not end before an update that came at the last moment (§6)',
      playing(
        async (play) => {
          const finish = play.store.finish.bind(play.store)
          let late: Promise<void> | undefined
          const racing = new Proxy(play.store, {
            get(target, key) {
              if (key !== 'finish') return Reflect.get(target, key).bind(target)
              return async (...args: Parameters<typeof finish>) => {
                late ??= play.calls.updateStack(
                  {
                    userId: 'anna',
                    userName: 'Anna',
                    projectId: 'project',
                    projectName: '',
                    roles: [],
                    isAdmin: false,
                  },
                  { stack, template: hot({ a: thing({ size: 9 }) }), existing: false },
                )
                await late
                return await finish(...args)
              }
            },
          })
          const stack = await play.create('web', hot({ a: thing() }))
          await play.worker({ store: racing })
          assert.equal((await play.settled(stack)).action, 'UPDATE')
          assert.equal(play.yard.of('a')?.size, 9)
        },
        { workers: 0 },
      ),
    )

    it(
      'takes a failure of what is not wanted any more for nothing',
      playing(async (play) => {
        const stack = await play.create('web', hot({ a: slow(10, { fail: true }), b: slow(20) }))
        await play.clock.pass(5000)
        await play.update(stack, hot({ b: slow(20) }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(
          (await play.rows(stack)).map(({ name }) => name),
          ['b'],
        )
      }),
    )
  })

  describe('that fails', () => {
    it(
      'leaves the stack as it is if that is wanted, and names the resource (§8)',
      playing(async (play) => {
        const stack = await play.create('web', hot({ a: thing(), b: tester({ fail: true }) }))
        const { action, status, statusReason } = await play.settled(stack)
        assert.deepEqual([action, status], ['CREATE', 'FAILED'])
        assert.equal(statusReason, 'Resource CREATE failed: ValueError: resources.b: Test Resource failed b')
        assert.equal(play.yard.things.length, 1)
      }),
    )

    it(
      'goes back to nothing if it never was anything (§8)',
      playing(async (play) => {
        const stack = await play.create('web', hot({ a: thing(), b: tester({ fail: true }) }), rollback)
        const { action, status, deletedAt } = await play.settled(stack)
        assert.deepEqual([action, status, deletedAt], ['ROLLBACK', 'COMPLETE', null])
        assert.deepEqual([play.yard.things, await play.rows(stack)], [[], []])
        assert.ok((await play.events(stack)).includes('web CREATE_FAILED'))
      }),
    )

    it(
      'goes back to nothing again when an update after that fails too (§8)',
      playing(async (play) => {
        const fails = hot({ a: thing(), b: tester({ fail: true }, { depends_on: ['a'] }) })
        const stack = await play.create('web', fails, rollback)
        await play.settled(stack)
        await play.update(stack, fails)
        assert.deepEqual((await play.settled(stack)).action, 'ROLLBACK')
        assert.deepEqual(play.yard.things, [])
      }),
    )

    it(
      'goes back to the template that last was complete (§8)',
      playing(async (play) => {
        const stack = await play.create('web', hot({ a: thing({ size: 1 }) }), rollback)
        await play.settled(stack)
        const fails = hot({
          a: thing({ size: 2 }),
          n: thing(),
          b: tester({ fail: true }, { depends_on: ['a', 'n'] }),
        })
        await play.update(stack, fails, { disableRollback: true })
        assert.equal((await play.settled(stack)).action, 'UPDATE')
        await play.update(stack, fails, { disableRollback: false })
        const { action, status } = await play.settled(stack)
        assert.deepEqual([action, status], ['ROLLBACK', 'COMPLETE'])
        assert.deepEqual(
          play.yard.things.map(({ size }) => size),
          [1],
        )
        assert.deepEqual(
          await play.clock.until(play.calls.showTemplate(caller, { stack })),
          hot({ a: thing({ size: 1 }) }),
        )
      }),
    )

    it(
      'follows an update that comes while it goes back (§8)',
      playing(async (play) => {
        play.yard.pace.deleteMs = 20_000
        const stack = await play.create(
          'web',
          hot({ a: thing(), b: tester({ fail: true }, { depends_on: ['a'] }) }),
          rollback,
        )
        await play.when(() => play.yard.of('a')?.status === 'DELETING')
        await play.update(stack, hot({ a: thing({ size: 3 }) }))
        const { action, status } = await play.settled(stack)
        assert.deepEqual([action, status], ['UPDATE', 'COMPLETE'])
        assert.deepEqual(
          play.yard.things.map(({ size }) => size),
          [3],
        )
      }),
    )

    it(
      'leaves the rest when going back fails (§8)',
      playing(async (play) => {
        const stack = await play.create('web', hot({ a: thing({ size: 1 }) }), rollback)
        await play.settled(stack)
        play.yard.interfere = withNext(9, 'PATCH', async () => {
          throw refusal('Never.', { kind: 'bad-request' })
        })
        await play.update(stack, hot({ a: thing({ size: 2 }) }))
        const { action, status, statusReason } = await play.settled(stack)
        assert.deepEqual([action, status], ['ROLLBACK', 'FAILED'])
        assert.match(statusReason, /resources\.a: Never\./)
      }),
    )

    it(
      'does not leave resources behind that look as if somebody were at them',
      playing(
        async (play) => {
          play.yard.pace.buildMs = 3_600_000
          const first = await play.worker()
          const stack = await play.create('web', hot({ a: thing() }), { timeoutMins: 1 })
          await play.when(() => play.yard.things.length === 1)
          first.life.end()
          await play.clock.pass(120_000)
          await play.worker()
          const { status, statusReason } = await play.settled(stack)
          assert.deepEqual([status, statusReason], ['FAILED', 'Timed out'])
          const row = await play.row(stack, 'a')
          assert.deepEqual([row.status, row.statusReason], ['FAILED', 'CREATE aborted (Timed out)'])
          assert.ok((await play.events(stack)).includes('a CREATE_FAILED'))
          await play.delete(stack)
          assert.equal((await play.settled(stack)).status, 'COMPLETE')
          assert.deepEqual(play.yard.things, [])
        },
        { workers: 0 },
      ),
    )
  })

  it(
    'rolls nothing back in the name of an engine that lost its place',
    playing(
      async (play) => {
        const stolen = new Proxy(play.store, {
          get(target, key) {
            const method = Reflect.get(target, key)
            if (key !== 'write') return method.bind(target)
            return async (change: Parameters<typeof target.write>[0]) => {
              if (change.next !== undefined) {
                const deployment = await target.deployment(stack.id)
                assert.ok(deployment !== undefined)
                const owner = await target.claim(deployment, 'thief')
                assert.ok(owner !== undefined)
                const row = await target.stack(stack.id)
                assert.ok(row !== undefined)
                await target.finish(owner, deployment.request, {
                  owner,
                  stack: { ...row, status: 'COMPLETE' },
                })
              }
              return await target.write(change)
            }
          },
        })
        const stack = await play.create('web', hot({ a: tester({ fail: true }) }), rollback)
        await play.worker({ store: stolen })
        await play.when(async () => (await play.store.deployment(stack.id))?.pending === false)
        await play.clock.pass(5000)
        const row = await play.store.stack(stack.id)
        assert.deepEqual([row?.action, row?.status], ['CREATE', 'COMPLETE'])
      },
      { workers: 0 },
    ),
  )

  it(
    'gives a very long time-out all its time (§8)',
    playing(
      async (play) => {
        const days = 40
        const stack = await play.create('web', hot({ a: slow(days * 24 * 3600) }), {
          timeoutMins: 60 * 24 * 60,
        })
        await play.clock.pass(days * 24 * 3600_000 + 60_000)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
      },
      { options: { heartbeatMs: 24 * 3600_000 } },
    ),
  )

  it(
    'counts the time-out of an update from the update (§8)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: slow(50) }), { timeoutMins: 1 })
      await play.settled(stack)
      await play.clock.pass(600_000)
      await play.update(stack, hot({ a: slow(50), b: slow(50) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'times a whole tree out at once (§8)',
    playing(async (play) => {
      const member = { type: 'OS::Heat::TestResource', properties: { wait_secs: 600 } }
      const stack = await play.create('web', hot({ g: group(2, member) }), { timeoutMins: 1 })
      const begun = play.clock.now()
      assert.deepEqual((await play.settled(stack)).statusReason, 'Timed out')
      assert.ok(play.clock.now() - begun < 70_000)
      const children = await play.store.children(stack.id)
      assert.deepEqual(
        children.map(({ status }) => status),
        ['FAILED'],
      )
    }),
  )
})

const caller = {
  userId: 'anna',
  userName: 'Anna',
  projectId: 'project',
  projectName: '',
  roles: [],
  isAdmin: false,
}
