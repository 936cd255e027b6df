import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matcher } from '../../src/schema/index.ts'

function fits(pattern: string, text: string): boolean {
  const found = matcher(pattern)
  assert.ok(typeof found === 'function')
  return found(text)
}

const cases: readonly (readonly [pattern: string, text: string, fits: boolean])[] = [
  ['[a-z]+', 'abc', true],
  ['[a-z]+', 'abc1', false],
  ['bc', 'abc', false],
  ['^abc$', 'abc', true],
  // As in the original the first match found must reach the end; no other way of matching is tried.
  ['a|ab', 'ab', false],
  ['ab|a', 'ab', true],
  ['(?i)abc', 'ABC', true],
  ['(?P<x>a)(?P=x)', 'aa', true],
  ['\\Aabc\\Z', 'abc', true],
  ['[\\w\\-]+\\_?', 'a-b_', true],
  ['.', '\u{1f600}', true],
  ['', '', true],
  ['abc\n?', 'abc\n', true],
  ['abc', 'abc\n', false],
]

for (const [pattern, text, isFit] of cases) {
  test(`${JSON.stringify(text)} ${isFit ? 'fits' : 'does not fit'} ${pattern}`, () =>
    assert.equal(fits(pattern, text), isFit))
}

test('a pattern that is none says so', () => {
  assert.deepEqual(matcher('('), { unusable: '"(" is not a valid regular expression' })
})
