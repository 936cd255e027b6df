import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { StackIdentity } from '../../../src/contract/views.ts'
import { resource } from '../../../src/plugin/index.ts'
import { string } from '../../../src/schema/index.ts'
import { unavailable } from '../../../src/store/database.ts'
import type { Scenario } from '../../../src/testing/scenario.ts'
import { lostAnswer, unreachable } from '../../../src/testing/yard.ts'
import { yardService } from '../../../src/testing/yard-types.ts'
import { playing, withNext } from '../playing.ts'
import { hot, thing } from '../templates.ts'

const nameOf = ({ color }: { readonly color?: string }) => `the ${color} one`

/** Of each color there can be but one, as a volume can be attached to a server but once. */
const OnlyType = resource('Test::Only', {
  summary: 'The only thing of its color.',
  uses: { yard: yardService },
  lives: yardService.collection('things'),
  properties: { color: string('Its color.') },
  attributes: {},
  async create({ yard, props }) {
    const name = nameOf(props)
    return (await yard.things.list({ name }))[0] ?? (await yard.things.create({ name }))
  },
  find: async ({ yard, props }) => (await yard.things.list({ name: nameOf(props) }))[0],
})

const only = (color: string): JsonMap => ({ type: 'Test::Only', properties: { color } })

const nameless = (properties: JsonMap): JsonMap => ({ type: 'Test::Nameless', properties })

const created = ({ yard }: Scenario) => yard.deeds.filter((deed) => deed.startsWith('create')).length

async function assertOwnsAll(play: Scenario, stack: StackIdentity): Promise<void> {
  // Rows of one moment are in no order that could be told before.
  const owned = (await play.rows(stack)).map(({ physicalId }) => physicalId)
  assert.deepEqual(play.yard.things.map(({ id }) => id).sort(), owned.sort())
}

describe('finding again what a lost request made', () => {
  it(
    'takes it for no answer that the cloud is away',
    playing(async (play) => {
      play.yard.interfere = withNext(1, 'POST', async (_ask, act) => {
        await act()
        play.yard.interfere = withNext(8, 'GET', async () => {
          throw unreachable()
        })
        throw lostAnswer()
      })
      const stack = await play.create('web', hot({ a: thing() }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(created(play), 1)
    }),
  )

  it(
    'does not look for longer than the stack has time',
    playing(async (play) => {
      play.yard.interfere = async ({ method }) => {
        if (method === 'POST') throw lostAnswer()
        throw unreachable()
      }
      const stack = await play.create('web', hot({ a: thing() }), { timeoutMins: 1 })
      const { status, statusReason } = await play.settled(stack)
      assert.deepEqual([status, statusReason], ['FAILED', 'Timed out'])
    }),
  )

  it(
    'looks as long for what one made whose answer was waited for in vain a long time',
    playing(async (play) => {
      play.yard.interfere = withNext(1, 'POST', async (_ask, act) => {
        await play.clock.sleep(60_000)
        void play.clock.sleep(1000).then(act)
        throw lostAnswer()
      })
      const stack = await play.create('web', hot({ a: thing() }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(created(play), 1)
    }),
  )

  it(
    'removes what the same request made a second time on its way',
    playing(async (play) => {
      play.yard.pace.buildMs = 5000
      play.yard.interfere = withNext(1, 'POST', async (_ask, act) => {
        await act()
        void play.clock.sleep(1000).then(act)
        throw lostAnswer()
      })
      const stack = await play.create('web', hot({ a: thing() }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(created(play), 2)
      await assertOwnsAll(play, stack)
    }),
  )

  it(
    'leaves to the resource what an attempt that failed made, if there can be but one',
    playing(
      async (play) => {
        const stack = await play.create('web', hot({ a: only('red') }))
        await play.settled(stack)
        let arrive: (() => void) | undefined
        play.yard.interfere = withNext(1, 'POST', async (_ask, act) => {
          arrive = () => void act()
          throw lostAnswer()
        })
        await play.update(stack, hot({ a: only('blue') }))
        assert.equal((await play.settled(stack)).status, 'FAILED')
        arrive?.()
        await play.update(stack, hot({ a: only('blue') }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(
          play.yard.things.map(({ name }) => name),
          ['the blue one'],
        )
        await assertOwnsAll(play, stack)
      },
      { types: [OnlyType], options: { actionRetryLimit: 0 } },
    ),
  )

  it(
    'leaves alone what only looks like it and was made long after',
    playing(async (play) => {
      let isAway = false
      const loses = withNext(1, 'POST', async () => {
        throw lostAnswer()
      })
      play.yard.interfere = async (ask, act) => {
        // Whether there is a twin can not be found out while the stack is made, so it is looked for later.
        if (isAway && ask.path === '/things' && ask.method === 'GET') throw unreachable()
        if (ask.method === 'POST') isAway = loses.left === 0
        return loses(ask, act)
      }
      const stack = await play.create('web', hot({ a: nameless({ size: 4 }) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      play.yard.interfere = (_ask, act) => act()
      await play.clock.pass(2 * 3_600_000)
      const by = play.yard.session()
      const body = { thing: { size: 4 } }
      await play.clock.until(by.request({ service: ['yard'], method: 'POST', path: '/things', body }))
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(play.yard.things.length, 1)
    }),
  )

  it(
    'leaves what has a name to the resource that asked for it by that, if its own request gave none',
    playing(async (play) => {
      let isLost = false
      play.yard.interfere = async (ask, act) => {
        if (ask.method !== 'POST') return await act()
        if (JSON.stringify(ask.body).includes('web-b-')) {
          const made = await act()
          await play.clock.sleep(8000)
          return made
        }
        if (isLost) return await act()
        isLost = true
        throw lostAnswer()
      }
      const stack = await play.create('web', hot({ a: nameless({ size: 4 }), b: thing({ size: 4 }) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(created(play), 2)
      await assertOwnsAll(play, stack)
    }),
  )

  it(
    'finds what its own request made that was under way while the deployment broke off',
    playing(
      async (play) => {
        let isAway = false
        const reading = async () => {
          if (!isAway) return
          isAway = false
          throw unavailable(new Error('the connection is lost'))
        }
        await play.worker({ trouble: { reading, writing: async () => 'well' } })
        play.yard.interfere = async ({ method, body }, act) => {
          if (method !== 'POST') return await act()
          if (JSON.stringify(body).includes('web-a-')) await play.clock.sleep(2500)
          if (!JSON.stringify(body).includes('web-b-')) return await act()
          isAway = true
          throw lostAnswer()
        }
        const stack = await play.create('web', hot({ a: thing(), b: thing() }))
        await play.clock.pass(2000)
        play.yard.interfere = (_ask, act) => act()
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(created(play), 2)
        await assertOwnsAll(play, stack)
      },
      { workers: 0 },
    ),
  )
})
