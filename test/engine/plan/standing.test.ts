import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { StackIdentity } from '../../../src/contract/views.ts'
import { anna, type Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { hot, tester } from '../templates.ts'

/** A thing whose color replaces it. */
const red = { type: 'Test::Thing', properties: { color: 'red' } }
const blue = { type: 'Test::Thing', properties: { color: 'blue' } }
const slow = tester({ wait_secs: 600 })
const broken = tester({ fail: true })
/** While it has not come to what is new, what it stood on stays. */
const user = tester({ value: 'made' }, { depends_on: ['a'] })
const brokenUser = tester({ value: 'changed', fail: true }, { depends_on: ['a'] })
const after = (gate: string, resource: JsonMap): JsonMap => ({ ...resource, depends_on: [gate] })
const outputs = { outputs: { id: { value: { get_resource: 'a' } } } }

/** A stack whose `a` was replaced by an update that failed, so that both are there; answers the row of the former. */
async function halfway(play: Scenario, a: JsonMap = red, other: JsonMap = blue) {
  const stack = await play.create('web', hot({ a, user }, outputs))
  await play.settled(stack)
  const former = await play.row(stack, 'a')
  await play.update(stack, hot({ a: other, user: brokenUser }, outputs))
  assert.equal((await play.settled(stack)).status, 'FAILED')
  assert.equal((await play.rows(stack)).filter(({ name }) => name === 'a').length, 2)
  return { stack, former }
}

/** The stack goes back to its former `a`, and has not come to it yet. */
const goBack = (play: Scenario, stack: StackIdentity, a: JsonMap = red) =>
  play.update(stack, hot({ gate: slow, a: after('gate', a), user }, outputs))

describe('what a stack goes back to, though it had been replaced', () => {
  it(
    'is what its outputs tell of (§5)',
    playing(async (play) => {
      const { stack, former } = await halfway(play)
      await goBack(play, stack)
      const { outputs: told = [] } = await play.shown(stack)
      assert.deepEqual(
        told.map(({ output_value }) => output_value),
        [former.physicalId],
      )
    }),
  )

  it(
    'is what is marked unhealthy (§5)',
    playing(async (play) => {
      const { stack, former } = await halfway(play)
      await play.update(stack, hot({ gate: broken, a: after('gate', red), user }, outputs))
      assert.equal((await play.settled(stack)).status, 'FAILED')
      await play.mark(stack, 'a', { reason: 'it hums' })
      const marked = (await play.rows(stack)).filter(({ statusReason }) => statusReason === 'it hums')
      assert.deepEqual(
        marked.map(({ id }) => id),
        [former.id],
      )
    }),
  )

  it(
    'is what was told, where attributes are read anew (§5)',
    playing(async (play) => {
      const listener = (patience: number): JsonMap => ({
        ...{ type: 'Test::Listener', properties: { count: 0, patience } },
      })
      const told = { outputs: { told: { value: { get_attr: ['a', 'told'] } } } }
      const stack = await play.create('web', hot({ a: listener(600), user }, told))
      await play.settled(stack)
      await play.update(stack, hot({ a: listener(700), user: brokenUser }, told))
      await play.settled(stack)
      await play.update(stack, hot({ gate: slow, a: after('gate', listener(600)), user }, told))
      await play.signal(stack, 'a', { id: 'x', good: true })
      const { outputs: shown = [] } = await play.shown(stack)
      assert.deepEqual(
        shown.map(({ output_value }) => output_value),
        [{ x: true }],
      )
    }),
  )

  it(
    'is what the stack around it reads of it (§5)',
    playing(async (play) => {
      const outer = hot({ n: { type: 'own.yaml' } })
      const files = (resources: Record<string, JsonMap>) => ({
        files: { 'own.yaml': JSON.stringify(hot(resources, outputs)) },
      })
      const stack = await play.create('web', outer, files({ a: red, user }))
      await play.settled(stack)
      const child = { id: (await play.row(stack, 'n')).physicalId ?? '' }
      const former = await play.row(child, 'a')
      await play.update(stack, outer, files({ a: blue, user: brokenUser }))
      await play.settled(stack)
      await play.update(stack, outer, files({ gate: slow, a: after('gate', red), user }))
      await play.when(async () => (await play.rows(child)).some(({ name }) => name === 'gate'))
      const ask = { stack, resource: 'n', withAttributes: [] }
      const { attributes } = await play.clock.until(play.calls.showResource(anna, ask))
      assert.equal(attributes?.id, former.physicalId)
    }),
  )
})
