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
