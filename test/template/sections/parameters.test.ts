import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../src/base/json.ts'
import { parseTemplate } from '../../../src/template/index.ts'
import { messages, sampleTemplate } from '../sample.ts'

const problemsOf = (p: Json, version = '2018-08-31') =>
  parseTemplate({ heat_template_version: version, parameters: { p } }).problems
const wordsOf = (p: Json, version?: string) => messages(problemsOf(p, version))

test('reads everything that can be said about a parameter', () => {
  const template = sampleTemplate({
    parameters: {
      p: {
        type: 'number',
        description: 'How many',
        label: 'Count',
        default: 2,
        hidden: true,
        immutable: 'true',
        tags: ['a'],
        schema: { ignored: true },
        constraints: [
          { range: { min: 1, max: '5' }, description: 'One to five' },
          { modulo: { step: 2, offset: 0 } },
        ],
      },
    },
  })
  assert.deepEqual(template.parameters.get('p'), {
    name: 'p',
    type: 'number',
    description: 'How many',
    label: 'Count',
    default: 2,
    hidden: true,
    immutable: true,
    tags: ['a'],
    constraints: [
      { is: 'range', min: 1, max: 5, description: 'One to five' },
      { is: 'modulo', step: 2, offset: 0 },
    ],
  })
})

const refused: readonly (readonly [Json, string])[] = [
  [5, 'Invalid parameter (p), expected a mapping'],
  [{ default: 'x' }, 'Missing parameter type for parameter: p'],
  [{ type: 'String' }, 'Invalid type (String)'],
  [{ type: 'string', defualt: 'x' }, "Invalid key 'defualt' for parameter (p)"],
  [{ type: 'string', tags: 'a' }, 'Tags property should be a list for parameter: p'],
  [{ type: 'string', constraints: {} }, 'Invalid parameter constraints for parameter p, expected a list'],
  [{ type: 'string', constraints: ['x'] }, 'Invalid parameter constraints, expected a mapping'],
  [{ type: 'string', constraints: [{ lenght: 1 }] }, "Invalid key 'lenght' for parameter constraints"],
  [{ type: 'string', constraints: [{ description: 'x' }] }, 'No constraint expressed'],
  [{ type: 'number', constraints: [{ range: [1, 2] }] }, 'Invalid range constraint, expected a mapping'],
  [{ type: 'number', constraints: [{ range: { mni: 1 } }] }, "Invalid key 'mni' for range constraint"],
  [
    { type: 'number', constraints: [{ range: {} }] },
    'A range constraint must have a min value and/or a max value specified.',
  ],
  [{ type: 'string', constraints: [{ length: { min: 1.5 } }] }, 'min/max length must be integral'],
  [{ type: 'number', constraints: [{ range: { min: 'x' } }] }, 'min/max must be numeric'],
  [{ type: 'string', constraints: [{ allowed_values: 'x' }] }, 'AllowedValues must be a list'],
  [{ type: 'string', constraints: [{ allowed_pattern: 5 }] }, 'AllowedPattern must be a string'],
  [
    { type: 'string', constraints: [{ allowed_pattern: '(' }] },
    '"(" is not a valid regular expression: ")" is missing',
  ],
  [
    { type: 'number', constraints: [{ modulo: { step: 2 } }] },
    'A modulo constraint must have a step value and an offset value specified.',
  ],
  [{ type: 'number', constraints: [{ modulo: { step: 0, offset: 0 } }] }, 'step cannot be 0.'],
  [
    { type: 'number', constraints: [{ modulo: { step: 2, offset: 3 } }] },
    'offset must be smaller (by absolute value) than step.',
  ],
  [
    { type: 'number', constraints: [{ modulo: { step: 5, offset: -3 } }] },
    'step and offset must be both positive or both negative.',
  ],
  [
    { type: 'string', constraints: [{ range: { min: 1 } }] },
    "Parameter 'p' is invalid: Range constraint invalid for string",
  ],
  [
    { type: 'boolean', constraints: [{ length: { min: 1 } }] },
    "Parameter 'p' is invalid: Length constraint invalid for boolean",
  ],
  [
    { type: 'string', default: 'c', constraints: [{ allowed_values: ['a', 'b'] }] },
    `Parameter 'p' is invalid: Invalid default c ("c" is not an allowed value ["a", "b"])`,
  ],
]

for (const [p, words] of refused) {
  test(`refuses ${JSON.stringify(p)}`, () => assert.deepEqual(wordsOf(p), [words]))
}

test('knows modulo from 2017-02-24 on, and tags from 2018-03-02 on', () => {
  const modulo = { type: 'number', constraints: [{ modulo: { step: 2, offset: 0 } }] }
  assert.deepEqual(wordsOf(modulo, '2016-10-14'), ['No constraint expressed'])
  assert.deepEqual(wordsOf({ type: 'string', tags: ['a'] }, '2017-09-01'), [
    "Invalid key 'tags' for parameter (p)",
  ])
})

test('suggests the type and the key that were meant', () => {
  assert.equal(problemsOf({ type: 'String' })[0]?.meant, 'string')
  assert.equal(problemsOf({ type: 'string', defualt: 1 })[0]?.meant, 'default')
  assert.match(problemsOf({ type: 'list of things' })[0]?.expected ?? '', /^one of string, number/)
})

test('a default of the wrong type is not looked at before it is used', () => {
  assert.deepEqual(wordsOf({ type: 'number', default: 'x' }), [])
  assert.match(
    wordsOf({ type: 'number', default: 'x', constraints: [{ range: { min: 1 } }] })[0] ?? '',
    /Invalid default x/,
  )
})

test('a section that is no map is one problem', () => {
  assert.equal(parseTemplate({ heat_template_version: '2018-08-31', parameters: ['p'] }).problems.length, 1)
})

test('types by the names that they have elsewhere, and mistyped constraints, are told what was meant', () => {
  const meant = (p: Json, version?: string) => problemsOf(p, version)[0]?.meant
  assert.equal(meant({ type: 'integer' }), 'number')
  assert.equal(meant({ type: 'List' }), 'comma_delimited_list')
  assert.equal(meant({ type: 'constructor' }), undefined)
  const [problem] = problemsOf({ type: 'string', constraints: [{ lenght: { max: 3 } }] })
  assert.equal(problem?.meant, 'length')
  assert.match(problem?.expected ?? '', /^one of .*length/)
})
