import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { YaqlError } from '../../../src/template/yaql/problem.ts'
import { readYaql } from '../../../src/template/yaql/yaql.ts'

const limits = { iterators: 20, memory: 2000, steps: 3000 }
const data = { list: [3, 1, 2], map: { a: 1 }, text: 'Hello', __proto__: null }

/** Evaluates as far as that goes; only errors with words for people may come out. */
function evaluate(expression: string): void {
  try {
    readYaql(expression).evaluate({ data }, limits, () => undefined)
  } catch (error) {
    if (!(error instanceof YaqlError))
      throw new Error(`${JSON.stringify(expression)} breaks`, { cause: error })
    assert.equal(typeof error.message, 'string')
  }
}

const words = [
  ...[
    '$',
    '$.data',
    '$.data.list',
    '$.data.map',
    '$.data.text',
    '$1',
    '$x',
    '1',
    '-1',
    '1.5',
    "'a'",
    'foo',
    'null',
    'true',
  ],
  ...[
    '[',
    ']',
    '{',
    '}',
    '(',
    ')',
    ',',
    ' ',
    '.',
    '?.',
    '=>',
    '->',
    '+',
    '-',
    '*',
    '/',
    '=',
    '<',
    '=~',
    '!~',
  ],
  ...[
    ' and ',
    ' or ',
    ' not ',
    ' in ',
    ' mod ',
    '`',
    "'",
    '"',
    '\\',
    '\n',
    '\u0000',
    '\ud800',
    '😀',
    '__',
    '#',
  ],
  ...[
    'let(',
    'def(f, ',
    'f(',
    '.select(',
    '.where(',
    '.orderBy(',
    '.groupBy(',
    '.toDict(',
    '.join(',
    '.len()',
    'str(',
  ],
  ...[
    "regex('(a|a)*b')",
    '.search(',
    '.replaceBy(',
    '.format(',
    'datetime(',
    'timespan(',
    'range(',
    'pow(',
    'call(',
  ],
  ...[
    "'{0[0]:{1}}'",
    "'__proto__'",
    "'constructor'",
    '.generate(',
    'generateMany(',
    '.memorize()',
    '.sum()',
    '.first()',
  ],
]

describe('whatever is written', () => {
  it('is evaluated or refused, if it is words of the language in any order', () => {
    const text = fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((parts) => parts.join(''))
    fc.assert(fc.property(text, evaluate), { numRuns: 3000 })
  })

  it('is evaluated or refused, if it is any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), evaluate), { numRuns: 500 })
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (text) => evaluate(`'${text}'.format(1, $)`)),
      { numRuns: 500 },
    )
  })

  it('is evaluated or refused, if it is a format or a pattern of any kind', () => {
    const part = fc.constantFrom(
      '{',
      '}',
      '0',
      ':',
      '!',
      'r',
      '<',
      '^',
      '9',
      '.',
      ',',
      '%',
      'd',
      'e',
      '[',
      ']',
      'x',
      '+',
      '#',
    )
    const spec = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        spec,
        fc.constantFrom('1', '2.5', "'ab'", 'null', '[1, 2]', 'datetime(0)'),
        (text, value) => {
          evaluate(`'{0:${text}}'.format(${value})`)
          evaluate(`'${text}'.format(${value}, ${value})`)
        },
      ),
      { numRuns: 700 },
    )
    const patternPart = fc.constantFrom(
      'a',
      'b',
      '(',
      ')',
      '*',
      '+',
      '?',
      '|',
      '[',
      ']',
      '\\\\',
      '1',
      '{',
      ',',
      '}',
      '^',
      '$',
      '?:',
      '.',
      'P<x>',
    )
    const pattern = fc.array(patternPart, { maxLength: 12 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(pattern, (text) => {
        evaluate(`regex('${text}').searchAll('aabbab', [$.start, $2])`)
        evaluate(`regex('${text}').replace('aabbab', '${text}')`)
        evaluate(`regex('${text}').split('aabbab')`)
      }),
      { numRuns: 700 },
    )
  })
})
