import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { Scenario } from '../../../src/testing/scenario.ts'
import { resourceIn } from '../../../src/testing/yard.ts'
import { playing } from '../playing.ts'
import { group, hot, thing, thingOn } from '../templates.ts'

const state = ({ action, status }: { action: string; status: string }): string => `${action}_${status}`

const template = hot({ a: thing(), b: thingOn(['a']) })

async function made(play: Scenario, of: JsonMap = template) {
  const stack = await play.create('web', of)
  assert.equal(state(await play.settled(stack)), 'CREATE_COMPLETE')
  play.yard.deeds.length = 0
  return stack
}

const deeds = (play: Scenario) => play.yard.deeds.map((deed) => `${deed.split(' ')[0]} ${resourceIn(deed)}`)

describe('marking a resource unhealthy', () => {
  it(
    'has the next update replace it, and tells of it (§5)',
    playing(async (play) => {
      const stack = await made(play)
      await play.mark(stack, 'a', { reason: 'it hums' })
      const row = await play.row(stack, 'a')
      assert.equal(`${state(row)} ${row.statusReason}`, 'CHECK_FAILED it hums')
      assert.equal((await play.events(stack)).at(-1), 'a CHECK_FAILED')
      assert.equal(state(await play.settled(stack)), 'CREATE_COMPLETE')
      const plan = await play.preview(stack, template)
      assert.deepEqual(
        plan.map(({ resource, does }) => `${does} ${resource.name}`),
        ['replace a', 'update b'],
      )
      await play.update(stack, template)
      assert.equal(state(await play.settled(stack)), 'UPDATE_COMPLETE')
      assert.deepEqual(deeds(play), ['create a', 'update b', 'delete a'])
    }),
  )

  it(
    'is taken back, of what was found unhealthy and of nothing else',
    playing(async (play) => {
      const stack = await made(play)
      await play.mark(stack, 'a')
      assert.equal((await play.row(stack, 'a')).statusReason, 'state changed by resource_mark_unhealthy api')
      await play.mark(stack, 'a', { unhealthy: false, reason: 'it was the fridge' })
      const row = await play.row(stack, 'a')
      assert.equal(`${state(row)} ${row.statusReason}`, 'CHECK_COMPLETE it was the fridge')
      await play.mark(stack, 'b', { unhealthy: false })
      assert.equal(state(await play.row(stack, 'b')), 'CREATE_COMPLETE')
      await play.update(stack, template)
      await play.settled(stack)
      assert.deepEqual(deeds(play), [])
    }),
  )

  it(
    'finds it by its ID in the cloud too',
    playing(async (play) => {
      const stack = await made(play)
      await play.mark(stack, play.yard.of('a')?.id ?? '')
      assert.equal(state(await play.row(stack, 'a')), 'CHECK_FAILED')
      await assert.rejects(play.mark(stack, 'z'), /The Resource \(z\) could not be found in Stack web\./)
    }),
  )

  it(
    'is refused while something is under way',
    playing(async (play) => {
      const stack = await made(play)
      play.yard.pace.buildMs = 60_000
      await play.update(stack, hot({ a: thing(), b: thingOn(['a']), c: thing() }))
      await assert.rejects(play.mark(stack, 'a'), /Stack web already has an action \(UPDATE\) in progress/)
      await play.settled(stack)
      await play.mark(stack, 'a')
    }),
  )

  it(
    'reaches through nested stacks: only what was marked is replaced (§9)',
    playing(async (play) => {
      const inner = {
        type: 'OS::Heat::ResourceGroup',
        properties: { count: 2, resource_def: { type: 'Test::Thing' } },
      }
      const deep = hot({ g: group(1, inner) })
      const stack = await made(play, deep)
      const grandchild = (await play.store.tree(stack.id)).find(({ depth }) => depth === 2)
      assert.ok(grandchild !== undefined)
      await play.mark({ ...stack, name: grandchild.name, id: grandchild.id }, '1')
      await play.update(stack, deep)
      assert.equal(state(await play.settled(stack)), 'UPDATE_COMPLETE')
      assert.deepEqual(deeds(play), ['create 1', 'delete 1'])
      await play.update(stack, deep)
      await play.settled(stack)
      assert.equal(deeds(play).length, 2)
    }),
  )

  it(
    'replaces a whole nested stack that was marked itself (§9)',
    playing(async (play) => {
      const whole = hot({ g: group(2, { type: 'Test::Thing' }) })
      const stack = await made(play, whole)
      const before = await play.row(stack, 'g')
      await play.mark(stack, 'g')
      const [change] = await play.preview(stack, whole)
      assert.equal(change?.does, 'replace')
      await play.update(stack, whole)
      assert.equal(state(await play.settled(stack)), 'UPDATE_COMPLETE')
      assert.notEqual((await play.row(stack, 'g')).physicalId, before.physicalId)
      assert.equal(deeds(play).length, 4)
    }),
  )
})
