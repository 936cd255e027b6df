import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTemplate } from '../../../src/template/index.ts'
import { messages } from '../sample.ts'

test('a condition is a truth value or a function that gives one', () => {
  const { problems } = parseTemplate({
    heat_template_version: '2018-08-31',
    conditions: { a: true, b: { not: 'a' }, c: 'a', d: { x: 1 } },
  })
  assert.deepEqual(messages(problems), [
    'Condition validation error: The definition of condition "c" is invalid: a',
    `Condition validation error: The definition of condition "d" is invalid: {'x': 1}`,
  ])
})

test('conditions are a map, and not even nothing instead', () => {
  for (const [conditions, kind] of [
    [[true], 'list'],
    [null, 'NoneType'],
  ] as const) {
    const { problems } = parseTemplate({ heat_template_version: '2018-08-31', conditions })
    assert.deepEqual(messages(problems), [
      `Conditions validation error: Condition definitions must be a map. Found a ${kind} instead`,
    ])
  }
})
