import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fullEffort, matcher, startMatcher } from '../../src/schema/index.ts'

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
  ['[]a-]+', 'a]-', true],
  ['[^\\d\\s]*', 'abc', true],
  ['a{2,3}?b', 'aab', true],
  ['a{,2}', 'aa', true],
  ['a{x}', 'a{x}', true],
  ['(?:a|b)+?c', 'abac', true],
  ['(?=.*\\d)(?=.*[a-z]).{4,}', 'abc1', true],
  ['(?=.*\\d)(?=.*[a-z]).{4,}', 'abcd', false],
  ['a(?!b).', 'ab', false],
  ['ab(?<=b)c', 'abc', true],
  ['(?<!a)b', 'b', true],
  ['\\w+', 'Grüße', true],
  ['(?a)\\w+', 'Grüße', false],
  ['(?i)[^a]', 'A', false],
  ['(?i:a)b', 'AB', false],
  ['(?x) a b # both', 'ab', true],
  ['(?m)a$\\n^b', 'a\nb', true],
  ['(?s).', '\n', true],
  ['.', '\n', false],
  ['\\x41\\u0042\\103', 'ABC', true],
  ['\\bab\\b', 'ab', true],
  ['(a)(b)?\\1', 'aba', true],
  ['(a)|b\\1', 'b', false],
  ['(?i)(a)\\1', 'aA', true],
  ['(a*)*', 'aaa', true],
  ['(?:(?:a|b*)+)+c', 'abc', true],
]

for (const [pattern, text, isFit] of cases) {
  test(`${JSON.stringify(text)} ${isFit ? 'fits' : 'does not fit'} ${pattern}`, () =>
    assert.equal(fits(pattern, text), isFit))
}

const unusable: readonly (readonly [pattern: string, why: string])[] = [
  ['(', '")" is missing'],
  ['a)', 'it closes a group that was not opened'],
  ['[a', 'it ends too early'],
  ['*a', 'it repeats nothing'],
  ['a**', 'it repeats a repetition'],
  ['a{3,2}', 'it wants at least more than at most'],
  ['[z-a]', 'a range of characters in it is none'],
  ['\\y', '"\\y" means nothing'],
  ['\\1', 'it refers to a group that it has not'],
  ['(?<=a*)b', 'what it looks for behind has no fixed width'],
  ['(?>a)', 'it has a group of an unknown kind'],
  ['(a{1000}){1000}', 'it is too large'],
  ['('.repeat(200), 'its groups are nested too deeply'],
]

for (const [pattern, why] of unusable) {
  test(`a pattern that can't be used says why: ${pattern.slice(0, 20)}`, () =>
    assert.deepEqual(matcher(pattern), {
      unusable: `"${pattern}" is not a valid regular expression: ${why}`,
    }))
}

test('a pattern can be held against the start of a text alone', () => {
  const starts = startMatcher('OS::N')
  assert.ok(typeof starts === 'function')
  assert.ok(starts('OS::Nova::Server'))
  assert.ok(!starts('My::OS::Nova'))
})

const hostile: readonly (readonly [pattern: string, text: string])[] = [
  ['(a+)+$', `${'a'.repeat(20_000)}!`],
  ['(a|a)*b', 'a'.repeat(20_000)],
  ['(a|aa)+$', `${'a'.repeat(20_000)}!`],
  ['a*a*a*a*a*a*b', 'a'.repeat(20_000)],
  ['((((a*)*)*)*)*b', 'a'.repeat(20_000)],
  ['(.*)(.*)(.*)\\1\\2x', 'a'.repeat(20_000)],
  ['(?:(?=(?:(?=(?:(?=a*)a)*)a)*)a)*b', 'a'.repeat(2000)],
]

for (const [pattern, text] of hostile) {
  test(`twice the text takes at most twice the steps, or all that it may take: ${pattern}`, () => {
    const half = stepsOf(pattern, text.slice(text.length / 2))
    assert.ok(stepsOf(pattern, text) <= Math.min(2.1 * half, fullEffort().left + 100))
  })
}

/** How many steps it takes to find out that a text does not fit. */
function stepsOf(pattern: string, text: string): number {
  const found = matcher(pattern)
  assert.ok(typeof found === 'function')
  const effort = fullEffort()
  assert.equal(found(text, effort), false)
  return fullEffort().left - effort.left
}

test('once the effort is used up nothing fits', () => {
  const effort = fullEffort()
  const found = matcher('(.*)(.*)(.*)\\1\\2x')
  assert.ok(typeof found === 'function')
  assert.equal(found('a'.repeat(20_000), effort), false)
  assert.ok(effort.left <= 0)
  assert.equal(found('x', effort), false)
})

test('a long text is no trouble for an ordinary pattern', () => {
  assert.ok(fits('[\\s\\S]*', 'x'.repeat(500_000)))
})
