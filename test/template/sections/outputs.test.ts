import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../src/base/json.ts'
import { parseTemplate } from '../../../src/template/index.ts'
import { messages, sampleTemplate } from '../sample.ts'

const wordsOf = (o: Json) =>
  messages(parseTemplate({ heat_template_version: '2018-08-31', outputs: { o } }).problems)

test('reads outputs with their descriptions and conditions', () => {
  const { outputs } = sampleTemplate({
    outputs: { a: { value: null, description: 5 }, b: { value: 1, condition: false } },
  })
  assert.deepEqual(outputs.get('a'), { name: 'a', value: { is: 'data', value: null }, description: '5' })
  assert.deepEqual(outputs.get('b')?.condition, { is: 'data', value: false })
})

test('refuses outputs without a value', () => {
  const start = 'Output validation error: outputs.o: '
  assert.deepEqual(wordsOf({ description: 'x' }), [
    `${start}Each output definition must contain a value key.`,
  ])
  assert.deepEqual(wordsOf('x'), [`${start}Output definitions must be a map. Found a str instead`])
  assert.deepEqual(wordsOf(null), [`${start}Output definitions must be a map. Found a NoneType instead`])
})

test('a mistyped key of an output is told of where it stands', () => {
  const text = 'heat_template_version: 2018-08-31\noutputs:\n  o:\n    valu: 1\n'
  const [problem] = parseTemplate(text).problems
  assert.deepEqual([problem?.line, problem?.endColumn, problem?.meant], [4, 9, 'value'])
})
