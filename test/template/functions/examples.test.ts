import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Example, functionHistories } from '../../../src/template/index.ts'
import { allVersions } from '../../../src/template/versions/index.ts'
import { outcomeOf, readYaml } from './example.ts'

for (const { name, forms } of functionHistories()) {
  describe(`the examples of ${name}`, () => {
    for (const { does, versions, forValues } of forms) {
      for (const version of versions) {
        const as = forValues.includes(version) ? 'value' : 'condition'
        for (const example of does.examples) {
          it(`${example.call.split('\n').join(' ')} in ${version.name}`, () =>
            holds(example, outcomeOf(example, version, as)))
        }
      }
    }
  })
}

describe('an example that is not true', () => {
  const version = allVersions.findLast(({ type }) => type === 'hot')
  const wrong: readonly Example[] = [
    { call: 'list_join: [",", [a, b]]', gives: 'a, b' },
    { call: 'list_join: [",", [a, 1]]', gives: 'a,1' },
    { call: 'list_join: [",", [a, b]]', refuses: 'Items to join' },
    { call: 'list_join: [",", [a, 1]]', refuses: 'Something else.' },
  ]
  for (const example of wrong)
    it(`is found out: ${example.call} ${'gives' in example ? example.gives : 'is refused'}`, () => {
      assert.ok(version)
      const outcome = outcomeOf(example, version, 'value')
      assert.throws(() => holds(example, outcome), assert.AssertionError)
    })
})

it('every function has examples, the first of which gives something', () => {
  for (const { name, forms } of functionHistories())
    for (const { does } of forms) {
      const [first] = does.examples
      assert.ok(first && 'gives' in first, name)
    }
})

function holds(example: Example, outcome: ReturnType<typeof outcomeOf>): void {
  if ('gives' in example) assert.deepEqual(outcome, { gives: readYaml(example.gives) })
  else assert.ok('refuses' in outcome && outcome.refuses.endsWith(example.refuses), JSON.stringify(outcome))
}
