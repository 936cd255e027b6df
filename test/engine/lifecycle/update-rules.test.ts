import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { resource } from '../../../src/plugin/index.ts'
import { integer } from '../../../src/schema/index.ts'
import type { Scenario } from '../../../src/testing/scenario.ts'
import { yardService } from '../../../src/testing/yard-types.ts'
import { playing } from '../playing.ts'
import { hot, tester, thing } from '../templates.ts'

const cycle = ['web UPDATE_IN_PROGRESS', 'a UPDATE_IN_PROGRESS', 'a UPDATE_COMPLETE', 'web UPDATE_COMPLETE']
const nothing = ['web UPDATE_IN_PROGRESS', 'web UPDATE_COMPLETE']

/** What an update from one template to the other tells, and what it asks of the cloud. */
async function told(play: Scenario, before: JsonMap, after: JsonMap, more = {}) {
  const stack = await play.create('web', before, more)
  await play.settled(stack)
  const known = (await play.events(stack)).length
  play.yard.deeds.length = 0
  const planned = await play.preview(stack, after, more)
  await play.update(stack, after, more)
  const { status, statusReason } = await play.settled(stack)
  const events = (await play.events(stack)).slice(known)
  return { stack, planned, status, statusReason, events, deeds: [...play.yard.deeds] }
}

describe('what is written of a resource besides its properties', () => {
  const b = thing()
  const parts: Readonly<Record<string, readonly [JsonMap, JsonMap]>> = {
    depends_on: [hot({ a: thing(), b }), hot({ a: thing({}, { depends_on: ['b'] }), b })],
    metadata: [hot({ a: thing() }), hot({ a: thing({}, { metadata: { x: 1 } }) })],
    deletion_policy: [hot({ a: thing() }), hot({ a: thing({}, { deletion_policy: 'Retain' }) })],
    condition: [hot({ a: thing() }), hot({ a: thing({}, { condition: { equals: [1, 1] } }) })],
  }
  for (const [part, [before, after]] of Object.entries(parts)) {
    it(
      `makes an update of the resource when ${part} alone changes, with nothing to change of its object (§5)`,
      playing(async (play) => {
        const { planned, events, deeds } = await told(play, before, after)
        assert.deepEqual([events, deeds], [cycle, []])
        const [plan] = planned.filter(({ resource: { name } }) => name === 'a')
        assert.deepEqual([plan?.does, plan?.properties, plan?.perhaps], ['update', [], false])
      }),
    )
  }

  it(
    'does not count its description (§5)',
    playing(async (play) => {
      const { events } = await told(
        play,
        hot({ a: thing() }),
        hot({ a: thing({}, { description: 'A thing.' }) }),
      )
      assert.deepEqual(events, nothing)
    }),
  )

  it(
    'counts by its values: another word for the same is no change (§5)',
    playing(async (play) => {
      const told1 = hot(
        { a: thing({}, { metadata: { x: { get_param: 'x' } } }) },
        { parameters: { x: { type: 'string', default: 'one' } } },
      )
      assert.deepEqual(
        (await told(play, told1, hot({ a: thing({}, { metadata: { x: 'one' } }) }))).events,
        nothing,
      )
    }),
  )

  it(
    'is an update that an environment can restrict (§5)',
    playing(async (play) => {
      const environment = { resource_registry: { resources: { a: { restricted_actions: 'update' } } } }
      const after = hot({ a: thing({}, { depends_on: ['b'] }), b: thing() })
      const { statusReason } = await told(play, hot({ a: thing(), b: thing() }), after, { environment })
      assert.match(
        statusReason,
        /ResourceActionRestricted: resources\.a: update is restricted for resource\.$/,
      )
    }),
  )

  it(
    'is an update of a nested resource too (§5)',
    playing(async (play) => {
      const g = { type: 'OS::Heat::ResourceGroup', properties: { count: 1, resource_def: tester() } }
      const changes = [
        { depends_on: ['b'] },
        { depends_on: ['b'], update_policy: { batch_create: { max_batch_size: 1 } } },
      ]
      const stack = await play.create('web', hot({ g, b }))
      for (const change of changes) {
        await play.settled(stack)
        const known = (await play.events(stack)).length
        const after = hot({ g: { ...g, ...change }, b })
        const planned = await play.preview(stack, after)
        await play.update(stack, after)
        await play.settled(stack)
        const events = (await play.events(stack)).slice(known)
        assert.deepEqual(events.slice(1, 3), ['g UPDATE_IN_PROGRESS', 'g UPDATE_COMPLETE'])
        assert.deepEqual(planned.find(({ resource: { name } }) => name === 'g')?.does, 'update')
      }
    }),
  )

  it(
    'is made undone by a rollback (§5)',
    playing(async (play) => {
      const before = hot({ a: thing() })
      const failing = hot({
        a: thing({}, { metadata: { x: 1 } }),
        z: tester({ fail: true }, { depends_on: 'a' }),
      })
      const stack = await play.create('web', before, { disableRollback: false })
      await play.settled(stack)
      await play.update(stack, failing)
      const { action, status } = await play.settled(stack)
      assert.deepEqual([action, status], ['ROLLBACK', 'COMPLETE'])
      assert.deepEqual((await play.row(stack, 'a')).metadata, {})
    }),
  )
})

describe('a failed resource', () => {
  const origin = (place: string, more: JsonMap = {}) => hot({ a: thing({ origin: place, ...more }) })

  it(
    'that needs neither update nor replacement is complete again, and says so in words of its own (§5)',
    playing(async (play) => {
      const stack = await play.create('web', origin('here'))
      await play.settled(stack)
      await play.update(stack, origin('there'))
      assert.equal((await play.settled(stack)).status, 'FAILED')
      play.yard.deeds.length = 0
      assert.equal((await play.preview(stack, origin('here')))[0]?.does, 'leave')
      await play.update(stack, origin('here'))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      const { action, status, statusReason } = await play.row(stack, 'a')
      const reason = 'Update status to COMPLETE for FAILED resource neither update nor replace.'
      assert.deepEqual([action, status, statusReason], ['UPDATE', 'COMPLETE', reason])
      assert.deepEqual(play.yard.deeds, [])
    }),
  )

  it(
    'that is past mending is replaced, whatever of it may never change (§5)',
    playing(
      async (play) => {
        play.yard.failing.set('a', 1)
        const stack = await play.create('web', origin('here'))
        assert.equal((await play.settled(stack)).status, 'FAILED')
        await play.update(stack, origin('there'))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(
          play.yard.things.map((one) => one.origin),
          ['there'],
        )
      },
      { options: { actionRetryLimit: 0 } },
    ),
  )
})

describe('a type that took the place of another', () => {
  const declared = {
    summary: 'A thing.',
    uses: { yard: yardService },
    lives: yardService.collection('things'),
    properties: { size: integer('Its size.', { updatable: true }) },
    attributes: {},
  }
  const types = [
    resource('Test::Old', { ...declared, substitutedBy: 'Test::New' }),
    resource('Test::New', declared),
  ]
  const of = (type: string, size = 1) => hot({ a: { type, properties: { size } } })

  it(
    'goes on with its objects: that is an update (§5)',
    playing(
      async (play) => {
        const { stack, events, planned, deeds } = await told(play, of('Test::Old'), of('Test::New'))
        assert.deepEqual([events, deeds, planned[0]?.does], [cycle, [], 'update'])
        assert.equal((await play.row(stack, 'a')).type, 'Test::New')
        await play.update(stack, of('Test::New', 2))
        await play.settled(stack)
        assert.deepEqual(
          play.yard.things.map(({ size }) => size),
          [2],
        )
      },
      { types },
    ),
  )

  it(
    'does not give them back: going the other way replaces (§5)',
    playing(
      async (play) => {
        const { planned } = await told(play, of('Test::New'), of('Test::Old'))
        assert.deepEqual([planned[0]?.does, planned[0]?.because], ['replace', 'its type was Test::New'])
      },
      { types },
    ),
  )
})
