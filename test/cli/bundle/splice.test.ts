import assert from 'node:assert/strict'
import { test } from 'node:test'
import { originalColumn, positionOf, splice } from '../../../src/cli/bundle/splice.ts'

const source = 'a: {get_file: x.sh}, b: 1\nc: y.sh, d: z\n'
const splices = [
  { start: 14, end: 18, text: '"file:///x.sh"' },
  { start: 29, end: 33, text: '"file:///y.sh"' },
]

test('places are replaced and the rest stays', () => {
  assert.equal(splice(source, splices), 'a: {get_file: "file:///x.sh"}, b: 1\nc: "file:///y.sh", d: z\n')
})

test('a column of what is sent leads back to the column that the author sees', () => {
  const sent = splice(source, splices)
  for (const word of ['get_file', 'b: 1', 'd: z']) {
    const place = positionOf(sent, sent.indexOf(word))
    assert.equal(
      originalColumn(source, splices, place),
      positionOf(source, source.indexOf(word)).column,
      word,
    )
  }
})

test('a place inside what was replaced leads to its beginning', () => {
  assert.equal(originalColumn(source, splices, { line: 1, column: 20 }), 15)
  assert.equal(originalColumn(source, splices, { line: 2, column: 4 }), 4)
})
