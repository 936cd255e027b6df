import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { physicalName, resource } from '../../../src/plugin/index.ts'
import { string } from '../../../src/schema/index.ts'
import type { Scenario } from '../../../src/testing/scenario.ts'
import { ThingType, yardService } from '../../../src/testing/yard-types.ts'
import { playing } from '../playing.ts'
import { hot, tester, thing, thingOn } from '../templates.ts'

const short = (deeds: readonly string[]) => deeds.map((deed) => deed.replace(/ web-(.*)-\w+$/, ' $1'))

/** A stack of one template, as it ends. */
async function made(play: Scenario, template: ReturnType<typeof hot>, more = {}) {
  const stack = await play.create('web', template, more)
  return { stack, ended: await play.settled(stack) }
}

describe('what is done to one resource', () => {
  const Short = resource('Test::Short', {
    summary: 'A thing of a short name.',
    uses: { yard: yardService },
    lives: yardService.collection('things'),
    nameLimit: 20,
    properties: { name: string('Its name.', { default: physicalName }) },
    attributes: {},
  })

  /** A snapshot of it is seen as a change. */
  const Kept: typeof ThingType = {
    ...ThingType,
    type: 'Test::Kept',
    async snapshotThenDelete({ yard, id }) {
      await yard.things.update(id, { labels: {} })
      await yard.things.delete(id)
    },
  }

  it(
    'names its object after stack and resource, and keeps the end of a name that is too long (§4)',
    playing(
      async (play) => {
        const { stack } = await made(play, hot({ server: { type: 'Test::Short' }, a: thing() }))
        const [named, whole] = await Promise.all([play.row(stack, 'server'), play.row(stack, 'a')])
        const names = new Map(play.yard.things.map(({ id, name }) => [id, name]))
        assert.match(names.get(named.physicalId ?? '') ?? '', /^we-rver-[a-z2-7]{12}$/)
        assert.match(names.get(whole.physicalId ?? '') ?? '', /^web-a-[a-z2-7]{12}$/)
      },
      { types: [Short] },
    ),
  )

  it(
    'is referred to by the ID of its object, and by its name until there is one (§4)',
    playing(async (play) => {
      const { stack } = await made(play, hot({ a: thing(), b: thingOn(['a']) }))
      const { physicalId, reference } = await play.row(stack, 'a')
      assert.equal(reference, physicalId)
      assert.deepEqual(play.yard.of('b')?.base, [physicalId])
    }),
  )

  it(
    'reads attributes that others need once, and again when the object changed (§4)',
    playing(async (play) => {
      const template = (size: number) =>
        hot({ a: thing({ size }) }, { outputs: { size: { value: { get_attr: ['a', 'size'] } } } })
      const { stack } = await made(play, template(1))
      const output = async () => (await play.shown(stack)).outputs?.[0]?.output_value
      let reads = 0
      play.yard.interfere = (ask, act) => {
        if (ask.method === 'GET') reads++
        return act()
      }
      assert.deepEqual([await output(), await output(), reads], [1, 1, 0])
      await play.update(stack, template(2))
      await play.settled(stack)
      assert.equal(await output(), 2)
    }),
  )

  it(
    'keeps no snapshot of what was never whole (§4)',
    playing(
      async (play) => {
        const kept = { type: 'Test::Kept', deletion_policy: 'Snapshot' }
        const { stack } = await made(play, hot({ a: kept }))
        play.yard.failing.set('b', 1)
        await play.update(stack, hot({ a: kept, b: kept }))
        assert.equal((await play.settled(stack)).status, 'FAILED')
        play.yard.deeds.length = 0
        await play.delete(stack)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(short(play.yard.deeds).toSorted(), ['delete a', 'delete b', 'update a'])
      },
      { types: [Kept], options: { actionRetryLimit: 0 } },
    ),
  )

  it(
    'retains what is to be retained, also where its making failed (§4)',
    playing(
      async (play) => {
        play.yard.failing.set('a', 1)
        const { stack, ended } = await made(play, hot({ a: thing({}, { deletion_policy: 'Retain' }) }))
        assert.equal(ended.status, 'FAILED')
        await play.delete(stack)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(play.yard.things.length, 1)
      },
      { options: { actionRetryLimit: 0 } },
    ),
  )
})

describe('what depends on what', () => {
  it(
    'is what depends_on, properties and metadata name, and not what outputs do (§3)',
    playing(async (play) => {
      const resources = {
        a: thing(),
        b: thing({}, { depends_on: 'a' }),
        c: thing({ base: [{ get_resource: 'b' }] }),
        d: thing({}, { metadata: { of: { get_attr: ['c', 'size'] } } }),
      }
      const outputs = { first: { value: { get_resource: 'd' } } }
      const { stack, ended } = await made(play, hot(resources, { outputs }))
      assert.equal(ended.status, 'COMPLETE')
      assert.deepEqual(short(play.yard.deeds), ['create a', 'create b', 'create c', 'create d'])
      assert.deepEqual((await play.row(stack, 'a')).needs, [])
    }),
  )

  it(
    'may not be a circle (§3)',
    playing(async (play) => {
      const circle = hot({ a: thing({}, { depends_on: 'b' }), b: thing({}, { depends_on: 'a' }) })
      await assert.rejects(play.create('web', circle), { message: /^Circular Dependency Found: / })
    }),
  )

  it(
    'is nothing for what is only looked at (§3)',
    playing(async (play) => {
      await made(play, hot({ ground: thing() }))
      const external_id = play.yard.of('ground')?.id ?? ''
      const late = tester({ value: 'x' }, { depends_on: 'slow' })
      const slow = tester({ action_wait_secs: { create: 600 } })
      const e = thing({}, { external_id, metadata: { of: { get_resource: 'late' } } })
      const stack = await play.create('shop', hot({ slow, late, e }))
      await play.when(async () =>
        (await play.rows(stack)).some(({ name, status }) => name === 'e' && status === 'COMPLETE'),
      )
      assert.deepEqual(
        (await play.rows(stack)).find(({ name }) => name === 'late'),
        undefined,
      )
    }),
  )

  const Lost = resource('Test::Lost', {
    summary: 'A thing whose kind can make no sense of others.',
    uses: {},
    properties: {},
    attributes: {},
    needs: () => {
      throw new Error('what is this?')
    },
  })

  it(
    'does not hang on a type that can make no sense of its siblings (§3)',
    playing(
      async (play) => {
        const { ended } = await made(play, hot({ a: thing(), l: { type: 'Test::Lost' } }))
        assert.equal(ended.status, 'COMPLETE')
      },
      { types: [Lost] },
    ),
  )
})

describe('the time of an action', () => {
  const slow = hot({ a: tester({ action_wait_secs: { create: 5000, update: 5000 } }) })

  it(
    'is what the operator says where nobody else does (§8)',
    playing(
      async (play) => {
        const begun = play.clock.now()
        const { ended } = await made(play, slow)
        assert.deepEqual([ended.status, ended.statusReason], ['FAILED', 'Timed out'])
        assert.equal(Math.round((play.clock.now() - begun) / 60_000), 10)
      },
      { options: { stackActionTimeoutSeconds: 600 } },
    ),
  )

  it(
    'is kept by an update that says none, and none again where it says 0 (§8)',
    playing(async (play) => {
      const { stack } = await made(play, hot({ a: thing() }), { timeoutMins: 7 })
      await play.update(stack, hot({ a: thing() }))
      assert.equal((await play.settled(stack)).timeoutMins, 7)
      await play.update(stack, hot({ a: thing() }), { timeoutMins: 0 })
      assert.equal((await play.settled(stack)).timeoutMins, null)
    }),
  )

  it(
    'is over for a rollback too, which then has failed (§8)',
    playing(async (play) => {
      const { stack } = await made(play, hot({ a: thing() }), { disableRollback: false, timeoutMins: 5 })
      play.yard.pace.deleteMs = 3_600_000
      await play.update(
        stack,
        hot({ a: thing(), b: thing(), z: tester({ fail: true }, { depends_on: 'b' }) }),
      )
      const { action, status, statusReason } = await play.settled(stack)
      assert.deepEqual([action, status, statusReason], ['ROLLBACK', 'FAILED', 'Timed out'])
    }),
  )

  it(
    'and whether it rolls back are kept by an update that says nothing of it (§8)',
    playing(async (play) => {
      const { stack } = await made(play, hot({ a: thing() }), { disableRollback: false })
      const failing = hot({ a: thing(), z: tester({ fail: true }) })
      await play.update(stack, failing)
      assert.equal((await play.settled(stack)).action, 'ROLLBACK')
      await play.update(stack, failing, { disableRollback: true })
      assert.equal((await play.settled(stack)).action, 'UPDATE')
      await play.update(stack, failing, { existing: true })
      assert.equal((await play.settled(stack)).action, 'UPDATE')
    }),
  )
})
