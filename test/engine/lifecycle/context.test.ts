import assert from 'node:assert/strict'
import { test } from 'node:test'
import { physicalName, resource } from '../../../src/plugin/index.ts'
import { string } from '../../../src/schema/index.ts'
import { yardService } from '../../../src/testing/yard-types.ts'
import { playing } from '../playing.ts'
import { hot } from '../templates.ts'

/** One of three objects; the second of them is asked for long after the resource was begun. */
const TripleType = resource('Test::Triple', {
  summary: 'Three things that belong together.',
  uses: { yard: yardService },
  lives: yardService.collection('things'),
  properties: { name: string('Its name.', { default: physicalName }) },
  attributes: {},
  async create({ yard, props, notes }) {
    for (const more of ['first', 'second']) {
      const name = `${props.name}-${more}`
      await notes.ensure(more, {
        make: async () => (await yard.things.create({ name })).id,
        find: async () => (await yard.things.list({ name }))[0]?.id,
      })
    }
    return await yard.things.create({ name: props.name })
  },
})

test(
  'a further object is made once, even if the request of an engine that died arrives late',
  playing(
    async (play) => {
      const doomed = await play.worker()
      let posts = 0
      play.yard.interfere = async (ask, act) => {
        if (ask.method !== 'POST') return act()
        posts++
        if (posts === 1) await play.clock.sleep(10_000)
        if (posts !== 2) return act()
        doomed.life.end()
        await play.clock.sleep(2000)
        return act()
      }
      const stack = await play.create('web', hot({ a: { type: 'Test::Triple' } }))
      await play.when(() => doomed.life.isOver)
      await play.worker()
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      await play.clock.pass(5000)
      const { physicalId, notes } = await play.row(stack, 'a')
      assert.deepEqual(
        play.yard.things.map(({ id }) => id),
        [notes.first, notes.second, physicalId],
      )
    },
    { workers: 0, types: [TripleType], options: { alone: true } },
  ),
)
