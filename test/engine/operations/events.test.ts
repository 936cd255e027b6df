import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { StackIdentity } from '../../../src/contract/views.ts'
import { anna, type Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { group, hot, thing } from '../templates.ts'

async function told(play: Scenario, stack: StackIdentity, resource: string) {
  const events = await play.calls.listEvents(anna, { stack, resource, sortDir: 'asc' })
  return await Promise.all(
    events.map(async ({ id, action, status }) => {
      const { resourceProperties } = await play.calls.showEvent(anna, { stack, resource, event: id })
      return [`${action}_${status}`, resourceProperties] as const
    }),
  )
}

describe('events', () => {
  it(
    'show the properties that a resource had when it happened (§12)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing({ name: 'a', size: 3 }) }))
      await play.settled(stack)
      await play.update(stack, hot({ a: thing({ name: 'a', size: 4 }) }))
      await play.settled(stack)
      assert.deepEqual(await told(play, stack, 'a'), [
        ['CREATE_IN_PROGRESS', { name: 'a', size: 3 }],
        ['CREATE_COMPLETE', { name: 'a', size: 3 }],
        ['UPDATE_IN_PROGRESS', { name: 'a', size: 3 }],
        ['UPDATE_COMPLETE', { name: 'a', size: 4 }],
      ])
    }),
  )

  it(
    'know an object by its physical name until it has an ID (§12)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing() }))
      await play.settled(stack)
      const [done, begun] = await play.calls.listEvents(anna, { stack, resource: 'a', sortDir: 'desc' })
      assert.match(String(begun?.physicalId), /^web-a-[a-z0-9]{12}$/)
      assert.ok(done?.physicalId)
      assert.notEqual(done.physicalId, begun?.physicalId)
    }),
  )

  it(
    'show no properties of a resource that holds a secret (§12)',
    playing(async (play) => {
      const template = hot(
        { a: thing({ name: { get_param: 'word' } }) },
        { parameters: { word: { type: 'string', hidden: true } } },
      )
      const stack = await play.create('web', template, { parameters: { word: 'sesame' } })
      await play.settled(stack)
      for (const [, properties] of await told(play, stack, 'a')) assert.deepEqual(properties, {})
    }),
  )

  it(
    'tell of a resource only when its action or status is another (§1)',
    playing(async (play) => {
      const template = hot({ a: thing({ size: 3 }) })
      const stack = await play.create('web', template)
      await play.settled(stack)
      await play.update(stack, template)
      await play.settled(stack)
      assert.deepEqual(await play.events(stack), [
        'web CREATE_IN_PROGRESS',
        'a CREATE_IN_PROGRESS',
        'a CREATE_COMPLETE',
        'web CREATE_COMPLETE',
        'web UPDATE_IN_PROGRESS',
        'web UPDATE_COMPLETE',
      ])
    }),
  )

  it(
    'of nested stacks are listed down to a depth, each with the stack that was asked for',
    playing(async (play) => {
      const stack = await play.create('web', hot({ g: group(1, thing({ size: 1 })) }))
      await play.settled(stack)
      const names = async (nestedDepth?: number) => {
        const events = await play.calls.listEvents(anna, {
          stack,
          ...(nestedDepth !== undefined && { nestedDepth }),
        })
        return {
          resources: new Set(events.map(({ resourceName }) => resourceName)),
          roots: new Set(events.map(({ rootStack }) => rootStack?.id)),
        }
      }
      assert.ok(!(await names()).resources.has('0'))
      assert.deepEqual((await names(0)).roots, new Set([undefined]))
      const deep = await names(2)
      assert.ok(deep.resources.has('0'))
      assert.deepEqual(deep.roots, new Set([stack.id]))
    }),
  )
})
