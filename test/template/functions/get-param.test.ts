import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTemplate } from '../../../src/template/index.ts'
import { refusalOf, resultOf, sampleStack } from '../sample.ts'

const parameters = { size: 'm1', net: { subnets: [{ cidr: '10.0.0.0/24' }], name: 'private' } }

test('gives the value of a parameter', () => {
  assert.equal(resultOf({ get_param: 'size' }, { parameters }), 'm1')
})

test('follows a path into a map and a list, with indexes as numbers or texts', () => {
  assert.equal(resultOf({ get_param: ['net', 'subnets', 0, 'cidr'] }, { parameters }), '10.0.0.0/24')
  assert.equal(resultOf({ get_param: ['net', 'subnets', '0', 'cidr'] }, { parameters }), '10.0.0.0/24')
  assert.equal(resultOf({ get_param: ['net', 'subnets', -1, 'cidr'] }, { parameters }), '10.0.0.0/24')
})

test('gives an empty text where the path leads nowhere', () => {
  for (const path of [
    ['net', 'gone'],
    ['net', 'subnets', 7],
    ['net', 'name', 'deeper'],
    ['net', 'constructor'],
  ]) {
    assert.equal(resultOf({ get_param: path }, { parameters }), '')
  }
})

test('knows the pseudo parameters', () => {
  assert.equal(resultOf({ get_param: 'OS::stack_name' }), 'web')
  assert.equal(resultOf({ get_param: 'OS::stack_id' }), '5f0c')
  assert.equal(resultOf({ get_param: 'OS::project_id' }), 'a1b2')
})

test('refuses a parameter that is not there, and arguments of another form', () => {
  assert.equal(refusalOf({ get_param: 'gone' }), 'The Parameter (gone) was not provided.')
  assert.equal(refusalOf({ get_param: '' }), 'Function "get_param" must have arguments')
  assert.equal(refusalOf({ get_param: { a: 1, b: 2 } }), 'Argument to "get_param" must be string or list')
  assert.equal(refusalOf({ get_param: [1] }), 'Parameter name in "get_param" must be string')
})

test('is no problem where the template is only looked at and the parameter has no value', () => {
  const { value } = parseTemplate({
    heat_template_version: '2018-08-31',
    parameters: { size: { type: 'string' } },
    resources: { server: { type: 'OS::Nova::Server', properties: { flavor: { get_param: 'size' } } } },
  })
  assert.ok(value)
  const { definition, problems } = sampleStack(value, { lenient: true })
  assert.deepEqual(problems, [])
  assert.equal(definition.parameters.has('size'), false)
})

test('gives null where a path leads to null', () => {
  assert.equal(resultOf({ get_param: ['it', 'a'] }, { parameters: { it: { a: null } } }), null)
})

test('gives a character of a text', () => {
  assert.equal(resultOf({ get_param: ['it', '1'] }, { parameters: { it: 'abc' } }), 'b')
})

test('takes no fraction for an index', () => {
  assert.equal(resultOf({ get_param: ['it', 1.5] }, { parameters: { it: ['a', 'b'] } }), '')
})
