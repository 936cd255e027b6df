import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lostAnswer, refusal, unreachable } from '../../../src/testing/yard.ts'
import { playing, withNext } from '../playing.ts'
import { hot, tester, thing, thingOn } from '../templates.ts'

const nameless = (properties = {}) => ({ type: 'Test::Nameless', properties })

describe('creating a resource', () => {
  it(
    'has on record what it is about to ask before the cloud is asked, and what came of it',
    playing(
      async (play) => {
        const intents: unknown[] = []
        const stack = await play.create('web', hot({ a: thing({ size: 3 }) }))
        play.yard.interfere = async (ask, act) => {
          const [row] = await play.store.resources(stack.id)
          if (ask.method === 'POST') intents.push([row?.intent?.does, row?.physicalId, row?.status])
          return act()
        }
        await play.worker()
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(intents, [['create', null, 'IN_PROGRESS']])
        const row = await play.row(stack, 'a')
        const { physicalId, reference, intent, status, action, properties } = row
        assert.equal(physicalId, play.yard.of('a')?.id)
        assert.equal(reference, physicalId)
        assert.deepEqual(
          { intent, status, action, properties },
          {
            ...{ intent: null, status: 'COMPLETE', action: 'CREATE', properties: { size: 3 } },
          },
        )
        assert.deepEqual(await play.events(stack), [
          ...['web CREATE_IN_PROGRESS', 'a CREATE_IN_PROGRESS', 'a CREATE_COMPLETE', 'web CREATE_COMPLETE'],
        ])
      },
      { workers: 0 },
    ),
  )

  it(
    'tells of the object as it is after all calls, not as the first one left it',
    playing(async (play) => {
      const labelled = (color: string) =>
        hot(
          { a: { type: 'Test::Labelled', properties: { labels: { color } } } },
          {
            outputs: {
              it: { value: { get_attr: ['a', 'labels'] } },
              all: { value: { get_attr: ['a', 'show', 'labels'] } },
            },
          },
        )
      const values = async () => (await play.shown(stack)).outputs?.map(({ output_value }) => output_value)
      const stack = await play.create('web', labelled('red'))
      await play.settled(stack)
      assert.deepEqual(await values(), [{ color: 'red' }, { color: 'red' }])
      await play.update(stack, labelled('blue'))
      await play.settled(stack)
      assert.deepEqual(await values(), [{ color: 'blue' }, { color: 'blue' }])
    }),
  )

  it(
    'waits until the cloud has finished, and then for what needs it (§4)',
    playing(async (play) => {
      play.yard.pace.buildMs = 30_000
      const stack = await play.create('web', hot({ a: thing(), b: thingOn(['a']) }))
      const begun = play.clock.now()
      await play.settled(stack)
      assert.ok(play.clock.now() - begun >= 60_000)
      assert.deepEqual(play.yard.disorder, [])
    }),
  )

  it(
    'remembers the attributes that others read (§4)',
    playing(async (play) => {
      const outputs = {
        title: { value: { get_attr: ['a', 'title'] } },
        size: { value: { get_attr: ['a', 'size'] } },
      }
      const stack = await play.create('web', hot({ a: thing({ name: 'own', size: 3 }) }, { outputs }))
      await play.settled(stack)
      assert.deepEqual((await play.row(stack, 'a')).attributes, { title: 'own:3', size: 3 })
    }),
  )

  describe('when the object fails in the cloud', () => {
    it(
      'deletes it and makes it anew (§4)',
      playing(async (play) => {
        play.yard.failing.set('a', 2)
        const stack = await play.create('web', hot({ a: thing() }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(play.yard.deeds.filter((deed) => deed.startsWith('create')).length, 3)
        assert.equal(play.yard.things.length, 1)
      }),
    )

    it(
      'gives up after a while, and tells how it failed first (§4)',
      playing(
        async (play) => {
          play.yard.failing.set('a', 99)
          const stack = await play.create('web', hot({ a: thing() }))
          const { status, statusReason } = await play.settled(stack)
          assert.equal(status, 'FAILED')
          assert.equal(
            statusReason,
            'Resource CREATE failed: ResourceInError: resources.a: Went to status ERROR due to "Unknown"',
          )
          assert.equal(play.yard.deeds.filter((deed) => deed.startsWith('create')).length, 3)
          assert.equal(play.yard.things.length, 1)
        },
        { options: { actionRetryLimit: 2 } },
      ),
    )

    it(
      'tells of the first failure even if what failed can not be deleted (§4)',
      playing(async (play) => {
        play.yard.failing.set('a', 99)
        play.yard.interfere = withNext(99, 'DELETE', async () => {
          throw refusal('It is stuck.', { kind: 'bad-request', status: 400 })
        })
        const stack = await play.create('web', hot({ a: thing() }))
        const { statusReason } = await play.settled(stack)
        assert.match(statusReason, /ResourceInError: resources\.a: Went to status ERROR/)
      }),
    )

    it(
      'makes it anew when it vanished before it was ready',
      playing(async (play) => {
        play.yard.pace.buildMs = 2000
        const stack = await play.create('web', hot({ a: thing() }))
        await play.when(() => play.yard.things.length === 1)
        const session = play.yard.session()
        const path = `/things/${play.yard.of('a')?.id}`
        await play.clock.until(session.request({ service: ['yard'], method: 'DELETE', path }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal((await play.row(stack, 'a')).physicalId, play.yard.of('a')?.id)
        assert.equal(play.yard.things.length, 1)
      }),
    )
  })

  it(
    "tells the cloud's own words, status and request ID when it is refused (§4)",
    playing(async (play) => {
      play.yard.interfere = withNext(1, 'POST', async () => {
        throw refusal('No room.', { kind: 'over-limit', status: 413, requestId: 'req-7' })
      })
      const stack = await play.create('web', hot({ a: thing() }))
      const { statusReason } = await play.settled(stack)
      assert.equal(
        statusReason,
        'Resource CREATE failed: OverQuota: resources.a: No room. (yard: HTTP 413, Request-ID: req-7)',
      )
      assert.equal(
        (await play.row(stack, 'a')).statusReason,
        statusReason.replace('Resource CREATE failed: ', ''),
      )
    }),
  )

  it(
    'asks again where the cloud says that what stands in the way may pass (§4)',
    playing(async (play) => {
      play.yard.interfere = withNext(2, 'POST', async () => {
        throw refusal('Busy.', { kind: 'conflict', status: 409 })
      })
      const stack = await play.create('web', hot({ a: thing() }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'goes on waiting while the cloud can not be reached',
    playing(async (play) => {
      play.yard.pace.buildMs = 5000
      play.yard.interfere = withNext(6, 'GET', async () => {
        throw unreachable()
      })
      const stack = await play.create('web', hot({ a: thing() }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(play.yard.things.length, 1)
    }),
  )

  it(
    'does not take it for an attribute that the cloud can not be reached',
    playing(async (play) => {
      play.yard.interfere = withNext(3, 'GET', async () => {
        throw unreachable()
      })
      const outputs = { title: { value: { get_attr: ['a', 'title'] } } }
      const stack = await play.create('web', hot({ a: thing({ name: 'own', size: 1 }) }, { outputs }))
      await play.settled(stack)
      assert.equal((await play.shown(stack)).outputs?.[0]?.output_value, 'own:1')
    }),
  )

  describe('when the answer is lost', () => {
    const arrives = withNext(1, 'POST', async (_ask, act) => {
      await act()
      throw lostAnswer()
    })

    it(
      'finds what was made by its name',
      playing(async (play) => {
        play.yard.interfere = Object.assign(arrives, { left: 1 })
        const stack = await play.create('web', hot({ a: thing() }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(play.yard.deeds.length, 1)
        assert.equal((await play.row(stack, 'a')).physicalId, play.yard.of('a')?.id)
      }),
    )

    it(
      'finds what was made by what it says, where it has no name',
      playing(async (play) => {
        play.yard.interfere = Object.assign(arrives, { left: 1 })
        const stack = await play.create('web', hot({ a: nameless({ size: 4 }) }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(play.yard.deeds.length, 1)
      }),
    )

    it(
      'asks again when nothing was made',
      playing(async (play) => {
        play.yard.interfere = withNext(2, 'POST', async () => {
          throw lostAnswer()
        })
        const stack = await play.create('web', hot({ a: thing() }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(play.yard.things.length, 1)
        assert.deepEqual((await play.row(stack, 'a')).notes, {})
      }),
    )

    for (const [what, resource] of [
      ['by its name', thing()],
      ['by what it says', nameless({ size: 4 })],
    ] as const) {
      it(
        `removes, known ${what}, what the lost request makes long after it was given up`,
        playing(async (play) => {
          play.yard.pace.buildMs = 30_000
          play.yard.interfere = withNext(1, 'POST', async (_ask, act) => {
            void play.clock.sleep(8000).then(act)
            throw lostAnswer()
          })
          const stack = await play.create('web', hot({ a: resource }))
          assert.equal((await play.settled(stack)).status, 'COMPLETE')
          assert.equal(play.yard.deeds.filter((deed) => deed.startsWith('create')).length, 2)
          assert.deepEqual(
            play.yard.things.map(({ id }) => id),
            [(await play.row(stack, 'a')).physicalId],
          )
        }),
      )
    }

    it(
      'gives each of two that look alike its own',
      playing(async (play) => {
        play.yard.interfere = Object.assign(arrives, { left: 2 })
        const stack = await play.create('web', hot({ a: nameless({ size: 1 }), b: nameless({ size: 1 }) }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        await assertEachOwnsOne(play, stack)
      }),
    )

    it(
      'leaves to another what that asked for and has no answer to yet',
      playing(async (play) => {
        let posts = 0
        play.yard.interfere = async (ask, act) => {
          if (ask.method !== 'POST') return act()
          if (++posts === 1) throw lostAnswer()
          const reply = await act()
          if (posts === 2) await play.clock.sleep(9000)
          return reply
        }
        const stack = await play.create('web', hot({ a: nameless({ size: 1 }), b: nameless({ size: 1 }) }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        await assertEachOwnsOne(play, stack)
      }),
    )

    it(
      'still knows of it when the resource is taken up again after it failed',
      playing(
        async (play) => {
          let arrive: (() => void) | undefined
          play.yard.interfere = withNext(1, 'POST', async (_ask, act) => {
            arrive = () => void act()
            throw lostAnswer()
          })
          const stack = await play.create('web', hot({ a: thing() }))
          assert.equal((await play.settled(stack)).status, 'FAILED')
          arrive?.()
          await play.update(stack, hot({ a: thing({ size: 2 }) }))
          assert.equal((await play.settled(stack)).status, 'COMPLETE')
          const [one, ...others] = play.yard.things
          assert.deepEqual([one?.id, one?.size, others], [(await play.row(stack, 'a')).physicalId, 2, []])
        },
        { options: { actionRetryLimit: 0 } },
      ),
    )
  })

  it(
    'makes a further object once, whatever becomes of the answer',
    playing(async (play) => {
      play.yard.interfere = withNext(1, 'POST', async (_ask, act) => {
        await act()
        throw lostAnswer()
      })
      const stack = await play.create('web', hot({ a: { type: 'Test::Pair', properties: { size: 1 } } }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(play.yard.things.length, 2)
      await play.delete(stack)
      await play.settled(stack)
      assert.deepEqual(play.yard.things, [])
    }),
  )

  it(
    'fails when the time of the stack is over, and says so (§8)',
    playing(async (play) => {
      play.yard.pace.buildMs = 3_600_000
      const stack = await play.create('web', hot({ a: thing(), b: thingOn(['a']) }), { timeoutMins: 1 })
      const begun = play.clock.now()
      const { status, statusReason } = await play.settled(stack)
      assert.deepEqual([status, statusReason], ['FAILED', 'Timed out'])
      assert.ok(play.clock.now() - begun < 62_000)
      const [a, ...others] = await play.rows(stack)
      assert.deepEqual(others, [])
      assert.deepEqual([a?.status, a?.statusReason], ['FAILED', 'CREATE aborted (Timed out)'])
    }),
  )

  it(
    'takes the time that the resource says it takes (§4)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: tester({ wait_secs: 90 }) }))
      const begun = play.clock.now()
      await play.settled(stack)
      assert.ok(play.clock.now() - begun >= 90_000)
    }),
  )
})

type Play = Parameters<Parameters<typeof playing>[0]>[0]

async function assertEachOwnsOne(play: Play, stack: { readonly id: string }): Promise<void> {
  const owned = (await play.rows(stack)).map(({ physicalId }) => physicalId)
  assert.deepEqual(play.yard.things.map(({ id }) => id).sort(), owned.sort())
  assert.equal(new Set(owned).size, 2)
}
