import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Unavailable } from '../../../src/contract/problems.ts'
import type { Store } from '../../../src/store/index.ts'
import type { Scenario } from '../../../src/testing/scenario.ts'
import { lostAnswer } from '../../../src/testing/yard.ts'
import { playing, withNext } from '../playing.ts'
import { group, hot, tester, thing, thingOn } from '../templates.ts'

/** Two engines, one of which is waiting for the first thing of a stack, for a minute yet. */
async function building(play: Scenario, template: Parameters<Scenario['create']>[1]) {
  play.yard.pace.buildMs = 60_000
  const [first, second] = [await play.worker(), await play.worker()]
  const stack = await play.create('web', template)
  await play.when(() => play.yard.things.length === 1)
  const isFirst = first.deployer.stacks.length > 0
  return { stack, owner: isFirst ? first : second, other: isFirst ? second : first }
}

/** A store of which one method does something else first. */
function storeWith<K extends keyof Store>(
  store: Store,
  method: K,
  instead: (real: Store[K]) => Store[K],
): Store {
  const real = store[method].bind(store) as Store[K]
  return new Proxy(store, {
    get: (target, key) => (key === method ? instead(real) : Reflect.get(target, key).bind(target)),
  })
}

describe('taking up deployments', () => {
  it(
    'has one engine of many deploy a stack',
    playing(async (play) => {
      for (let i = 0; i < 4; i++) await play.worker()
      const stacks = await Promise.all(['a', 'b', 'c'].map((name) => play.create(name, hot({ x: thing() }))))
      for (const stack of stacks) assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual([play.yard.things.length, play.yard.deeds.length], [3, 3])
    }),
  )

  it(
    'finds work without being told of it',
    playing(async (play) => {
      play.hints.deaf = true
      const stack = await play.create('web', hot({ a: thing(), g: group(2, { type: 'Test::Thing' }) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      await play.update(stack, hot({ a: thing({ size: 2 }) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(play.yard.things, [])
    }),
  )

  it(
    'goes on with what a dead engine left, within seconds, and makes nothing twice',
    playing(
      async (play) => {
        const {
          stack,
          owner: dead,
          other: heir,
        } = await building(play, hot({ a: thing(), b: thingOn(['a']) }))
        dead.life.end()
        const died = play.clock.now()
        await play.when(() => heir.deployer.stacks.includes(stack.id))
        assert.ok(play.clock.now() - died < 7000)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(play.yard.deeds.length, 2)
      },
      { workers: 0 },
    ),
  )

  it(
    'takes over sooner than an engine counts as dead when the broker hands out its work again (§2)',
    playing(
      async (play) => {
        const { stack, owner: dead, other: heir } = await building(play, hot({ a: thing() }))
        dead.life.end()
        const died = play.clock.now()
        play.hints.handAgain(stack.id)
        await play.when(() => heir.deployer.stacks.includes(stack.id))
        assert.ok(play.clock.now() - died <= 3000, `${play.clock.now() - died} ms`)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(play.yard.deeds.length, 1)
      },
      { workers: 0 },
    ),
  )

  it(
    'leaves an engine its work that has lost no more than the broker (§2)',
    playing(
      async (play) => {
        const { stack, owner, other } = await building(play, hot({ a: thing() }))
        play.hints.handAgain(stack.id)
        await play.clock.pass(10_000)
        assert.deepEqual([owner.deployer.stacks, other.deployer.stacks], [[stack.id], []])
        assert.equal((await play.store.deployment(stack.id))?.fence, 1)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
      },
      { workers: 0 },
    ),
  )

  it(
    'hands over at once what it has when it is stopped, while requests under way may take their time (§2)',
    playing(
      async (play) => {
        const { stack, owner: leaving, other: heir } = await building(play, hot({ a: thing() }))
        const asked = play.clock.now()
        await play.clock.until(leaving.deployer.stop())
        await play.when(() => heir.deployer.stacks.includes(stack.id))
        assert.ok(play.clock.now() - asked < 1000, `${play.clock.now() - asked} ms`)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(play.yard.deeds.length, 1)
      },
      { workers: 0 },
    ),
  )

  it(
    'stops in the end though a cloud does not answer, and leaves what it had to the others (§2)',
    playing(
      async (play) => {
        const [first] = [await play.worker({ options: { drainMs: 20_000 } })]
        let silent = true
        play.yard.interfere = async (ask, act) => {
          if (ask.method === 'POST' && silent) await new Promise(() => {})
          return act()
        }
        const stack = await play.create('web', hot({ a: thing() }))
        await play.when(() => first.deployer.stacks.length === 1)
        await play.clock.pass(500)
        const asked = play.clock.now()
        await play.clock.until(first.deployer.stop())
        assert.equal(play.clock.now() - asked, 20_000)
        silent = false
        await play.worker()
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
      },
      { workers: 0 },
    ),
  )

  it(
    'takes over at once when no other engine shares the store',
    playing(
      async (play) => {
        play.yard.pace.buildMs = 60_000
        const first = await play.worker()
        const stack = await play.create('web', hot({ a: thing() }))
        await play.when(() => play.yard.things.length === 1)
        first.life.end()
        const died = play.clock.now()
        const second = await play.worker({ options: { alone: true } })
        await play.when(() => second.deployer.stacks.length > 0)
        assert.ok(play.clock.now() - died < 1000)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
      },
      { workers: 0 },
    ),
  )

  it(
    'gives up what is under way when it is stopped, and another goes on from there',
    playing(
      async (play) => {
        play.yard.pace.buildMs = 60_000
        const first = await play.worker()
        const stack = await play.create(
          'web',
          hot({ a: thing(), b: thingOn(['a']), g: group(1, { type: 'Test::Thing' }) }),
        )
        await play.when(() => play.yard.things.length === 2)
        const begun = play.clock.now()
        await play.clock.until(first.deployer.stop())
        assert.ok(play.clock.now() - begun < 1000)
        assert.deepEqual(await play.store.engines(), [])
        assert.equal((await play.store.deployment(stack.id))?.engineId, null)
        assert.deepEqual((await play.row(stack, 'a')).status, 'IN_PROGRESS')
        await play.worker()
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(play.yard.deeds.length, 3)
        assert.deepEqual(
          (await play.events(stack)).filter((event) => event.startsWith('a ')),
          [...['a CREATE_IN_PROGRESS', 'a CREATE_COMPLETE']],
        )
      },
      { workers: 0 },
    ),
  )

  it(
    'begins nothing more when it is stopped, however much is waiting',
    playing(
      async (play) => {
        const first = await play.worker()
        const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`t${i}`, thing()]))
        const made = play.create('web', hot(many))
        play.yard.interfere = async (ask, act) => {
          if (ask.method === 'POST' && play.yard.things.length === 0) stopped = first.deployer.stop()
          return act()
        }
        let stopped: Promise<void> | undefined
        const stack = await made
        await play.when(() => stopped !== undefined)
        await play.clock.until(stopped ?? Promise.resolve())
        assert.ok(play.yard.things.length < 200, `${play.yard.things.length} were made`)
        await play.worker()
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(play.yard.things.length, 300)
      },
      { workers: 0 },
    ),
  )

  it(
    'does no harm once another engine has its place, and does not take it back',
    playing(
      async (play) => {
        const first = await play.worker()
        const stack = await play.create(
          'web',
          hot({ a: tester({ wait_secs: 30 }), b: thing({}, { depends_on: ['a'] }) }),
        )
        await play.when(() => first.deployer.stacks.length === 1)
        const second = await play.worker()
        const deployment = await play.store.deployment(stack.id)
        assert.ok(deployment !== undefined)
        await play.store.claim(deployment, 'somebody else')
        await play.when(async () => (await play.store.deployment(stack.id))?.pending === false)
        await play.clock.pass(10_000)
        assert.deepEqual([...first.deployer.stacks, ...second.deployer.stacks], [])
        const { fence } = (await play.store.deployment(stack.id)) ?? {}
        assert.ok(fence !== undefined && fence === 3, `the deployment changed hands ${fence} times`)
        assert.equal((await play.store.stack(stack.id))?.status, 'COMPLETE')
        assert.equal(play.yard.deeds.length, 1)
      },
      { workers: 0 },
    ),
  )

  for (const [method, what] of [
    ['template', 'while it is read'],
    ['ownedPhysicalIds', 'while what is lost is looked for'],
    ['finish', 'when it ends'],
  ] as const) {
    it(
      `takes a deployment up again that broke off ${what} because the store was away`,
      playing(
        async (play) => {
          let failures = 2
          const broken = storeWith(
            play.store,
            method,
            (real) =>
              (async (...args: never[]) => {
                if (failures-- > 0) throw Unavailable({ message: 'The database can not be reached now.' })
                return await (real as (...given: never[]) => Promise<unknown>)(...args)
              }) as unknown as Store[typeof method],
          )
          await play.worker({ store: broken })
          play.yard.interfere = withNext(1, 'POST', async (_ask, act) => {
            await act()
            throw lostAnswer()
          })
          const stack = await play.create('web', hot({ a: thing() }))
          assert.equal((await play.settled(stack)).status, 'COMPLETE')
          assert.ok(failures < 0)
          assert.equal(play.yard.things.length, 1)
        },
        { workers: 0 },
      ),
    )
  }

  it(
    'begins though the store is away, and is at work when it is back (§2)',
    playing(
      async (play) => {
        let failures = 3
        const away = storeWith(play.store, 'heartbeat', (real) => async (engine) => {
          if (failures-- > 0) throw Unavailable({ message: 'The database can not be reached now.' })
          await real(engine)
        })
        await play.worker({ store: away })
        const stack = await play.create('web', hot({ a: thing() }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        await play.clock.pass(5000)
        assert.equal((await play.store.engines()).length, 1)
      },
      { workers: 0 },
    ),
  )

  it(
    'says that it is alive, and stops saying so when it is stopped',
    playing(
      async (play) => {
        const one = await play.worker({ options: { host: 'here' } })
        await play.clock.pass(3000)
        const [engine] = await play.store.engines()
        assert.equal(engine?.host, 'here')
        assert.ok((engine?.seenAt ?? 0) > (engine?.startedAt ?? 0))
        await play.clock.until(one.deployer.stop())
        assert.deepEqual(await play.store.engines(), [])
      },
      { workers: 0 },
    ),
  )
})
