import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { evaluateOutput, evaluateProperties, parseTemplate, withZones } from '../../../src/template/index.ts'
import { namedWorld, sampleStack } from '../sample.ts'

function definitionOf(sections: JsonMap) {
  const { value } = parseTemplate({ AWSTemplateFormatVersion: '2010-09-09', ...sections })
  assert.ok(value)
  return sampleStack(value).definition
}

const first = { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }

test('a definition tells whether anything in it asks for zones', () => {
  assert.equal(definitionOf({ Outputs: { o: { Value: first } } }).asksForZones, true)
  assert.equal(definitionOf({ Resources: { a: { Type: 'T', Properties: { p: first } } } }).asksForZones, true)
  assert.equal(definitionOf({ Resources: { a: { Type: 'T', Properties: { p: 1 } } } }).asksForZones, false)
})

test('what asks for zones gets those of the cloud, and of no cloud the usual one', () => {
  const definition = definitionOf({
    Resources: { a: { Type: 'T', Properties: { p: first } } },
    Outputs: { o: { Value: first } },
  })
  const elsewhere = withZones(definition, () => ['east', 'west'])
  assert.deepEqual(evaluateProperties(elsewhere, 'a', namedWorld), { p: 'east' })
  assert.deepEqual(evaluateOutput(elsewhere, 'o', namedWorld), { value: 'east' })
  assert.deepEqual(evaluateProperties(definition, 'a', namedWorld), { p: 'nova' })
})

test('where zones can not be had, what asks for them says why', () => {
  const cutOff = withZones(definitionOf({ Outputs: { o: { Value: first }, p: { Value: 1 } } }), () => {
    throw new Error('Nova is away')
  })
  assert.deepEqual(evaluateOutput(cutOff, 'o', namedWorld), { error: 'Nova is away' })
  assert.deepEqual(evaluateOutput(cutOff, 'p', namedWorld), { value: 1 })
})
