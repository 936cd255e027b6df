import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json, JsonMap } from '../../../src/base/json.ts'
import { refusalOf, resultOf, sampleStack, sampleTemplate } from '../sample.ts'

const template: JsonMap = {
  conditions: { yes: { equals: [1, 1] }, no: { not: 'yes' } },
}

test('chooses by the name of a condition, a truth value or a condition function', () => {
  assert.equal(resultOf({ if: ['yes', 'a', 'b'] }, { template }), 'a')
  assert.equal(resultOf({ if: ['no', 'a', 'b'] }, { template }), 'b')
  assert.equal(resultOf({ if: [false, 'a', 'b'] }, { template }), 'b')
  assert.equal(resultOf({ if: [{ or: ['no', 'yes'] }, 'a', 'b'] }, { template }), 'a')
})

test('does not evaluate the branch that it does not take', () => {
  assert.equal(resultOf({ if: ['yes', 'a', { get_file: 'gone' }] }, { template }), 'a')
})

test('from 2021-04-16 on takes the item out where there is no second value', () => {
  const dropped: Json = { if: ['no', 'a'] }
  assert.deepEqual(resultOf({ list: [1, dropped, 2], key: dropped, other: [dropped] }, { template }), {
    list: [1, 2],
    other: [],
  })
  assert.equal(resultOf(dropped, { template }), null)
  assert.deepEqual(resultOf({ list_join: ['-', ['a', dropped, 'b']] }, { template }), 'a-b')
  assert.match(
    refusalOf(dropped, { template, version: '2018-08-31' }) ?? '',
    /Arguments to "if" must be of the form/,
  )
})

test('refuses a condition that is not there', () => {
  assert.equal(refusalOf({ if: ['yess', 'a', 'b'] }, { template }), 'Invalid condition "yess"')
  assert.equal(refusalOf({ if: [5, 'a', 'b'] }, { template }), 'Invalid condition "5"')
})

test('refuses other functions in its condition', () => {
  assert.equal(
    refusalOf({ if: [{ get_attr: ['server', 'show'] }, 'a', 'b'] }, { template }),
    'outputs.it.value.if[0].get_attr: The function "get_attr" is invalid in this context',
  )
})

test('makes only the needs of the branch that it takes', () => {
  const both = sampleTemplate({
    parameters: { one: { type: 'boolean', default: true } },
    conditions: { first: { get_param: 'one' } },
    resources: {
      a: { type: 'T' },
      b: { type: 'T' },
      c: { type: 'T', properties: { p: { if: ['first', { get_resource: 'a' }, { get_resource: 'b' }] } } },
    },
  })
  const { definition, problems } = sampleStack(both)
  assert.deepEqual(problems, [])
  assert.deepEqual(definition.needs.get('c'), ['a'])
})

test('a value left out is null where it has a place of its own, and nothing where it has none', () => {
  const gone = { if: [false, 1] }
  assert.deepEqual(resultOf({ filter: [gone, [1]] }), [1])
  assert.equal(resultOf({ list_join: [',', ['a', gone, 'b']] }), 'a,b')
  assert.equal(resultOf({ get_attr: ['server', 'name', gone] }), 'ATT:server.name')
  assert.deepEqual(resultOf({ list_concat: [[1], gone, [2]] }), [1, 2])
  assert.match(refusalOf({ list_join: [gone, ['a']] }) ?? '', /"list_join" delimiter must be a string/)
})

test('null is no condition, and that always holds', () => {
  assert.equal(resultOf({ if: [null, 'yes', 'no'] }), 'yes')
})
