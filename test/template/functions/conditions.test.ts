import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../src/base/json.ts'
import { parseTemplate } from '../../../src/template/index.ts'
import { messages, refusalOf, resultOf, sampleStack } from '../sample.ts'

const chosen = (condition: Json) =>
  resultOf(
    { if: [condition, true, false] },
    { template: { conditions: { yes: true, no: { not: 'yes' } } }, parameters: { env: 'prod' } },
  )

test('equals compares values with their kind', () => {
  assert.equal(chosen({ equals: [{ get_param: 'env' }, 'prod'] }), true)
  assert.equal(chosen({ equals: ['1', 1] }), false)
  assert.equal(chosen({ equals: [{ a: [1] }, { a: [1] }] }), true)
})

test('not turns a condition round', () => {
  assert.equal(chosen({ not: 'no' }), true)
  assert.equal(chosen({ not: { equals: [1, 1] } }), false)
})

test('and wants all of its conditions, or at least one', () => {
  assert.equal(chosen({ and: ['yes', true] }), true)
  assert.equal(chosen({ and: ['yes', 'no'] }), false)
  assert.equal(chosen({ or: ['no', { equals: [1, 1] }] }), true)
  assert.equal(chosen({ or: ['no', false] }), false)
})

test('contains looks into lists and texts', () => {
  assert.equal(chosen({ contains: ['a', ['b', 'a']] }), true)
  assert.equal(chosen({ contains: ['ab', 'cabd'] }), true)
  assert.equal(chosen({ contains: [{ a: 1 }, [{ a: 1 }]] }), true)
  assert.equal(chosen({ contains: [1, ['1']] }), false)
})

const misused: readonly (readonly [Json, RegExp])[] = [
  [{ equals: [1] }, /Arguments to "equals" must be of the form: \[value_1, value_2\]/],
  [{ not: null }, /Argument to "not" must be a condition/],
  [{ and: ['yes'] }, /The minimum number of condition arguments to "and" is 2/],
  [{ or: 'yes' }, /Arguments to "or" must be a list of conditions/],
  [{ contains: [] }, /Incorrect arguments to "contains"/],
  [{ contains: [1] }, /Arguments to "contains" must be of the form/],
  [{ list_join: [',', []] }, /The function "list_join" is invalid in this context/],
]

for (const [condition, words] of misused) {
  test(`refuses ${JSON.stringify(condition)} as a condition`, () => {
    const { problems } = parseTemplate({ heat_template_version: '2018-08-31', conditions: { c: condition } })
    assert.equal(problems.length, 1)
    assert.match(problems[0]?.message ?? '', words)
  })
}

test('contains refuses to look into anything else', () => {
  const { value } = parseTemplate({
    heat_template_version: '2018-08-31',
    conditions: { c: { contains: ['a', { a: 1 }] } },
    resources: { r: { type: 'T', condition: 'c' } },
  })
  assert.ok(value)
  assert.deepEqual(messages(sampleStack(value).problems), [
    'conditions.c.contains: Second argument to "contains" should be a sequence.',
  ])
})

test('contains takes true for 1 in lists, and looks only for texts in texts', () => {
  assert.equal(resultOf({ contains: [true, [1]] }), true)
  assert.match(refusalOf({ contains: [1, 'a1'] }) ?? '', /can only look for a string in a string/)
})
