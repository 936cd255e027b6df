import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTemplate } from '../../../src/template/index.ts'
import { processorTime } from '../processor-time.ts'

/** What is advised of a template that begins in line 2, for line 1 is that of the version. */
function adviceFor(text: string): string | undefined {
  const { problems } = parseTemplate(`heat_template_version: 2018-08-31\n${text}`)
  assert.equal(problems[0]?.code, 'TemplateMalformed')
  return problems[0]?.hint
}

const mistakes: Readonly<Record<string, readonly [text: string, advice: string | undefined]>> = {
  'a line between two margins': [
    'a:\n    b: 1\n  c: 2\n',
    'Line 4 is indented by 2; the lines above it by 4 or 0',
  ],
  'a line that is too far right': [
    'a:\n  b: 1\n    c: 2\n',
    'Line 4 is indented by 4; the lines above it by 2',
  ],
  'a list whose dashes are not under each other': [
    'a:\n  - b: 1\n - c: 2\n',
    'Line 4 is indented by 1; the lines above it by 2 or 0',
  ],
  'a key of a list item that is not under the first': [
    'a:\n- b: 1\n   c: 2\n',
    'Line 4 is indented by 3; the lines above it by 2',
  ],
  'a tab': ['a:\n\tb: 1\n', 'Indent with spaces'],
  'a key without a colon': ['a: b\nc d\ne: f\n', 'Line 3 has no colon with a space behind it'],
  'a colon without a space': ['a: b\n\nc:d\ne: f\n', 'Line 4 has no colon with a space behind it'],
  'a no-break space for an indent': [
    'a:\n\u00a0 b: 1\n  c: 2\n',
    'In line 3, column 1 is the sign U+00A0, which only looks like a space: write a plain one',
  ],
  'a no-break space behind a colon': [
    'b:\u00a01\nc: 2\n',
    'In line 2, column 3 is the sign U+00A0, which only looks like a space: write a plain one',
  ],
  'double quotes without an end': [
    'a: 1\nb: "c\nd: e\n',
    'The quotes that do not end seem to begin in line 3',
  ],
  'single quotes without an end': ["b: 'c\nd: e\n", 'The quotes that do not end seem to begin in line 2'],
  'quotes within quotes': [
    "a: 'it's'\n",
    'The text in quotes ends before this; within single quotes one is written twice, within double quotes behind a backslash',
  ],
  'an open brace': [
    'a: { b: [1, 2]\nc: d\n',
    'A comma is missing before it, or the { in line 2, column 4 is not closed',
  ],
  'an open brace at the end': ['a: { b: "}", c: d\n', 'The { in line 2, column 4 is not closed'],
  'an open bracket': ['a: { b: [c, d }\n', 'The [ in line 2, column 9 is not closed'],
  'a missing comma': ['a: { b: "c" "d": e }\n', 'A comma is missing before it'],
  'a sign that YAML keeps for itself': ['a: %b\n', 'A text that begins with % must be in quotes'],
  'a star': ['a: *.example.com\n', 'A text that begins with * must be in quotes'],
  'two braces': [
    'a: {{ b }}\n',
    'A text that begins with {{ must be in quotes; and a map can not be the key of a map',
  ],
  'a colon in a text': ['a: b: c\n', 'A text with a colon and a space in it must be in quotes'],
  'a list in the line of its key': ['a: - b\n', 'A list begins in a line of its own'],
  'a backslash': [
    'a: "\\d"\n',
    'In double quotes a backslash is written twice; in single quotes it stands for itself',
  ],
  'a tag of CloudFormation': [
    'a: !Ref b\n',
    'Templates have no tags: write a call as a map, such as { Ref: name } for !Ref name',
  ],
  'something that nobody can guess': ['- a\n', undefined],
}

for (const [mistake, [text, advice]] of Object.entries(mistakes))
  test(`what is advised of ${mistake}`, () => assert.equal(adviceFor(text), advice))

test('lines without end take no time to advise of', () => {
  const long = `a: { b: ${'"\\"'.repeat(100_000)}\n c: d\n`
  const took = processorTime(() => void parseTemplate(`heat_template_version: 2018-08-31\n${long}`))
  assert.ok(took < 2000)
})
