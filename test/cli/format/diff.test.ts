import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { diffText } from '../../../src/cli/format/diff.ts'

test('changed lines are shown with a few around them', () => {
  assert.equal(diffText('1\n2\n3\n4\n5\n6\n', '1\n2\n3\n4\nfive\n6\n'), '…\n 3\n 4\n-5\n+five\n 6\n \n')
})

test('lines that stay are told from those that come and go', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 })
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const shown = diffText(before.join('\n'), after.join('\n')).split('\n').slice(0, -1)
      const count = (sign: string) => shown.filter((line) => line.startsWith(sign)).length
      const sizes = [before, after].map((one) => one.join('\n').split('\n').length)
      assert.equal(count('+') - count('-'), (sizes[1] ?? 0) - (sizes[0] ?? 0))
    }),
  )
})
