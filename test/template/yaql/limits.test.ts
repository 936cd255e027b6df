import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { YaqlError } from '../../../src/template/yaql/problem.ts'
import { defaultLimits, type Limits } from '../../../src/template/yaql/run.ts'
import { readYaql } from '../../../src/template/yaql/yaql.ts'

const evaluate = (expression: string, data: unknown = null, limits: Limits = defaultLimits): unknown =>
  readYaql(expression).evaluate({ data }, limits, () => undefined)

const fails = (kind: string) => (error: unknown) => error instanceof YaqlError && error.kind === kind

/** Evaluates or refuses it with a fifth of the steps there are. Were it to take very long, the time for a test would be over. */
function endsSoon(expression: string, data?: unknown): void {
  try {
    evaluate(expression, data, { ...defaultLimits, steps: defaultLimits.steps / 5 })
  } catch (error) {
    assert.ok(error instanceof YaqlError, `${expression}: ${error}`)
  }
}

describe('an expression that is too much', () => {
  it('is refused where brackets are nested too deeply, however long it is', () => {
    for (const bracket of ['(', '[', '{', 'f(', '- ', 'not ', '1 -> ', 'a.b[', '$ + (']) {
      const text = bracket.repeat(10_000)
      assert.throws(
        () => readYaql(text),
        fails(/RecursionError|YaqlGrammarException/.exec(kindOf(text))?.[0] ?? ''),
      )
    }
    assert.equal(evaluate(`${'('.repeat(150)}1${')'.repeat(150)}`), 1)
  })

  it('is refused where operators or calls follow each other without end', () => {
    assert.throws(() => evaluate(`1${' + 1'.repeat(10_000)}`), fails('RecursionError'))
    assert.throws(() => evaluate(`[1]${'.select($)'.repeat(10_000)}`), fails('RecursionError'))
    assert.throws(() => evaluate('def(f, f($)) -> f(1)'), fails('RecursionError'))
    assert.equal(evaluate(`1${' + 1'.repeat(150)}`), 151)
  })

  it('is refused when streams are put one into another without end', () => {
    const expression = 'range(200).aggregate(range(200).aggregate($1.select($), $1), [1].select($)).len()'
    assert.throws(() => evaluate(expression), fails('RecursionError'))
  })

  it('ends soon, whatever it is', () => {
    const bombs = [
      'sequence().len()',
      'sequence().where(false).len()',
      '1.repeat().len()',
      '[1].cycle().len()',
      'range(200).select(range(200).select(range(200).select(range(200).sum())))',
      'range(1000000000000).len()',
      'pow(2, pow(2, 100))',
      'pow(3, 1000000007, pow(2, 70000) + 1)',
      'shiftBitsLeft(1, 1000000000000)',
      "'a' * 1000000000000",
      '[1] * 1000000000000',
      "'{:999999999}'.format(1)",
      "'{0:{1}}'.format(1, 999999999)",
      "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '(a+)+$'",
      "('a' * 5000 + '!') =~ '(a|aa)+$'",
      "range(200).select(('a' * 9000).replace(a, 'b').len()).len()",
      'generateMany(1, [$, $]).len()',
      'generate(1, true, $).len()',
      "range(200).select(range(200).select(('a' * 9000) =~ '(a*)*b'))",
      'generate(x, true, $ + $).last()',
      "range(200).select(range(200).select('a' =~ 'a{40000}').len()).sum()",
      "datetime('1111111111111111', '%f%H%M%S%y%Y%j%dx')",
    ]
    for (const bomb of bombs) endsSoon(bomb)
  })

  it('ends soon where it works on large data again and again', () => {
    const data = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, [i]]))
    for (const expression of [
      'range(200).select(range(200).select($.data = $.data)).flatten().len()',
      'let(d => $.data) -> range(200).select(range(200).select($d = $d).len()).sum()',
      'let(d => $.data) -> range(200).select(range(200).select($d.set(x, 1).len()).len()).sum()',
      'let(d => $.data) -> range(200).select(range(200).select($d.keys() = $d.keys()).len()).sum()',
      'let(d => $.data) -> range(200).select(range(200).select($d in [$d]).len()).sum()',
      'let(d => $.data) -> range(200).select(range(200).select($d.containsValue(x)).any($)).any($)',
      'let(d => $.data) -> range(200).select(range(200).select($d.mergeWith({x => $d}).len()).sum()).sum()',
      "let(d => $.data) -> range(200).select(range(200).select('abc'.replace($d).len()).sum()).sum()",
    ])
      endsSoon(expression, data)
  })
})

describe('the limits', () => {
  it('are those of the service', () => {
    const small = { ...defaultLimits, iterators: 3, memory: 100 }
    assert.throws(() => evaluate('range(4)', null, small), {
      message: 'Collection length exceeds 3 elements',
    })
    assert.deepEqual(evaluate('range(3)', null, small), [0, 1, 2])
    assert.throws(() => evaluate("'a' * 60", null, small), { message: 'Expression consumed too much memory' })
    const none = { ...defaultLimits, iterators: -1, memory: 0 }
    assert.equal((evaluate('range(1000)', null, none) as unknown[]).length, 1000)
    assert.equal(String(evaluate("'a' * 20000", null, none)).length, 20_000)
  })

  it('count steps, and tell how many there were even of what failed', () => {
    const spent: number[] = []
    const few = { ...defaultLimits, steps: 50 }
    const count = (expression: string) =>
      readYaql(expression).evaluate({}, few, (steps) => {
        spent.push(steps)
      })
    count('1 + 1')
    assert.throws(() => count('range(100).len()'), { message: 'Expression takes more than 50 steps' })
    assert.ok((spent[0] ?? 0) > 0 && (spent[1] ?? 0) > 50)
  })
})

function kindOf(text: string): string {
  try {
    readYaql(text)
  } catch (error) {
    if (error instanceof YaqlError) return error.kind
  }
  return ''
}
