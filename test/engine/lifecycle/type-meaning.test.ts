import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { StackIdentity } from '../../../src/contract/views.ts'
import type { Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { hot, tester, thing } from '../templates.ts'

const inner = 'heat_template_version: 2021-04-16\nresources: {x: {type: Test::Thing, properties: {size: 7}}}'

/** An environment in which the types that these templates have stand for something. */
const standing = (registry: JsonMap) => ({
  environment: { resource_registry: registry },
  files: { 'own.yaml': inner, 'other.yaml': inner.replace('size: 7', 'size: 8') },
})

const template = hot({ n: { type: 'My::Own' } })

async function created(play: Scenario, registry: JsonMap, of = template): Promise<StackIdentity> {
  const stack = await play.create('web', of, standing(registry))
  const row = await play.settled(stack)
  assert.equal(row.status, 'COMPLETE', row.statusReason)
  return stack
}

async function updated(
  play: Scenario,
  stack: StackIdentity,
  registry: JsonMap,
  of = template,
): Promise<void> {
  await play.update(stack, of, standing(registry))
  const row = await play.settled(stack)
  assert.equal(row.status, 'COMPLETE', row.statusReason)
  assert.equal((await play.rows(stack)).length, Object.keys(of.resources as JsonMap).length)
}

const things = (play: Scenario) => play.yard.things.map(({ size }) => size)

describe('what a type stands for', () => {
  it(
    'replaces a resource when it becomes a template, and when it is one no more (§5)',
    playing(async (play) => {
      const stack = await created(play, { 'My::Own': 'Test::Thing' })
      assert.deepEqual(things(play), [null])
      await updated(play, stack, { 'My::Own': 'own.yaml' })
      assert.deepEqual(things(play), [7])
      assert.equal((await play.store.tree(stack.id)).length, 2)
      await updated(play, stack, { 'My::Own': 'Test::Thing' })
      assert.deepEqual(things(play), [null])
      assert.equal((await play.store.tree(stack.id)).length, 1)
    }),
  )

  it(
    'replaces what had the name of a type that an environment now has a template for (§5)',
    playing(async (play) => {
      const plain = hot({ n: { type: 'Test::Holder' } })
      const stack = await created(play, {}, plain)
      await updated(play, stack, { 'Test::Holder': 'own.yaml' }, plain)
      assert.deepEqual(things(play), [7])
    }),
  )

  it(
    'replaces a resource when it is another type (§5)',
    playing(async (play) => {
      const stack = await created(play, { 'My::Own': 'Test::Thing' })
      await updated(play, stack, { 'My::Own': 'OS::Heat::RandomString' })
      assert.deepEqual(things(play), [])
      await updated(play, stack, { 'My::Own': 'Test::Thing' })
      assert.deepEqual(things(play), [null])
    }),
  )

  it(
    'changes a nested stack in place when it is another template (§5)',
    playing(async (play) => {
      const stack = await created(play, { 'My::Own': 'own.yaml' })
      const { physicalId } = await play.row(stack, 'n')
      await updated(play, stack, { 'My::Own': 'other.yaml' })
      assert.equal((await play.row(stack, 'n')).physicalId, physicalId)
      assert.deepEqual(things(play), [8])
    }),
  )

  it(
    'is told of in a plan (§5)',
    playing(async (play) => {
      const stack = await created(play, { 'My::Own': 'Test::Thing' })
      const [change] = await play.preview(stack, template, standing({ 'My::Own': 'own.yaml' }))
      assert.deepEqual([change?.does, change?.because], ['replace', 'its type stood for Test::Thing'])
      await updated(play, stack, { 'My::Own': 'own.yaml' })
      const [back] = await play.preview(stack, template, standing({ 'My::Own': 'Test::Thing' }))
      assert.deepEqual([back?.does, back?.because], ['replace', 'its type stood for a template'])
    }),
  )

  it(
    'is what it was after a rollback, with the object that it had (§5, §8)',
    playing(async (play) => {
      const withUser = (fail: boolean) =>
        hot({ n: { type: 'My::Own' }, z: tester({ fail }, { depends_on: 'n' }) })
      const stack = await created(play, { 'My::Own': 'Test::Thing' }, withUser(false))
      const before = play.yard.things
      const more = { ...standing({ 'My::Own': 'own.yaml' }), disableRollback: false }
      await play.update(stack, withUser(true), more)
      const row = await play.settled(stack)
      assert.deepEqual([row.action, row.status], ['ROLLBACK', 'COMPLETE'], row.statusReason)
      assert.deepEqual(play.yard.things, before)
      assert.equal((await play.store.tree(stack.id)).length, 1)
    }),
  )

  it(
    'has what was begun of it cleared away by what began it (§5)',
    playing(async (play) => {
      play.yard.pace.buildMs = 600_000
      const stack = await play.create(
        'web',
        hot({ n: { type: 'My::Own' } }),
        standing({ 'My::Own': 'Test::Thing' }),
      )
      await play.when(() => play.yard.things.length === 1)
      await play.cancel(stack, { rollback: false })
      await play.settled(stack)
      play.yard.pace.buildMs = 0
      await updated(
        play,
        stack,
        { 'My::Own': 'own.yaml' },
        hot({ n: { type: 'My::Own' }, t: thing({ size: 1 }) }),
      )
      assert.deepEqual(things(play).sort(), [1, 7])
    }),
  )
})
