import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isMap, type JsonMap } from '../../../src/base/json.ts'
import { service } from '../../../src/cloud/index.ts'
import { resource } from '../../../src/plugin/index.ts'
import { string } from '../../../src/schema/index.ts'
import { anna } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { hot, thing } from '../templates.ts'

const elsewhere = service('elsewhere', ['elsewhere'], { connect: () => ({}), find: {} })
const nothing = { properties: {}, attributes: {} }
const Far = resource('Test::Far', { summary: 'Far.', uses: { elsewhere }, ...nothing })
const Hidden = resource('Test::Hidden', { summary: 'Hidden.', uses: {}, support: 'HIDDEN', ...nothing })
const Odd = resource('Test::Odd', {
  summary: 'Odd.',
  uses: {},
  since: '7.0.0',
  support: 'DEPRECATED',
  properties: {
    open: string('Shown.', { required: true }),
    secret: string('Not shown.', { support: 'HIDDEN' }),
  },
  attributes: { word: string('A word.') },
})
const options = { types: [Far, Hidden, Odd] }

describe('the resource types', () => {
  it(
    'are listed, but for those that are hidden and those whose service is not there',
    playing(async (play) => {
      const list = async (ask = {}) =>
        (await play.clock.until(play.calls.listResourceTypes(anna, ask))).map(({ type }) => type)
      const all = await list()
      assert.ok(all.includes('Test::Thing') && all.includes('OS::Heat::ResourceGroup'))
      assert.ok(!all.includes('Test::Far') && !all.includes('Test::Hidden'))
      assert.deepEqual(await list({ name: 'Test::(Odd|Pair)' }), ['Test::Odd', 'Test::Pair'])
      assert.deepEqual(await list({ name: 'Odd' }), [])
      assert.deepEqual(await list({ name: '(((' }), [])
      assert.deepEqual(await list({ name: '(a+)+$' }), [])
      assert.deepEqual(await list({ supportStatus: 'deprecated' }), ['Test::Odd'])
      assert.deepEqual(await list({ version: '7.0.0', name: 'Test' }), ['Test::Odd'])
    }, options),
  )

  it(
    'show what they take and give',
    playing(async (play) => {
      const show = (type: string) =>
        play.clock.until(play.calls.showResourceType(anna, { type, withDescription: true }))
      const odd = await show('Test::Odd')
      assert.deepEqual(odd.attributes, {
        word: { description: 'A word.', type: 'string' },
        show: { description: 'Detailed information about resource.', type: 'map' },
      })
      assert.deepEqual(odd.support_status, {
        ...{ status: 'DEPRECATED', message: null, version: '7.0.0', previous_status: null },
      })
      assert.ok(isMap(odd.properties) && 'open' in odd.properties)
      await assert.rejects(
        show('No::Such'),
        isProblem('EntityNotFound', /The Resource Type \(No::Such\) could not be found\./),
      )
      await assert.rejects(show('Test::Hidden'), isProblem('Invalid'))
    }, options),
  )

  it(
    'can be had as a template that is sound',
    playing(async (play) => {
      for (const type of ['Test::Odd', 'Test::Thing', 'OS::Heat::ResourceGroup', 'OS::Heat::RandomString']) {
        const template = await play.clock.until(play.calls.resourceTypeTemplate(anna, { type, form: 'hot' }))
        await play.clock.until(play.calls.validateTemplate(anna, { template, showNested: false }))
        const cfn = await play.clock.until(play.calls.resourceTypeTemplate(anna, { type, form: 'cfn' }))
        assert.equal(cfn.HeatTemplateFormatVersion, '2012-12-12')
      }
      const odd = await play.clock.until(
        play.calls.resourceTypeTemplate(anna, { type: 'Test::Odd', form: 'hot' }),
      )
      assert.deepEqual(Object.keys(odd.parameters ?? {}), ['open'])
      const asked = { type: 'OS::Heat::RandomString', form: 'hot' } as const
      const word = await play.clock.until(play.calls.resourceTypeTemplate(anna, asked))
      const { length } = word.parameters as Readonly<Record<string, JsonMap>>
      assert.deepEqual(length?.constraints, [{ range: { min: 1, max: 512 } }])
      assert.deepEqual((word.outputs as JsonMap).show, {
        description: 'Detailed information about resource.',
        value: { get_attr: ['RandomString', 'show'] },
      })
    }, options),
  )
})

describe('the template language', () => {
  it(
    'is listed by a status that there is',
    playing(async (play) => {
      const list = (supportStatus: string) =>
        play.clock.until(play.calls.listResourceTypes(anna, { supportStatus }))
      assert.ok((await list('SUPPORTED')).length > 0)
      const words =
        /^Data supplied was not valid: Invalid support status and should be one of \('UNKNOWN', .*'HIDDEN'\)$/
      await assert.rejects(list('bad'), isProblem('Invalid', words))
    }),
  )

  it(
    'has versions, and each its functions',
    playing(async (play) => {
      const versions = await play.clock.until(play.calls.listTemplateVersions(anna, {}))
      assert.ok(versions.some(({ version }) => version === 'heat_template_version.2021-04-16'))
      const list = (version: string) =>
        play.clock.until(play.calls.listTemplateFunctions(anna, { version, withConditions: false }))
      const functions = await list('heat_template_version.2021-04-16')
      assert.ok(functions.some(({ functions: name }) => name === 'get_param'))
      await assert.rejects(list('no'), isProblem('NotFound', /^Template with version no not found$/))
    }),
  )

  it(
    'is checked without a cloud, and parameters may lack values',
    playing(async (play) => {
      const validate = (template: object | string) =>
        play.clock.until(
          play.calls.validateTemplate(anna, { template: template as never, showNested: false }),
        )
      const parameters = { size: { type: 'number', description: 'How large' } }
      const answer = await validate(
        hot(
          { a: thing({ size: { get_param: 'size' }, base: ['nowhere'] }) },
          { parameters, description: 'D' },
        ),
      )
      assert.equal(answer.Description, 'D')
      assert.deepEqual(Object.keys(answer.Parameters ?? {}), ['size'])
      await assert.rejects(
        validate(hot({ a: { type: 'No::Such' } })),
        isProblem('HTTPBadRequest', /No::Such/),
      )
      await assert.rejects(validate('{'), isProblem('HTTPBadRequest'))
    }),
  )

  it(
    'has a revision',
    playing(async (play) => assert.deepEqual(await play.calls.buildInfo(anna, {}), { revision: 'unknown' })),
  )
})
