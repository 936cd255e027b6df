import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Example, functionHistories } from '../../../src/template/index.ts'
import { outcomeOf, readYaml } from './example.ts'

for (const { name, forms } of functionHistories()) {
  describe(`the examples of ${name}`, () => {
    for (const { does, versions, forValues } of forms) {
      for (const version of versions) {
        const as = forValues.includes(version) ? 'value' : 'condition'
        for (const example of does.examples ?? []) {
          it(`${example.call.split('\n').join(' ')} in ${version.name}`, () =>
            holds(example, outcomeOf(example, version, as)))
        }
      }
    }
  })
}

function holds(example: Example, outcome: ReturnType<typeof outcomeOf>): void {
  if ('gives' in example) assert.deepEqual(outcome, { gives: readYaml(example.gives) })
  else assert.ok('refuses' in outcome && outcome.refuses.endsWith(example.refuses), JSON.stringify(outcome))
}
