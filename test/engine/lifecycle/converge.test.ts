import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { unlessGone } from '../../../src/cloud/index.ts'
import type { Scenario } from '../../../src/testing/scenario.ts'
import { refusal } from '../../../src/testing/yard.ts'
import { playing, withNext } from '../playing.ts'
import { group, hot, thing } from '../templates.ts'

const converge = { converge: true }

/** Somebody changes a thing behind the stack's back, or takes it away. */
async function tamper(play: Scenario, name: string, change: JsonMap | 'delete'): Promise<void> {
  const path = `/things/${play.yard.of(name)?.id}`
  const ask =
    change === 'delete'
      ? ({ service: ['yard'], method: 'DELETE', path } as const)
      : ({ service: ['yard'], method: 'PATCH', path, body: { thing: change } } as const)
  await play.clock.until(unlessGone(play.yard.session().request(ask)))
  play.yard.deeds.length = 0
}

const shortly = (deeds: readonly string[]) => deeds.map((deed) => deed.replace(/ web-(.*)-\w+$/, ' $1'))

describe('an update that converges', () => {
  const template = hot({ a: thing({ size: 1, base: [] }), b: thing({ size: 1 }) })

  it(
    'mends what was changed behind its back, and nothing else, as its preview says (§5)',
    playing(async (play) => {
      const stack = await play.create('web', template)
      await play.settled(stack)
      await tamper(play, 'a', { size: 7 })
      const [plan] = await play.preview(stack, template, converge)
      assert.deepEqual([plan?.does, plan?.because], ['update', 'size changed'])
      assert.deepEqual(plan?.properties, [{ path: 'size', before: 7, after: 1, replaces: false }])
      await play.update(stack, template, converge)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual([play.yard.of('a')?.size, shortly(play.yard.deeds)], [1, ['update a']])
    }),
  )

  it(
    'replaces what is not there any more (§5)',
    playing(async (play) => {
      const stack = await play.create('web', template)
      await play.settled(stack)
      await tamper(play, 'a', 'delete')
      const [plan] = await play.preview(stack, template, converge)
      assert.deepEqual([plan?.does, plan?.because], ['replace', 'its object is gone'])
      await play.update(stack, template, converge)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(shortly(play.yard.deeds), ['create a'])
      assert.equal((await play.row(stack, 'a')).physicalId, play.yard.of('a')?.id)
    }),
  )

  it(
    'leaves alone what the template says nothing of (§5)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing() }))
      await play.settled(stack)
      await tamper(play, 'a', { size: 7 })
      await play.update(stack, hot({ a: thing() }), converge)
      await play.settled(stack)
      assert.deepEqual(play.yard.deeds, [])
    }),
  )

  it(
    'goes by what was last applied where the cloud does not tell (§5)',
    playing(async (play) => {
      const stack = await play.create('web', template)
      await play.settled(stack)
      play.yard.interfere = withNext(2, 'GET', async () => {
        throw refusal('Not today.', { kind: 'forbidden', status: 403 })
      })
      await play.update(stack, template, converge)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'is one update: the next looks no closer than usual (§5)',
    playing(async (play) => {
      const stack = await play.create('web', template)
      await play.settled(stack)
      await play.update(stack, template, converge)
      await play.settled(stack)
      await tamper(play, 'a', { size: 7 })
      await play.update(stack, template)
      await play.settled(stack)
      assert.deepEqual(play.yard.deeds, [])
    }),
  )

  it(
    'goes through the tree (§9)',
    playing(async (play) => {
      const nested = hot({ g: group(2, thing({ size: 1 })) })
      const stack = await play.create('web', nested)
      await play.settled(stack)
      await tamper(play, '1', { size: 7 })
      const [plan] = await play.preview(stack, nested, converge)
      assert.deepEqual([plan?.does, plan?.nested?.map(({ does }) => does)], ['update', ['leave', 'update']])
      await play.update(stack, nested, converge)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(play.yard.of('1')?.size, 1)
    }),
  )

  it(
    'is every update where observe_on_update says so (§15)',
    playing(
      async (play) => {
        const stack = await play.create('web', template)
        await play.settled(stack)
        await tamper(play, 'a', { size: 7 })
        await play.update(stack, template)
        await play.settled(stack)
        assert.equal(play.yard.of('a')?.size, 1)
      },
      { options: { observeOnUpdate: true } },
    ),
  )
})
