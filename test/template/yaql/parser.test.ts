import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parse } from '../../../src/template/yaql/parser.ts'
import { type Argument, isTree, MISSING } from '../../../src/template/yaql/tree.ts'

/** An expression with parentheses around all that belongs together. */
function shape(argument: Argument): string {
  if (argument === MISSING) return '_'
  if (!isTree(argument)) return String(argument)
  switch (argument.node) {
    case 'constant':
      return argument.keyword
        ? String(argument.value)
        : JSON.stringify(String(argument.value)).replaceAll('"', "'")
    case 'group':
      return `(${shape(argument.tree)})`
    case 'rule':
      return `${shape(argument.key)} => ${shape(argument.value)}`
    case 'call': {
      const [first] = argument.args
      if (argument.name === '#get_context_data' && first !== undefined)
        return shape(first).replaceAll("'", '')
      const name = argument.name.replace(/^#(unary_operator_|operator_)?|^\*/, '')
      return `${name}(${argument.args.map(shape).join(', ')})`
    }
  }
}

const read = (text: string): string => shape(parse(text))

describe('an expression', () => {
  it('binds dots tightest, and arrows loosest', () => {
    assert.equal(read('-$.a[0]'), "-(indexer(.($, a), '0'))")
    assert.equal(read('$.a.b?.c'), '?.(.(.($, a), b), c)')
    assert.equal(read('1 + 2 * 3'), "+('1', *('2', '3'))")
    assert.equal(read('1 - 2 - 3'), "-(-('1', '2'), '3')")
    assert.equal(read('not a = b and c'), 'and(not(equal(a, b)), c)')
    assert.equal(read('a = not b < c or d'), 'or(equal(a, not(<(b, c))), d)')
    assert.equal(read('a -> b -> c'), '->(a, ->(b, c))')
    assert.equal(read("-a =~ 'b'"), "=~(-(a), 'b')")
  })

  it('is a call where a bracket follows a word at once, even the word of an operator', () => {
    assert.equal(read('not(true)'), "not('true')")
    assert.equal(read('not (true)'), "not(('true'))")
    assert.equal(read('f(a, b => 1)'), "f(a, b => '1')")
    assert.equal(read('f(1,, 2)'), "f('1', _, '2')")
    assert.equal(read('f(, 1)'), "f(_, '1')")
    assert.equal(read('f(1,, a => 2)'), "f('1', _, a => '2')")
  })

  it('tells words from variables, texts and numbers', () => {
    assert.equal(
      read('[a, $b, `c`, "d", 1.5, {e => null}]'),
      "list(a, $b, 'c', 'd', '1.5', map(e => 'null'))",
    )
    assert.equal(read('٣ + 1'), "+('3', '1')")
  })
})

describe('what is no expression', () => {
  const refusals = {
    '': 'Parse error: unexpected end of statement',
    '1 2': "Parse error: unexpected '2' at position 2 of expression '1 2'",
    '😀': "Lexical error: illegal character '😀' at position 0",
    "'😀' #": "Lexical error: illegal character '#' at position 4",
    'f(a => 1, 2)': "Parse error: unexpected ')' at position 11 of expression 'f(a => 1, 2)'",
    '1 2 #': "Parse error: unexpected '2' at position 2 of expression '1 2 #'",
  }
  for (const [text, message] of Object.entries(refusals))
    it(`is refused at the first mistake: ${JSON.stringify(text)}`, () => {
      assert.throws(() => parse(text), { message })
    })
})
