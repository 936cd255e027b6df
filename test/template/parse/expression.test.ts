import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../src/base/json.ts'
import type { TemplateProblem } from '../../../src/template/index.ts'
import { readCondition, readValue } from '../../../src/template/parse/expression.ts'
import { hotVersions } from '../../../src/template/versions/hot.ts'

function read(raw: Json, name = '2018-08-31', readOne = readValue) {
  const version = hotVersions.find((one) => one.name === name)
  assert.ok(version)
  const problems: TemplateProblem[] = []
  return { expression: readOne(raw, ['x'], { version, problems }), problems }
}

test('data without calls stays as it is', () => {
  const raw = { a: [1, { b: null }], get_param: 'x' }
  assert.deepEqual(read(raw).expression, { is: 'data', value: raw })
  assert.equal((read(raw).expression as { value: unknown }).value, raw)
})

test('a map with one key that is a function is a call, wherever it stands', () => {
  const { expression } = read({ a: [0, { get_param: 'x' }] })
  assert.ok(expression.is === 'map')
  const list = expression.entries[0]?.[1]
  assert.ok(list?.is === 'list' && list.items[1]?.is === 'call')
  assert.equal(list.items[1].does.name, 'get_param')
  assert.deepEqual(list.items[1].path, ['x', 'a', 1, 'get_param'])
})

test('functions of later versions are data', () => {
  const raw = { str_split: [',', 'a,b'] }
  const { expression, problems } = read(raw, '2014-10-16')
  assert.deepEqual([expression, problems], [{ is: 'data', value: raw }, []])
})

test('functions that a version has no more are a problem that names the last version with them', () => {
  const { problems } = read({ a: { 'Fn::Select': [0, []] } }, '2015-10-15')
  assert.equal(
    problems[0]?.message,
    'x.a.Fn::Select: The template version is invalid: The function Fn::Select is not supported in this version of HOT.',
  )
  assert.equal(problems[0]?.hint, 'The last version that has it is 2015-04-30')
  assert.deepEqual(problems[0]?.path, ['x', 'a', 'Fn::Select'])
})

test('a condition may only call functions for conditions, at any depth', () => {
  const { problems } = read({ equals: [{ get_resource: 'a' }, 1] }, '2018-08-31', readCondition)
  assert.deepEqual(
    problems.map(({ message }) => message),
    ['x.equals[0].get_resource: The function "get_resource" is invalid in this context'],
  )
})

test('every misuse is reported, not just the first', () => {
  assert.equal(read([{ list_join: 1 }, { str_replace: 2 }, { digest: 3 }]).problems.length, 2)
})
