import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fits } from '../../../src/template/environment/glob.ts'
import { processorTime } from '../processor-time.ts'

const cases: readonly (readonly [pattern: string, name: string, fits: boolean])[] = [
  ['web', 'web', true],
  ['web', 'web1', false],
  ['*', '', true],
  ['*_suffix', 'a_suffix', true],
  ['pre*post', 'pre-x-post', true],
  ['pre*post', 'pre-x-pos', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['[ab]x', 'bx', true],
  ['[!ab]x', 'bx', false],
  ['[a-c]x', 'bx', true],
  ['*a*b*', 'xxaxxbxx', true],
  ['a.c', 'abc', false],
]

for (const [pattern, name, isFit] of cases) {
  test(`${pattern} ${isFit ? 'fits' : 'does not fit'} ${name || 'nothing'}`, () =>
    assert.equal(fits(pattern, name), isFit))
}

test('a pattern of many stars is decided soon', () => {
  const took = processorTime(() => assert.equal(fits(`${'a*'.repeat(60)}b`, 'a'.repeat(2000)), false))
  assert.ok(took < 500)
})
