import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemKinds } from '../../../src/template/index.ts'
import { problemExamples } from '../../../tools/reference/problem-examples.ts'
import { reportOf } from '../../../tools/reference/problems.ts'

for (const [code, example] of Object.entries(problemExamples)) {
  if (example === undefined) continue
  test(`the example of ${code} has this problem, and with a place in its file`, async () => {
    const { findings } = await reportOf(example)
    const found = findings.find((one) => one.code === code)
    assert.ok(found, JSON.stringify(findings.map((one) => one.code)))
    if (found.path.length > 0 && example.parameters === undefined) assert.ok(found.line !== undefined)
  })
}

test('every kind is told in whole sentences', () => {
  for (const { means, remedy } of Object.values(problemKinds)) {
    assert.match(means, /^[A-Z].*\.$/)
    assert.match(remedy, /^[A-Z].*[.`]$/)
  }
})
