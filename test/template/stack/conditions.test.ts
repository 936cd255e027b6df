import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../src/base/json.ts'
import { parseTemplate } from '../../../src/template/index.ts'
import { messages, sampleStack } from '../sample.ts'

function stack(conditions: Json, lenient = false) {
  const { value, problems } = parseTemplate({
    heat_template_version: '2018-08-31',
    parameters: { kind: { type: 'string' }, flag: { type: 'boolean', default: true } },
    conditions,
    resources: { r: { type: 'T', condition: 'c' }, s: { type: 'T', condition: { not: 'c' } } },
  })
  assert.ok(value)
  assert.deepEqual(problems, [])
  return sampleStack(value, lenient ? { lenient } : { environment: { parameters: { kind: 'x' } } })
}

test('decide which resources there are', () => {
  assert.deepEqual(
    [...stack({ c: { equals: [{ get_param: 'kind' }, 'x'] } }).definition.resources.keys()],
    ['r'],
  )
  assert.deepEqual(
    [...stack({ c: { not: 'd' }, d: { get_param: 'flag' } }).definition.resources.keys()],
    ['s'],
  )
})

test('that are not there or go in a circle are reported once, and then count as holding', () => {
  const circular = stack({ c: { not: 'd' }, d: { not: 'c' } })
  assert.deepEqual(messages(circular.problems), [
    'Condition validation error: Circular definition for condition "c"',
  ])
  assert.equal(circular.definition.resources.size, 2)
  const unknown = stack({ c: { not: 'dd' }, de: true })
  assert.deepEqual(messages(unknown.problems), ['conditions.c.not: Invalid condition "dd"'])
  assert.equal(unknown.problems[0]?.meant, 'de')
  assert.deepEqual(messages(stack({}).problems), [
    'resources.r.condition: Invalid condition "c"',
    'resources.s.condition.not: Invalid condition "c"',
  ])
})

test('must come to a truth value', () => {
  assert.deepEqual(messages(stack({ c: { get_param: 'kind' } }).problems), [
    'Condition validation error: The definition of condition "c" is invalid: x',
  ])
})

test('need their parameters even where the template is only looked at', () => {
  assert.deepEqual(messages(stack({ c: { equals: [{ get_param: 'kind' }, 'x'] } }, true).problems), [
    'The Parameter (kind) was not provided.',
  ])
})
