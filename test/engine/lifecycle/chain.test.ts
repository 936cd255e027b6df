import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { playing } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { hot } from '../templates.ts'

const chain = (resources: readonly string[], more: JsonMap = {}): JsonMap => ({
  type: 'OS::Heat::ResourceChain',
  properties: { resources, ...more },
})

const things = (count: number): readonly string[] => Array.from({ length: count }, () => 'Test::Thing')

describe('a resource chain', () => {
  it(
    'makes one of each type, each after the one before it, with the same properties (§9)',
    playing(async (play) => {
      play.yard.pace.buildMs = 1000
      let most = 0
      play.yard.interfere = async (_ask, act) => {
        const reply = await act()
        most = Math.max(most, play.yard.things.filter(({ status }) => status === 'BUILD').length)
        return reply
      }
      const stack = await play.create(
        'web',
        hot({ c: chain(things(3), { resource_properties: { size: 4 } }) }),
      )
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(
        play.yard.things.map(({ name, size }) => [name.split('-').at(-2), size]),
        [
          ['0', 4],
          ['1', 4],
          ['2', 4],
        ],
      )
      assert.equal(most, 1)
    }),
  )

  it(
    'makes them all at once where it is told to',
    playing(async (play) => {
      play.yard.pace.buildMs = 60_000
      await play.create('web', hot({ c: chain(things(3), { concurrent: true }) }))
      await play.when(() => play.yard.things.length === 3)
      assert.ok(play.yard.things.every(({ status }) => status === 'BUILD'))
    }),
  )

  it(
    'gives references and attributes of its members',
    playing(async (play) => {
      const outputs = Object.fromEntries(
        [['refs'], ['refs', 1], ['size'], ['attributes', 'size'], ['resource.1'], ['resource.1', 'size']].map(
          (path) => [path.join(' '), { value: { get_attr: ['c', ...path] } }],
        ),
      )
      const template = hot({ c: chain(things(2), { resource_properties: { size: 5 } }) }, { outputs })
      const stack = await play.create('web', template)
      await play.settled(stack)
      const ids = ['0', '1'].map((name) => play.yard.of(name)?.id)
      const shown = (await play.shown(stack)).outputs?.map((one) => [one.output_key, one.output_value])
      assert.deepEqual(Object.fromEntries(shown ?? []), {
        refs: ids,
        'refs 1': ids[1],
        size: [5, 5],
        'attributes size': { 0: 5, 1: 5 },
        'resource.1': ids[1],
        'resource.1 size': 5,
      })
    }),
  )

  it(
    'grows and shrinks at its end, and is replaced when its properties change',
    playing(async (play) => {
      const stack = await play.create('web', hot({ c: chain(things(2)) }))
      await play.settled(stack)
      const [first] = play.yard.things
      await play.update(stack, hot({ c: chain(things(3)) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      await play.update(stack, hot({ c: chain(things(1)) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(
        play.yard.things.map(({ id }) => id),
        [first?.id],
      )
      await play.update(stack, hot({ c: chain(things(1), { resource_properties: { size: 9 } }) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(play.yard.things.length, 1)
      assert.notEqual(play.yard.things[0]?.id, first?.id)
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual([play.yard.things, play.yard.disorder], [[], []])
    }),
  )

  it(
    'tells before anything is made that a type is not known, or a property does not fit one',
    playing(async (play) => {
      await assert.rejects(
        play.create('web', hot({ c: chain(['Test::Thing', 'No::Such']) })),
        isProblem(
          'StackValidationFailed',
          /resources.c<nested_stack>.*The Resource Type \(No::Such\) could not be found/,
        ),
      )
      await assert.rejects(
        play.create('web', hot({ c: chain(things(1), { resource_properties: { nose: 1 } }) })),
        isProblem('StackValidationFailed', /Unknown Property nose/),
      )
      assert.deepEqual(play.yard.things, [])
    }),
  )

  it(
    'takes aliases of the environment for types',
    playing(async (play) => {
      const own = 'heat_template_version: 2021-04-16\nresources: {x: {type: Test::Thing}}'
      const stack = await play.create('web', hot({ c: chain(['My::Own', 'My::Own']) }), {
        environment: { resource_registry: { 'My::Own': 'own.yaml' } },
        files: { 'own.yaml': own },
      })
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(play.yard.things.length, 2)
    }),
  )

  it(
    'goes on where a dead engine left it, and makes nothing twice',
    playing(
      async (play) => {
        play.yard.pace.buildMs = 20_000
        const first = await play.worker()
        const stack = await play.create('web', hot({ c: chain(things(3)) }))
        await play.when(() => play.yard.things.length === 2)
        first.life.end()
        await play.worker()
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual([play.yard.deeds.length, play.yard.things.length], [3, 3])
      },
      { workers: 0 },
    ),
  )
})
