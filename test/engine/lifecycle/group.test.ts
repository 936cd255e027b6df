import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { group, hot, thing, thingOn } from '../templates.ts'

const of = (count: number, properties: JsonMap = {}, more: JsonMap = {}) =>
  group(count, { type: 'Test::Thing', properties }, more)

const policy = (said: JsonMap) => ({ update_policy: said })

/** Counts, from now on, the most things that are being built at once. */
function watchBuilding({ yard }: Scenario): { most: number } {
  const watch = { most: 0 }
  yard.interfere = async (_ask, act) => {
    const reply = await act()
    watch.most = Math.max(watch.most, yard.things.filter(({ status }) => status === 'BUILD').length)
    return reply
  }
  return watch
}

/** The sizes of the members, by their index. */
const sizes = ({ yard }: Scenario) =>
  Object.fromEntries(yard.things.map(({ name, size }) => [name.split('-').at(-2), size]))

describe('a group', () => {
  it(
    'grows and shrinks, and touches only those that come and go',
    playing(async (play) => {
      const stack = await play.create('web', hot({ g: of(2, { size: 1 }) }))
      await play.settled(stack)
      play.yard.deeds.length = 0
      await play.update(stack, hot({ g: of(4, { size: 1 }) }))
      await play.settled(stack)
      assert.deepEqual(sizes(play), { 0: 1, 1: 1, 2: 1, 3: 1 })
      await play.update(stack, hot({ g: of(1, { size: 1 }) }))
      await play.settled(stack)
      assert.deepEqual(sizes(play), { 0: 1 })
      assert.deepEqual(play.yard.deeds.length, 5)
    }),
  )

  it(
    'is replaced when what may not be changed in place changes (§5)',
    playing(async (play) => {
      const template = (variable: string) =>
        hot({ g: of(1, { labels: { k: '{i}' } }, { index_var: variable }) })
      const stack = await play.create('web', template('{i}'))
      await play.settled(stack)
      const [before] = play.yard.things
      await play.update(stack, template('(i)'))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(
        play.yard.things.map(({ labels }) => labels),
        [{ k: '{i}' }],
      )
      assert.notEqual(play.yard.things[0]?.id, before?.id)
    }),
  )

  it(
    'of none is not looked into: what it would be made of need not be there',
    playing(async (play) => {
      const stack = await play.create('web', hot({ g: group(0, { type: 'No::Such' }) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'removes the members that are named, and makes others for them',
    playing(async (play) => {
      const stack = await play.create('web', hot({ g: of(3) }))
      await play.settled(stack)
      const gone = play.yard.of('1')?.id ?? ''
      const outputs = { gone: { value: { get_attr: ['g', 'removed_rsrc_list'] } } }
      await play.update(
        stack,
        hot({ g: of(3, {}, { removal_policies: [{ resource_list: ['0', gone] }] }) }, { outputs }),
      )
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(Object.keys(sizes(play)), ['2', '3', '4'])
      assert.deepEqual((await play.shown(stack)).outputs?.[0]?.output_value, ['0', '1'])
      await play.update(stack, hot({ g: of(4) }, { outputs }))
      await play.settled(stack)
      assert.deepEqual(Object.keys(sizes(play)), ['2', '3', '4', '5'])
    }),
  )

  it(
    'removes only members that were there when the update began, also where it goes on after a crash',
    playing(
      async (play) => {
        const first = await play.worker()
        const stack = await play.create('web', hot({ g: of(2) }))
        await play.settled(stack)
        play.yard.pace.buildMs = 20_000
        await play.update(stack, hot({ g: of(3, {}, { removal_policies: [{ resource_list: ['2'] }] }) }))
        await play.when(() => play.yard.things.length === 3)
        first.life.end()
        await play.worker()
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual([Object.keys(sizes(play)), play.yard.deeds.length], [['0', '1', '2'], 3])
      },
      { workers: 0 },
    ),
  )

  it(
    'notes what may not be used again also where that changes none of its members',
    playing(async (play) => {
      const without = (names: readonly string[], mode: string) =>
        hot(
          { g: of(1, {}, { removal_policies: [{ resource_list: names }], removal_policies_mode: mode }) },
          { outputs: { gone: { value: { get_attr: ['g', 'removed_rsrc_list'] } } } },
        )
      const stack = await play.create('web', without(['5'], 'append'))
      await play.settled(stack)
      assert.deepEqual((await play.shown(stack)).outputs?.[0]?.output_value, ['5'])
      await play.update(stack, without([], 'update'))
      await play.settled(stack)
      assert.deepEqual((await play.shown(stack)).outputs?.[0]?.output_value, [])
    }),
  )

  it(
    'tells others of its members',
    playing(async (play) => {
      const outputs = Object.fromEntries(
        [
          ['refs'],
          ['refs_map'],
          ['size'],
          ['attributes', 'size'],
          ['resource.1'],
          ['resource.1', 'size'],
          ['resource.1.size'],
        ].map((path) => [path.join(' '), { value: { get_attr: ['g', ...path] } }]),
      )
      const stack = await play.create('web', hot({ g: of(2, { size: 5 }) }, { outputs }))
      await play.settled(stack)
      const ids = play.yard.things.map(({ id }) => id)
      const shown = (await play.shown(stack)).outputs?.map(({ output_key, output_value }) => [
        output_key,
        output_value,
      ])
      assert.deepEqual(Object.fromEntries(shown ?? []), {
        refs: ids,
        refs_map: { 0: ids[0], 1: ids[1] },
        size: [5, 5],
        'attributes size': { 0: 5, 1: 5 },
        'resource.1': ids[1],
        'resource.1 size': 5,
        'resource.1.size': 5,
      })
    }),
  )

  it(
    'has what stands on its members follow them',
    playing(async (play) => {
      const template = (count: number) =>
        hot({ g: of(count), a: thing({ base: { get_attr: ['g', 'refs'] } }) })
      const stack = await play.create('web', template(1))
      await play.settled(stack)
      await play.update(stack, template(3))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(play.yard.of('a')?.base.length, 3)
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual([play.yard.things, play.yard.disorder], [[], []])
    }),
  )

  it(
    'fails those that read of a member that it does not have, and no one else (§9)',
    playing(async (play) => {
      const outputs = {
        there: { value: { get_attr: ['g', 'resource.0', 'size'] } },
        missing: { value: { get_attr: ['g', 'resource.7'] } },
      }
      const g = of(2, { size: 5 })
      const stack = await play.create('web', hot({ g }, { outputs }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      const [there, missing] = (await play.shown(stack)).outputs ?? []
      assert.equal(there?.output_value, 5)
      assert.equal(missing?.output_error, "Member '7' not found in group resource 'g'.")
      const reader = thing({ labels: { of: { get_attr: ['g', 'resource.7', 'size'] } } })
      const after = hot({ g, reader })
      await play.preview(stack, after)
      await play.update(stack, after)
      const failed =
        "Resource CREATE failed: NotFound: resources.reader: Member '7' not found in group resource 'g'."
      assert.equal((await play.settled(stack)).statusReason, failed)
      const grown = hot({ g: of(8, { size: 5 }), reader })
      await play.preview(stack, grown)
      await play.update(stack, grown)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'that rolls changes what has failed before what serves (§9)',
    playing(async (play) => {
      const rolling = policy({ rolling_update: { max_batch_size: 1 } })
      const template = (size: number) => hot({ g: { ...of(3, { size }), ...rolling } })
      const stack = await play.create('web', template(1))
      await play.settled(stack)
      const [child] = await play.store.children(stack.id)
      assert.ok(child !== undefined)
      await play.mark(child, '0')
      play.yard.deeds.length = 0
      await play.update(stack, template(2))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      const members = play.yard.deeds.map((deed) => `${deed.split(' ')[0]} ${deed.split('-').at(-2)}`)
      assert.deepEqual(members, ['create 0', 'delete 0', 'update 2', 'update 1'])
    }),
  )

  it(
    'changes in batches, with pauses, and lets each be ready before the next',
    playing(async (play) => {
      play.yard.pace.buildMs = 1000
      const rolling = policy({ rolling_update: { max_batch_size: 2, min_in_service: 1, pause_time: 30 } })
      const template = (color: string) => hot({ g: { ...of(3, { color }), ...rolling } })
      const stack = await play.create('web', template('red'))
      await play.settled(stack)
      const watch = watchBuilding(play)
      const begun = play.clock.now()
      await play.update(stack, template('blue'))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      const took = play.clock.now() - begun
      assert.ok(took >= 30_000 && took < 60_000, `it took ${took} ms`)
      assert.equal(watch.most, 2)
      assert.deepEqual(
        play.yard.things.map(({ color }) => color),
        ['blue', 'blue', 'blue'],
      )
    }),
  )

  it(
    'goes on with its batches where a dead engine left them',
    playing(
      async (play) => {
        play.yard.pace.buildMs = 20_000
        const first = await play.worker()
        const growing = policy({ batch_create: { max_batch_size: 1 } })
        const stack = await play.create('web', hot({ g: { ...of(3), ...growing } }))
        await play.when(() => play.yard.things.length === 2)
        first.life.end()
        await play.worker()
        const watch = watchBuilding(play)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual([play.yard.deeds.length, watch.most], [3, 1])
      },
      { workers: 0 },
    ),
  )

  it(
    'refuses batches that would take longer than the stack has',
    playing(async (play) => {
      const rolling = policy({ rolling_update: { max_batch_size: 1, pause_time: 50 } })
      const template = (color: string) => hot({ g: { ...of(3, { color }), ...rolling } })
      const stack = await play.create('web', template('red'), { timeoutMins: 1 })
      await play.settled(stack)
      await play.update(stack, template('blue'))
      assert.equal(
        (await play.settled(stack)).statusReason,
        'Resource UPDATE failed: ValueError: resources.g: The current update policy will result in stack update timeout.',
      )
    }),
  )

  it(
    'tells which of its members failed',
    playing(
      async (play) => {
        play.yard.failing.set('1', 1)
        const stack = await play.create('web', hot({ g: of(3), a: thingOn([]) }))
        assert.equal(
          (await play.settled(stack)).statusReason,
          'Resource CREATE failed: ResourceInError: resources.g.resources[1]: Went to status ERROR due to "Unknown"',
        )
        assert.equal(play.yard.things.length, 4)
      },
      { options: { actionRetryLimit: 0 } },
    ),
  )
})
