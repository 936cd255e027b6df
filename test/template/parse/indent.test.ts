import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTemplate } from '../../../src/template/index.ts'
import { duplicatesIn } from '../../../src/template/parse/duplicates.ts'
import { indentedEnough } from '../../../src/template/parse/indent.ts'

const closedUnderItsWord = `heat_template_version: 2018-08-31
resources:
  a:
    type: T
    properties: {
      list: [
    1,
  { deep: true }
      ],
 colour: "red
and green",
      "size": 'one

'
    }
`

test('what is in brackets and quotes may stand as far left as it likes', () => {
  const { value, problems } = parseTemplate(closedUnderItsWord)
  assert.deepEqual(problems, [])
  assert.deepEqual(value?.source.resources, {
    a: {
      type: 'T',
      properties: { list: [1, { deep: true }], colour: 'red and green', size: 'one\n' },
    },
  })
})

test('a place in such a text is where it was written', () => {
  const { value } = parseTemplate(closedUnderItsWord)
  const place = value?.locate(['resources', 'a', 'properties', 'list', 1, 'deep'])
  assert.deepEqual(place, { line: 8, column: 5, endLine: 8, endColumn: 9 })
  const wrong = parseTemplate(`${closedUnderItsWord}outputs: ]\n`).problems[0]
  assert.deepEqual([wrong?.line, wrong?.column], [16, 10])
})

test('keys that stand twice are found in such a text', () => {
  const [twice] = duplicatesIn('a: {\nb: 1,\n b: 2\n}')
  assert.deepEqual(twice?.position, { line: 3, column: 2, endLine: 3, endColumn: 3 })
})

test('a text that needs nothing stays as it is, and so does one with another fault', () => {
  for (const text of ['a:\n  b: 1\n', 'a: ]\n', '\ta: {\n}']) assert.equal(indentedEnough(text).text, text)
})

test('a text with very many such lines is given up', () => {
  const text = `a:\n  b: {\n${'c: 1,\n'.repeat(20_000)}}\n`
  const { problems } = parseTemplate(`heat_template_version: 2018-08-31\n${text}`)
  assert.match(problems[0]?.message ?? '', /deficient indentation/)
})
