import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasUnknown, read, UNKNOWN } from '../../../src/schema/index.ts'
import { parseEnvironment, templateFacts, templateParameters } from '../../../src/template/index.ts'
import { sampleTemplate } from '../sample.ts'

const template = sampleTemplate({
  parameters: {
    text: { type: 'string', constraints: [{ length: { max: 3 } }, { allowed_pattern: '[a-z]+' }] },
    count: { type: 'number', default: 1 },
    names: { type: 'comma_delimited_list', default: '' },
    settings: { type: 'json', default: {} },
  },
  outputs: { ip: { value: 'x', description: 'The address' } },
})

test('parameters are properties that may change, required without a default', () => {
  const { properties, attributes } = templateFacts(template)
  assert.deepEqual(
    Object.entries(properties).map(([name, { kind, options }]) => [
      name,
      kind,
      options.required === true,
      options.updatable,
    ]),
    [
      ['text', 'string', true, true],
      ['count', 'number', false, true],
      ['names', 'list', false, true],
      ['settings', 'map', false, true],
    ],
  )
  assert.equal(attributes.ip?.description, 'The address')
})

test('their rules hold for the properties, and texts are taken for lists and maps', () => {
  const { properties } = templateFacts(template)
  assert.deepEqual(read(properties, { text: 'ab', names: 'a,b', settings: '{}', count: '2' }).faults, [])
  assert.deepEqual(
    read(properties, { text: 'ABCD' }).faults.map(({ message }) => message),
    ['length (4) is out of range (min: None, max: 3)', '"ABCD" does not match pattern "[a-z]+"'],
  )
})

test('facts are made once, unless an environment changes them', () => {
  assert.equal(templateFacts(template), templateFacts(template))
  const environment = parseEnvironment({ parameter_defaults: { text: 'x' } }).value
  assert.ok(environment)
  assert.equal(templateFacts(template, environment).properties.text?.options.required, undefined)
  assert.equal(templateFacts(template).properties.text?.options.required, true)
})

test('properties become parameters: lists as texts, lists of maps member by member', () => {
  assert.deepEqual(
    templateParameters({
      a: ['x', null, 5],
      b: [],
      c: [{ k: 'v', n: true }],
      d: { m: 1 },
      e: null,
      f: 'text',
    }),
    {
      a: 'x,,5',
      b: '',
      c: '.member.0.k=v,.member.0.n=True',
      d: { m: 1 },
      f: 'text',
    },
  )
})

test('a list that is not wholly known is not known as a parameter', () => {
  const parameters = templateParameters({ a: ['x', UNKNOWN], b: { m: UNKNOWN } })
  assert.equal(parameters.a as unknown, UNKNOWN)
  assert.ok(hasUnknown(parameters.b))
})
