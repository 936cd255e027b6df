import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { extendSite, noSite, type Site } from '../../../src/template/index.ts'
import { anna, type Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { hot, thing } from '../templates.ts'

const web = 'file:///etc/heat/templates/web.yaml'
const inner = hot(
  { inside: thing({ size: { get_param: 'size' } }) },
  {
    description: 'A web.',
    parameters: { size: { type: 'number', default: 3 } },
    outputs: { size: { value: { get_attr: ['inside', 'size'] } } },
  },
)

function siteSaying(registry: JsonMap): Site {
  const { value, problems } = extendSite(noSite, { resource_registry: registry }, 'all.yaml')
  assert.deepEqual(problems, [])
  return { ...(value ?? noSite), files: { [web]: JSON.stringify(inner) } }
}

const site = siteSaying({
  'Old::*': 'Test::*',
  'Acme::Web': web,
  'Acme::Name': 'Test::Thing',
  'Test::Pair': null,
})
const types = async (play: Scenario) =>
  (await play.clock.until(play.calls.listResourceTypes(anna, {}))).map(({ type }) => type)

describe("the site's environment", () => {
  it(
    'has types stand for others, and the stack keeps what they stood for',
    playing(
      async (play) => {
        const template = hot({ a: { type: 'Old::Thing' }, b: { type: 'Acme::Name' }, c: thing({}) })
        const stack = await play.create('web', template)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        const row = await play.store.stack(stack.id)
        const stored = await play.store.template(row?.templateId ?? '')
        assert.deepEqual(stored?.environment.resource_registry, {
          resources: {},
          'Old::Thing': 'Test::Thing',
          'Acme::Name': 'Test::Thing',
        })
      },
      { site },
    ),
  )

  it(
    'has templates stand for types, and the stack keeps those too',
    playing(
      async (play) => {
        const stack = await play.create('web', hot({ a: { type: 'Acme::Web', properties: { size: 5 } } }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(
          play.yard.things.map(({ size }) => size),
          [5],
        )
        const row = await play.store.stack(stack.id)
        const stored = await play.store.template(row?.templateId ?? '')
        assert.deepEqual(stored?.files, { [web]: JSON.stringify(inner) })
        assert.deepEqual(stored?.environment.resource_registry, { resources: {} })
      },
      { site },
    ),
  )

  it(
    "counts less than a stack's own",
    playing(
      async (play) => {
        const environment = { resource_registry: { 'Acme::Web': 'Test::Thing' } }
        const stack = await play.create(
          'web',
          hot({ a: { type: 'Acme::Web', properties: { color: 'red' } } }),
          {
            environment,
          },
        )
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal((await play.row(stack, 'a')).type, 'Acme::Web')
      },
      { site },
    ),
  )

  it(
    'takes types out of use and out of the list, but not under another name that it gives them',
    playing(
      async (play) => {
        const ask = (type: string) =>
          play.clock.until(play.calls.createStack(anna, { name: 'web', template: hot({ a: { type } }) }))
        const missing = /The Resource Type \((Test|Old)::Pair\) could not be found/
        await assert.rejects(ask('Test::Pair'), isProblem('StackValidationFailed', missing))
        await assert.rejects(ask('Old::Pair'), isProblem('StackValidationFailed', missing))
        const show = play.calls.showResourceType(anna, { type: 'Test::Pair', withDescription: false })
        await assert.rejects(play.clock.until(show), isProblem('EntityNotFound', /Test::Pair/))
        const listed = await types(play)
        assert.ok(!listed.includes('Test::Pair') && listed.includes('Test::Thing'))
      },
      { site },
    ),
  )

  it(
    'shows in the types: templates are listed, other names are not, and both can be looked at',
    playing(
      async (play) => {
        const listed = await types(play)
        assert.ok(listed.includes('Acme::Web') && !listed.includes('Acme::Name'))
        const show = async (type: string) =>
          await play.clock.until(play.calls.showResourceType(anna, { type, withDescription: true }))
        const shown = await show('Acme::Web')
        assert.deepEqual([shown.resource_type, shown.description], ['Acme::Web', 'A web.'])
        assert.deepEqual(Object.keys(shown.properties as JsonMap), ['size'])
        const named = await show('Acme::Name')
        assert.equal(named.resource_type, 'Acme::Name')
        assert.ok('color' in (named.properties as JsonMap))
        const template = await play.clock.until(
          play.calls.resourceTypeTemplate(anna, { type: 'Acme::Name', form: 'hot' }),
        )
        const resources = template.resources as { readonly Name: { readonly type: string } }
        assert.equal(resources.Name.type, 'Acme::Name')
      },
      { site },
    ),
  )

  it(
    'stands behind a stack through its updates, and its deletion leaves nothing',
    playing(
      async (play) => {
        const template = hot({ a: { type: 'Acme::Web' } })
        const stack = await play.create('web', template)
        await play.settled(stack)
        await play.update(stack, template)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        await play.delete(stack)
        await play.settled(stack)
        assert.deepEqual(play.yard.things, [])
      },
      { site },
    ),
  )
})
