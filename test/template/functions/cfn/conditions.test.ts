import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../../src/base/json.ts'
import { refusalOf, resultOf } from '../../sample.ts'

const sample = {
  version: 'AWSTemplateFormatVersion.2010-09-09',
  parameters: { colour: 'red' },
  template: { Conditions: { Yes: true, No: false, Red: { 'Fn::Equals': [{ Ref: 'colour' }, 'red'] } } },
}
const holds = (condition: Json) => resultOf({ 'Fn::If': [condition, true, false] }, sample)
const refuses = (condition: Json) =>
  refusalOf({ 'Fn::If': [condition, true, false] }, sample) ?? 'it is allowed'

test('Fn::If evaluates only the value that its condition chooses', () => {
  assert.equal(resultOf({ 'Fn::If': ['Yes', 1, { Ref: 'gone' }] }, sample), 1)
  assert.equal(resultOf({ 'Fn::If': ['No', { Ref: 'gone' }, 2] }, sample), 2)
  assert.match(
    refusalOf({ 'Fn::If': ['Yes', 1] }, sample) ?? '',
    /Arguments to "Fn::If" must be of the form: \[condition_name, value_if_true, value_if_false\]/,
  )
})

test('Fn::Equals compares without changing kinds, but that true is 1', () => {
  assert.equal(holds('Red'), true)
  assert.equal(holds({ 'Fn::Equals': ['1', 1] }), false)
  assert.equal(holds({ 'Fn::Equals': [true, 1] }), true)
  assert.equal(
    holds({
      'Fn::Equals': [
        { a: 1, b: [2] },
        { b: [2], a: 1 },
      ],
    }),
    true,
  )
  assert.match(refuses({ 'Fn::Equals': [1] }), /must be of the form: \[value_1, value_2\]/)
})

test('Fn::Not takes a list of one condition', () => {
  assert.equal(holds({ 'Fn::Not': ['No'] }), true)
  assert.equal(holds({ 'Fn::Not': [{ 'Fn::Not': ['No'] }] }), false)
  for (const wrong of ['No', ['No', 'Yes'], [], null] as const)
    assert.match(refuses({ 'Fn::Not': wrong }), /Arguments to "Fn::Not" must be of the form: \[condition\]/)
})

test('Fn::And and Fn::Or take two conditions or more', () => {
  assert.equal(holds({ 'Fn::And': ['Yes', 'Red', true] }), true)
  assert.equal(holds({ 'Fn::And': ['Yes', 'No'] }), false)
  assert.equal(holds({ 'Fn::Or': ['No', 'Red'] }), true)
  assert.match(refuses({ 'Fn::Or': ['No'] }), /minimum number of condition arguments to "Fn::Or" is 2/)
  assert.match(refuses({ 'Fn::And': 'Yes' }), /Arguments to "Fn::And" must be a list of conditions/)
})

test('a condition can look something up, but ask nothing of resources', () => {
  const mapped = { ...sample, template: { ...sample.template, Mappings: { M: { a: { b: 'red' } } } } }
  const found = { 'Fn::Equals': [{ 'Fn::FindInMap': ['M', 'a', 'b'] }, { Ref: 'colour' }] }
  assert.equal(resultOf({ 'Fn::If': [found, 1, 2] }, mapped), 1)
  assert.match(
    refuses({ 'Fn::Equals': [{ 'Fn::GetAtt': ['server', 'name'] }, 1] }),
    /is invalid in this context/,
  )
  assert.match(refuses('Gone'), /Invalid condition "Gone"/)
})
