import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { ImaginedResource, ResourceView } from '../../../src/contract/views.ts'
import { anna, type Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { group, hot, thing } from '../templates.ts'

/** The names and sizes of what would be made, what is nested in brackets. */
const drawn = (one: ImaginedResource): unknown =>
  Array.isArray(one)
    ? one.map(drawn)
    : `${(one as ResourceView).name} ${(one as ResourceView).properties?.size}`

describe('the preview of a new tree', () => {
  const preview = (play: Scenario, template: JsonMap, files: Record<string, string> = {}) =>
    play.clock.until(play.calls.previewStack(anna, { name: 'web', template, files }))
  const nest = (text: string) => ({ 'inner.yaml': text })
  const inner = `heat_template_version: 2021-04-16
parameters: {size: {type: number, default: 1}, base: {type: string, default: ''}}
resources:
  pair: {type: OS::Heat::ResourceGroup, properties: {count: 2, resource_def: {type: Test::Thing, properties: {size: {get_param: size}}}}}
  one: {type: Test::Thing, properties: {size: 9}}
`

  it(
    'has lists in its list, with what is inside of nested stacks (§9)',
    playing(async (play) => {
      const template = hot({
        a: thing({ size: 1 }),
        b: { type: 'inner.yaml', properties: { size: 3, base: { get_resource: 'a' } } },
        c: {
          type: 'OS::Heat::ResourceChain',
          properties: { resources: ['Test::Thing'], resource_properties: { size: 4 } },
        },
      })
      const { resources } = await preview(play, template, nest(inner))
      assert.deepEqual(resources.map(drawn), ['a 1', [['0 3', '1 3'], 'one 9'], ['0 4']])
      const inside = (resources[1] as readonly ImaginedResource[])[1] as ResourceView
      assert.deepEqual([inside.stack.name, inside.stack.id], ['web-b', 'None'])
      assert.equal(inside.parentResource, 'b')
      assert.equal(await play.clock.until(play.calls.countStacks(anna, {})), 0)
    }),
  )

  it(
    'shows no secrets, and nothing of what is not there yet',
    playing(async (play) => {
      const template = hot(
        {
          a: thing({ labels: { of: { get_param: 'secret' } } }),
          b: thing({ labels: { of: { get_attr: ['a', 'size'] } } }),
        },
        { parameters: { secret: { type: 'string', hidden: true, default: 'abracadabra' } } },
      )
      const { resources } = await preview(play, template)
      assert.doesNotMatch(JSON.stringify(resources), /abracadabra/)
      assert.deepEqual((resources[1] as ResourceView).properties?.labels, { of: null })
    }),
  )

  it(
    'is refused where the tree would be too large or too deep, however it comes to be (§9, §15)',
    playing(
      async (play) => {
        const large = hot({ g: group(3, { type: 'inner.yaml' }) })
        await assert.rejects(
          preview(play, large, nest(inner)),
          isProblem('RequestLimitExceeded', /Maximum resources per stack exceeded/),
        )
        const nestedIn = (depth: number): JsonMap =>
          depth === 0
            ? { type: 'Test::Thing' }
            : { type: 'OS::Heat::ResourceGroup', properties: { count: 1, resource_def: nestedIn(depth - 1) } }
        await preview(play, hot({ g: nestedIn(5) }))
        await assert.rejects(preview(play, hot({ g: nestedIn(6) })), /Recursion depth exceeds 5/)
      },
      { options: { maxResourcesPerStack: 10 } },
    ),
  )
})
