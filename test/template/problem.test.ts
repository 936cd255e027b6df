import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTemplate, versionNamed } from '../../src/template/index.ts'
import {
  callText,
  errorType,
  pathText,
  placed,
  suggestion,
  type TemplateProblem,
  writtenPath,
} from '../../src/template/problem.ts'

test('a path reads with dots between names and brackets around indexes', () => {
  assert.equal(
    pathText(['resources', 'a', 'properties', 'networks', 0, 'port']),
    'resources.a.properties.networks[0].port',
  )
  assert.equal(pathText(['a', '7']), 'a[7]')
})

test('a name of digits stays a name in what is said of how a template is written', () => {
  assert.equal(
    writtenPath(['resources', 'a', 'properties', 'servers', '0', 1]),
    'resources.a.properties.servers.0[1]',
  )
})

test('a path to a call begins anew in each call that it goes through, and passes over a choice', () => {
  const calls = versionNamed('2021-04-16')?.functions ?? new Map()
  assert.equal(
    callText(['outputs', 'o', 'value', 'str_replace', 'params', 'x', 'if', 2, 'get_attr'], calls),
    'outputs.o.value.str_replace: params.x.if: get_attr',
  )
  assert.equal(callText(['outputs', 'o', 'value', 'get_attr'], calls), 'outputs.o.value.get_attr')
})

test('REST callers know a problem by the name that Heat has for it', () => {
  assert.equal(errorType('ParameterMissing'), 'UserParameterMissing')
  assert.equal(errorType('MissingProperty'), 'StackValidationFailed')
})

test('a problem gets the file and the position of its path, unless it has them', () => {
  const written = { file: 'a.yaml', locate: () => ({ line: 2, column: 3 }) }
  const problem: TemplateProblem = { code: 'UnknownProperty', message: 'x', path: ['a'] }
  assert.deepEqual(placed([problem, { ...problem, file: 'b.yaml', line: 9, column: 1 }], written), [
    { ...problem, file: 'a.yaml', line: 2, column: 3 },
    { ...problem, file: 'b.yaml', line: 9, column: 1 },
  ])
})

test('a suggestion asks whether a name was meant', () => {
  assert.deepEqual(suggestion('flavor'), { meant: 'flavor', hint: 'Did you mean "flavor"?' })
  assert.deepEqual(suggestion(undefined), {})
})

test('a sentence about a very large value is cut', () => {
  const { problems } = parseTemplate({
    heat_template_version: '2021-04-16',
    parameters: { p: { type: { x: 'y'.repeat(100_000) } } },
  })
  assert.ok(problems[0] && problems[0].message.length < 5000)
  assert.match(problems[0].message, /…$/)
})

test('of very many problems the first are told, and how many there are besides', () => {
  const strangers = Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`stranger-${i}`, 1]))
  const { problems } = parseTemplate({ heat_template_version: '2021-04-16', ...strangers })
  assert.equal(problems.length, 1001)
  assert.equal(problems.at(-1)?.message, 'There are 500 more problems')
})
