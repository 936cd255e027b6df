import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { UNKNOWN } from '../../../src/schema/index.ts'
import {
  evaluateExternalId,
  evaluateMetadata,
  evaluateOutput,
  evaluateProperties,
  evaluateUpdatePolicy,
  outputAllowance,
} from '../../../src/template/index.ts'
import { namedWorld, sampleStack, sampleTemplate } from '../sample.ts'

const define = (resources: JsonMap, more: JsonMap = {}) =>
  sampleStack(sampleTemplate({ resources, ...more })).definition

const definition = define(
  {
    a: { type: 'T' },
    b: {
      type: 'T',
      properties: {
        id: { get_resource: 'a' },
        list: [{ get_attr: ['a', 'x', 0] }, 'fixed'],
        gone: { if: [false, 1] },
      },
      metadata: { m: { get_param: 'OS::stack_name' } },
      update_policy: { rolling: { get_attr: ['a', 'n'] } },
      external_id: { get_attr: ['a', 'id'] },
    },
    plain: { type: 'T', properties: { x: { get_param: 'OS::stack_name' } } },
  },
  {
    outputs: {
      good: { value: { get_attr: ['a', 'x'] } },
      bad: { value: { get_resource: 'gone' } },
      off: { value: 1, condition: false },
    },
  },
)

test('properties are what they are in a world, without what an if left out', () => {
  assert.deepEqual(evaluateProperties(definition, 'b', namedWorld), {
    id: 'REF:a',
    list: ['ATT:a.x.0', 'fixed'],
  })
  assert.deepEqual(evaluateProperties(definition, 'a', namedWorld), {})
})

test('parts that are not known yet are UNKNOWN, the others are there', () => {
  const world = { reference: () => UNKNOWN, attribute: () => 'known' }
  assert.deepEqual(evaluateProperties(definition, 'b', world), { id: UNKNOWN, list: ['known', 'fixed'] })
})

test('properties that ask nothing of the world are worked out once', () => {
  assert.equal(
    evaluateProperties(definition, 'plain', namedWorld),
    evaluateProperties(definition, 'plain', namedWorld),
  )
})

test('metadata, update policy and external id are worked out the same way', () => {
  assert.deepEqual(evaluateMetadata(definition, 'b', namedWorld), { m: 'web' })
  assert.deepEqual(evaluateMetadata(definition, 'a', namedWorld), {})
  assert.deepEqual(evaluateUpdatePolicy(definition, 'b', namedWorld), { rolling: 'ATT:a.n' })
  assert.equal(evaluateExternalId(definition, 'b', namedWorld), 'ATT:a.id')
  assert.equal(evaluateExternalId(definition, 'a', namedWorld), undefined)
})

test('an output gives its value, or says why it has none', () => {
  assert.deepEqual(evaluateOutput(definition, 'good', namedWorld), { value: 'ATT:a.x' })
  assert.deepEqual(evaluateOutput(definition, 'bad', namedWorld), {
    error: 'The specified reference "gone" (in unknown) is incorrect.',
  })
  assert.deepEqual(evaluateOutput(definition, 'off', namedWorld), { value: null })
  assert.deepEqual(evaluateOutput(definition, 'nobody', namedWorld), { value: null })
})

test('a function that can not do its work in this world says where it stands', () => {
  const failing = define({
    a: { type: 'T' },
    b: { type: 'T', properties: { p: [{ str_split: [',', { get_attr: ['a', 'x'] }, 5] }] } },
  })
  assert.throws(
    () => evaluateProperties(failing, 'b', { ...namedWorld, attribute: () => 'a,b' }),
    /^Error: Property error: resources.b.properties.p\[0\]: Incorrect index to "str_split" should be between 0 and 1$/,
  )
})

test('a function may give all properties at once, but only a map', () => {
  const whole = define({ a: { type: 'T' }, b: { type: 'T', properties: { get_attr: ['a', 'all'] } } })
  assert.deepEqual(evaluateProperties(whole, 'b', { ...namedWorld, attribute: () => ({ x: 1 }) }), { x: 1 })
  assert.throws(() => evaluateProperties(whole, 'b', namedWorld), /Properties must be a map/)
})

test('the outputs of one answer together are not larger than what can be told', () => {
  const value = { get_attr: ['a', 'long'] }
  const names = Array.from({ length: 8 }, (_, i) => `o${i}`)
  const { definition } = sampleStack(
    sampleTemplate({
      resources: { a: { type: 'T' } },
      outputs: Object.fromEntries(names.map((name) => [name, { value }])),
    }),
  )
  const long = 'x'.repeat(10_000_000)
  const world = { reference: () => 'id', attribute: () => long }
  const allowance = outputAllowance()
  const told = names.map((name) => 'value' in evaluateOutput(definition, name, world, allowance))
  assert.deepEqual(told, [true, true, true, true, true, true, false, false])
})

test('the properties of all resources together are not larger than what an engine holds', () => {
  const names = Array.from({ length: 30 }, (_, i) => `r${i}`)
  const properties = { long: { get_attr: ['a', 'long'] } }
  const resources = Object.fromEntries(names.map((name) => [name, { type: 'T', properties }]))
  const stack = define({ a: { type: 'T' }, ...resources })
  const long = 'x'.repeat(10_000_000)
  const world = { reference: () => 'id', attribute: () => long }
  // Worked out again, a resource counts once.
  for (const name of [...names.slice(0, 25), ...names.slice(0, 25)]) evaluateProperties(stack, name, world)
  assert.throws(
    () => evaluateProperties(stack, 'r25', world),
    /^Error: Property error: resources\.r25: the properties of all resources are larger than 256000000 bytes$/,
  )
})

test('properties that are too large are refused with the template where they are known', () => {
  const properties = { value: { get_param: 'long' } }
  const template = sampleTemplate({
    parameters: { long: { type: 'string' } },
    resources: Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`r${i}`, { type: 'T', properties }])),
  })
  const environment = { parameters: { long: 'x'.repeat(10_000_000) } }
  const { problems } = sampleStack(template, { environment })
  assert.deepEqual(
    problems.map(({ code, path }) => [code, ...path]),
    [['TooLarge', 'resources', 'r25']],
  )
})
