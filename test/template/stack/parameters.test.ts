import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messages, sampleStack, sampleTemplate } from '../sample.ts'

const template = sampleTemplate({
  parameters: {
    size: { type: 'number', constraints: [{ range: { max: 9 } }] },
    name: { type: 'string', default: 'own' },
    secret: { type: 'string', hidden: true, default: 'x' },
    address: { type: 'string', default: '10.0.0.1', constraints: [{ custom_constraint: 'ip_addr' }] },
  },
})

test('a value given counts before a default of the environment, and that before one of the template', () => {
  const of = (environment: Parameters<typeof sampleStack>[1]) =>
    sampleStack(template, environment).definition.parameters.get('name')
  assert.equal(
    of({ environment: { parameters: { name: 'given' }, parameter_defaults: { name: 'usual' } } })?.value,
    'given',
  )
  assert.equal(
    of({ environment: { parameters: { name: null }, parameter_defaults: { name: 'usual' } } })?.value,
    'usual',
  )
  assert.deepEqual([of({})?.value, of({})?.given], ['own', false])
})

test('values have the type of their parameter and print as text, hidden ones as asterisks', () => {
  const { definition, problems } = sampleStack(template, { environment: { parameters: { size: '5' } } })
  assert.deepEqual(problems, [])
  assert.deepEqual(
    ['size', 'secret', 'OS::stack_name'].map((name) => [
      definition.parameters.get(name)?.value,
      definition.parameters.get(name)?.text,
    ]),
    [
      [5, '5'],
      ['x', '******'],
      ['web', 'web'],
    ],
  )
  assert.deepEqual([...definition.hiddenParameterNames], ['secret'])
})

test('reports all that is wrong with the values', () => {
  const { problems } = sampleStack(template, {
    environment: { parameters: { nmae: 'x', address: 'nowhere' } },
  })
  assert.deepEqual(messages(problems), [
    'The Parameter (nmae) was not defined in template.',
    'The Parameter (size) was not provided.',
    "Parameter 'address' is invalid: Error validating value 'nowhere': Invalid IP address",
  ])
  assert.deepEqual(
    problems.map(({ code, meant }) => [code, meant]),
    [
      ['UnknownParameter', 'name'],
      ['ParameterMissing', undefined],
      ['InvalidParameterValue', undefined],
    ],
  )
  assert.deepEqual(messages(sampleStack(template, { environment: { parameters: { size: 10 } } }).problems), [
    "Parameter 'size' is invalid: 10 is out of range (min: None, max: 9)",
  ])
})

test('where a template is only looked at, values may be missing', () => {
  const { problems, definition } = sampleStack(template, { lenient: true })
  assert.deepEqual(problems, [])
  assert.equal(definition.parameters.has('size'), false)
})
