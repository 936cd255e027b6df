import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSource } from '../../../src/template/parse/read.ts'
import { processorTime } from '../processor-time.ts'

const read = (source: Parameters<typeof readSource>[0], maxSize = 10_000) =>
  readSource(source, { what: 'template', maxSize })
const problemIn = (source: Parameters<typeof readSource>[0], maxSize?: number) =>
  read(source, maxSize).problems[0]

test('reads YAML, JSON text and data alike', () => {
  for (const source of ['a: [1, x]', '{"a": [1, "x"]}', { a: [1, 'x'] }])
    assert.deepEqual(read(source).value?.data, { a: [1, 'x'] })
  assert.deepEqual(read('').value?.data, {})
})

test('says where YAML can not be read', () => {
  const problem = problemIn('a:\n  - 1\n  b: 2\n')
  assert.equal(problem?.code, 'TemplateMalformed')
  assert.match(problem?.message ?? '', /^Error parsing template \[root stack\] .* in line 3, column 3/)
  assert.deepEqual([problem?.line, problem?.column], [3, 3])
})

test('refuses what is no map, several documents and unknown tags', () => {
  for (const source of ['- 1', '5', '"text"', '[1]']) {
    assert.equal(problemIn(source)?.message, 'The template is not a JSON object or YAML mapping.')
  }
  assert.match(problemIn('a: 1\n---\nb: 2\n')?.message ?? '', /expected a single document, found 2/)
  assert.match(problemIn('a: !Ref b\n')?.message ?? '', /tag/)
})

test('refuses a text that is too large, and data that would be', () => {
  const text = `a: ${'x'.repeat(100)}`
  assert.match(
    problemIn(text, 50)?.message ?? '',
    /^Request limit exceeded: Template size \(103 bytes\) exceeds maximum allowed size \(50 bytes\)\.$/,
  )
  assert.equal(problemIn({ a: 'x'.repeat(100) }, 50)?.code, 'TooLarge')
})

test('refuses NUL characters, with their place', () => {
  const problem = problemIn('a: 1\nb: x\u0000y')
  assert.deepEqual([problem?.code, problem?.line, problem?.column], ['TemplateMalformed', 2, 5])
})

test('refuses aliases that stand for more than a template may be', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  for (let i = 1; i < 9; i++) {
    const before = String.fromCharCode(96 + i)
    const name = String.fromCharCode(97 + i)
    bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`)
  }
  const took = processorTime(() =>
    assert.match(problemIn(bomb.join('\n'), 500_000)?.message ?? '', /exceeds maximum|stand for more than/),
  )
  assert.ok(took < 1000)
})

test('refuses data that is nested too deep, or holds itself', () => {
  assert.match(problemIn('['.repeat(200) + ']'.repeat(200))?.message ?? '', /not a JSON object|depth|deep/i)
  assert.match(
    problemIn(`{"a": ${'['.repeat(200)}${']'.repeat(200)}}`)?.message ?? '',
    /nested more than 100 levels deep/,
  )
  assert.match(problemIn('a: &a\n  b: *a\n')?.message ?? '', /alias|anchor|nested|deep/i)
})

test('takes prototype names for plain data', () => {
  const { value } = read('{"__proto__": {"x": 1}, "constructor": 2}')
  assert.deepEqual(Object.keys(value?.data ?? {}), ['__proto__', 'constructor'])
  assert.equal(({} as { x?: number }).x, undefined)
  assert.deepEqual(Object.keys(read('__proto__: {x: 1}\n').value?.data ?? {}), ['__proto__'])
})

test('keeps every digit of a number that is too long for one', () => {
  assert.deepEqual(read('{"account": 123456789012345678901}').value?.data, {
    account: '123456789012345678901',
  })
})
