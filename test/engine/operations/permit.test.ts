import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Caller } from '../../../src/contract/views.ts'
import { anna, bert, type Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { group, hot, tester, thing } from '../templates.ts'

/** Anna may have all types; everybody else none of these. */
const denied = ['Test::Thing', 'OS::Heat::RandomString']
const options = {
  allowsType: (type: string, { userId }: Caller) => userId === 'anna' || !denied.includes(type),
}

const isDenied = (type: string) =>
  isProblem('Forbidden', new RegExp(`^You are not authorized to use ${type}\\.$`))
const asBert = (play: Scenario, template = hot({ a: thing() }), more = {}) =>
  play.clock.until(play.calls.createStack(bert, { name: 'web', template, ...more }))

describe('the types that a caller may not have', () => {
  it(
    'are in no stack that they create or preview, nor in one nested in it (§16)',
    playing(async (play) => {
      await assert.rejects(asBert(play), isDenied('Test::Thing'))
      const preview = play.calls.previewStack(bert, { name: 'web', template: hot({ a: thing() }) })
      await assert.rejects(play.clock.until(preview), isDenied('Test::Thing'))
      await assert.rejects(asBert(play, hot({ g: group(2, thing()) })), isDenied('Test::Thing'))
      const files = { 'in.yaml': JSON.stringify(hot({ a: tester(), b: thing() })) }
      const inside = hot({ web: { type: 'in.yaml' } })
      await assert.rejects(asBert(play, inside, { files }), isDenied('Test::Thing'))
      const environment = { resource_registry: { 'My::Own': 'Test::Thing' } }
      const renamed = hot({ a: { type: 'My::Own' } })
      await assert.rejects(asBert(play, renamed, { environment }), isDenied('Test::Thing'))
      const taken = hot({ a: thing({}, { external_id: 'there' }) })
      await assert.rejects(asBert(play, taken), isDenied('Test::Thing'))
      const off = hot({ a: thing({}, { condition: 'no' }), b: tester() }, { conditions: { no: false } })
      assert.equal((await play.settled(await asBert(play, off))).status, 'COMPLETE')
      assert.deepEqual(play.yard.things, [])
    }, options),
  )

  it(
    'are not made either where what is inside a stack is known only while it is deployed (§16)',
    playing(async (play) => {
      const inside = { type: { get_attr: ['name', 'value'] } }
      const template = hot({
        name: { type: 'OS::Heat::Value', properties: { value: 'Test::Thing' } },
        group: { type: 'OS::Heat::ResourceGroup', properties: { count: 1, resource_def: inside } },
      })
      const stack = await asBert(play, template)
      const { status, statusReason } = await play.settled(stack)
      assert.deepEqual(
        [status, statusReason],
        [
          'FAILED',
          'Resource CREATE failed: Forbidden: resources.group: You are not authorized to use Test::Thing.',
        ],
      )
      assert.deepEqual(play.yard.things, [])
      await play.update(stack, template)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }, options),
  )

  it(
    'are neither brought into a stack by an update nor updated, deleted, suspended, resumed and restored (§16)',
    playing(async (play) => {
      const { calls, clock } = play
      const stack = await play.create('web', hot({ a: thing() }))
      await play.settled(stack)
      const { id: snapshot } = await clock.until(calls.createSnapshot(anna, { stack }))
      await play.settled(stack)
      const template = hot({ b: tester() })
      const refused = [
        () => calls.updateStack(bert, { stack, template, existing: false }),
        () => calls.suspendStack(bert, { stack }),
        () => calls.resumeStack(bert, { stack }),
        () => calls.restoreSnapshot(bert, { stack, snapshot }),
        () => calls.deleteStack(bert, { stack }),
      ]
      for (const call of refused) await assert.rejects(clock.until(call()), isDenied('Test::Thing'))
      await clock.until(calls.checkStack(bert, { stack }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      await play.update(stack, template)
      await play.settled(stack)
      const back = { stack, template: hot({ a: thing() }), existing: false }
      await assert.rejects(clock.until(calls.updateStack(bert, back)), isDenied('Test::Thing'))
      const plan = calls.previewUpdate(bert, { ...back, showNested: false })
      await assert.rejects(clock.until(plan), isDenied('Test::Thing'))
      await assert.rejects(
        clock.until(calls.restoreSnapshot(bert, { stack, snapshot })),
        isDenied('Test::Thing'),
      )
      await clock.until(calls.deleteStack(bert, { stack }))
      assert.notEqual((await play.settled(stack)).deletedAt, null)
    }, options),
  )

  it(
    'are neither listed nor shown to them, nor is a template made of them (§16)',
    playing(async ({ calls, clock }) => {
      const listed = async (caller: Caller) =>
        (await clock.until(calls.listResourceTypes(caller, {}))).map(({ type }) => type)
      assert.ok((await listed(anna)).includes('Test::Thing'))
      assert.ok(!(await listed(bert)).some((type) => denied.includes(type)))
      const type = 'Test::Thing'
      const shown = calls.showResourceType(bert, { type, withDescription: false })
      await assert.rejects(clock.until(shown), isDenied(type))
      const made = calls.resourceTypeTemplate(bert, { type, form: 'hot' })
      await assert.rejects(clock.until(made), isDenied(type))
    }, options),
  )
})
