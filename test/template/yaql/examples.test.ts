import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { themes } from '../../../src/template/yaql/library/index.ts'
import { defaultLimits } from '../../../src/template/yaql/run.ts'
import { readYaql } from '../../../src/template/yaql/yaql.ts'

for (const [title, definitions] of themes) {
  describe(`the examples of the reference: ${title}`, () => {
    for (const { example } of definitions) {
      if (example === undefined) continue
      const [expression, gives] = example
      it(`${expression} gives ${gives}`, () => {
        const value = readYaql(expression).evaluate({ data: { a: 1 } }, defaultLimits, () => undefined)
        assert.deepEqual(value, JSON.parse(gives))
      })
    }
  })
}

it('every function has an example, but those that are refused, properties, and what nobody calls', () => {
  const without = themes.flatMap(([, definitions]) =>
    definitions.filter(({ example }) => example === undefined).map(({ name }) => name),
  )
  assert.deepEqual(
    [...new Set(without)].filter((name) => !name.startsWith('#property#')),
    ['random', 'now', '#iter', '#finalize'],
  )
})
