import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { TemplatePath } from '../../../src/template/index.ts'
import { locator } from '../../../src/template/parse/locate.ts'

const place = (text: string, path: TemplatePath) => {
  const found = locator(text)(path)
  return found && [found.line, found.column]
}

/** The text between the two ends of a place. */
function textAt(text: string, path: TemplatePath, part: 'key' | 'value'): string | undefined {
  const found = locator(text)(path, part)
  if (found?.endLine === undefined || found.endColumn === undefined) return undefined
  const lines = text.split('\n')
  const offset = (line: number, column: number) =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1
  return text.slice(offset(found.line, found.column), offset(found.endLine, found.endColumn))
}

const yaml = `a: &x
  b: [1, "two"]
  c: |
    text
d: *x
e:
  <<: *x
  f: {g: 1}
list:
  - h
  - i: 2
`

test('finds the key of a value and the start of a list item', () => {
  assert.deepEqual(place(yaml, ['a', 'c']), [3, 3])
  assert.deepEqual(place(yaml, ['a', 'b', 1]), [2, 10])
  assert.deepEqual(place(yaml, ['list', 1, 'i']), [11, 5])
  assert.deepEqual(place(yaml, ['e', 'f', 'g']), [8, 7])
})

test('follows aliases and merged maps', () => {
  assert.deepEqual(place(yaml, ['d', 'c']), [3, 3])
  assert.deepEqual(place(yaml, ['e', 'b', 0]), [2, 7])
  assert.equal(textAt(yaml, ['d'], 'value'), '*x')
  assert.equal(textAt(yaml, ['e', 'c'], 'value'), '|\n    text')
})

test('gives the deepest part of a path that is there', () => {
  assert.deepEqual(place(yaml, ['e', 'f', 'gone', 'x']), [8, 3])
  assert.deepEqual(place(yaml, ['gone']), [1, 1])
})

test('finds places in JSON text', () => {
  assert.deepEqual(place('{\n\t"a": {"b": [1,\n 2]}\n}', ['a', 'b', 1]), [3, 2])
  assert.deepEqual(place('{\n\t"a": {"b": [1,\n 2]}\n}', ['a', 'b']), [2, 8])
})

test('finds nothing in a text that can not be read', () => {
  assert.equal(place('a: [', ['a']), undefined)
})

const pieces: readonly (readonly [
  what: string,
  text: string,
  path: TemplatePath,
  key: string,
  value: string,
])[] = [
  ['a plain text', 'a:\n  b: some words # and a comment\n', ['a', 'b'], 'b', 'some words'],
  ['a text over several lines', 'b: one\n  two\n\nc: 1\n', ['b'], 'b', 'one\n  two'],
  ['single quotes', "'b c': 'it''s' \n", ['b c'], "'b c'", "'it''s'"],
  ['double quotes', '"b\\tc": "x\\"y"\n', ['b\tc'], '"b\\tc"', '"x\\"y"'],
  ['a flow map', 'a: {b: 1, c: [x, {y: z}] , } # end\nd: 1\n', ['a'], 'a', '{b: 1, c: [x, {y: z}] , }'],
  ['a flow list over lines', 'a: [1, # ]\n  2\n ]\nb: 1\n', ['a'], 'a', '[1, # ]\n  2\n ]'],
  ['an empty flow map', 'a: { }\n', ['a'], 'a', '{ }'],
  ['a flow map that ends in nothing', 'a: {b: }\n', ['a'], 'a', '{b: }'],
  ['a block list', 'a:\n- 1\n- b: 2\n\nc: 3\n', ['a'], 'a', '- 1\n- b: 2'],
  [
    'a literal block',
    'a: |2-  # of | signs\n   x\n   y\n\nb: 1\n',
    ['a'],
    'a',
    '|2-  # of | signs\n   x\n   y',
  ],
  ['a folded block at the end', 'a: >\n  x', ['a'], 'a', '>\n  x'],
  ['nothing', 'a:\nb: 1\n', ['a'], 'a', 'a'],
  ['an anchor and a tag', 'a: &n !!str 5\n', ['a'], 'a', '5'],
  ['JSON', '{"a": {"b": [1, {"c": "d"}]}}', ['a', 'b', 1], '{"c": "d"}', '{"c": "d"}'],
  ['a key in quotes that looks like a merge', '{"a": [{"<<": false}]}', ['a', 0, '<<'], '"<<"', 'false'],
  ['wide characters', 'a: {名前: 😀x, b: 日本}\n', ['a', 'b'], 'b', '日本'],
  ['Windows line ends', 'a: 1\r\nb: |\r\n  x\r\nc: [1,\r\n 2]\r\n', ['c'], 'c', '[1,\r\n 2]'],
  ['a plain text before a Windows line end', 'a: 1\r\nb: two\r\n', ['b'], 'b', 'two'],
  ['a byte order mark', '\ufeffa: 1\nb: 2\n', ['a'], 'a', '1'],
  ['tabs', '{\n\t"a":\t{"b":\t"x"\t}\n}', ['a', 'b'], '"b"', '"x"'],
]

for (const [what, text, path, key, value] of pieces) {
  test(`knows where a key and its value begin and end: ${what}`, () => {
    assert.deepEqual([textAt(text, path, 'key'), textAt(text, path, 'value')], [key, value])
  })
}

test('of a JSON text every value is found exactly', () => {
  const json = fc.json({ maxDepth: 4 }).map((text) => `{"top": ${text}}`)
  fc.assert(
    fc.property(json, fc.integer({ min: 0, max: 3 }), (text, indent) => {
      const data = JSON.parse(text)
      if (JSON.stringify(data).includes('__proto__')) return
      const written = JSON.stringify(data, null, indent)
      for (const path of pathsIn(data)) {
        const found = textAt(written, path, 'value')
        const value = path.reduce((part, key) => part[key], data)
        assert.equal(JSON.stringify(JSON.parse(found ?? 'undefined')), JSON.stringify(value))
      }
    }),
    { numRuns: 100 },
  )
})

function pathsIn(value: unknown, path: TemplatePath = []): readonly TemplatePath[] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [path, ...entries.flatMap(([key, part]) => pathsIn(part, [...path, key]))]
}
