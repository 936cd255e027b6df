import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DatabaseTrouble } from '../../../src/testing/mortal.ts'
import type { Worker } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { hot, thing } from '../templates.ts'

describe('an engine that was asleep', () => {
  it(
    'does not ask a cloud for what it was about to, for another engine has its place',
    playing(
      async (play) => {
        let sleeper: Worker | undefined
        let writes = 0
        // It falls asleep with its second write, which says what it is about to make; the first makes it the owner.
        const writing: DatabaseTrouble['writing'] = async () => {
          if (sleeper !== undefined && ++writes === 2) sleeper.life.freeze()
          return 'well'
        }
        sleeper = await play.worker({ trouble: { reading: async () => {}, writing } })
        writes = 0
        const stack = await play.create('web', hot({ a: thing() }))
        await play.when(() => sleeper?.life.isFrozen === true)
        assert.equal((await play.row(stack, 'a')).intent?.does, 'create')
        assert.deepEqual(play.yard.deeds, [])
        await play.worker()
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        sleeper.life.thaw()
        await play.clock.pass(30_000)
        assert.equal(play.yard.deeds.length, 1)
        assert.equal(play.yard.things.length, 1)
      },
      { workers: 0 },
    ),
  )

  it(
    'makes no user either, of a stack that another engine has deleted meanwhile',
    playing(
      async (play) => {
        let sleeper: Worker | undefined
        const writing: DatabaseTrouble['writing'] = async () => {
          const [made] = play.users.projects
          if (made !== undefined) sleeper?.life.freeze()
          return 'well'
        }
        sleeper = await play.worker({ trouble: { reading: async () => {}, writing } })
        const stack = await play.create('web', hot({ h: { type: 'OS::Heat::WaitConditionHandle' } }))
        await play.when(() => sleeper?.life.isFrozen === true)
        await play.worker()
        await play.delete(stack)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        sleeper.life.thaw()
        await play.clock.pass(30_000)
        assert.equal(play.users.users.size, 0)
      },
      { workers: 0 },
    ),
  )

  it(
    'goes on when nobody took its place',
    playing(
      async (play) => {
        const sleeper = await play.worker()
        play.yard.interfere = async (_ask, act) => {
          sleeper.life.freeze()
          return await act()
        }
        const stack = await play.create('web', hot({ a: thing(), b: thing({}, { depends_on: 'a' }) }))
        await play.when(() => sleeper.life.isFrozen)
        await play.clock.pass(60_000)
        play.yard.interfere = (_ask, act) => act()
        sleeper.life.thaw()
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(play.yard.deeds.length, 2)
      },
      { workers: 0 },
    ),
  )
})

describe('the time', () => {
  it(
    'is the same for engines whose clocks differ, so that none believes that it is late',
    playing(
      async (play) => {
        const [slow, fast] = [-3_600_000, 7_200_000]
        await play.worker({ skew: () => slow })
        const second = await play.worker({ skew: () => fast })
        play.yard.pace.buildMs = 20_000
        const stack = await play.create('web', hot({ a: thing() }), { timeoutMins: 5 })
        await play.when(() => play.yard.things.length === 1)
        second.life.end()
        await play.worker({ skew: () => fast })
        const { status, statusReason } = await play.settled(stack)
        assert.equal(status, 'COMPLETE', statusReason)
        const { createdAt } = await play.row(stack, 'a')
        assert.ok(Math.abs(createdAt - play.clock.now()) < 60_000)
      },
      { workers: 0 },
    ),
  )
})
