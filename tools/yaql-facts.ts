// Writes what Debian's python3-yaql makes of the expressions in test/conformance/facts/yaql-expressions.json, and the
// functions that it has.
import { writeFileSync } from 'node:fs'
import { data, expressions } from '../test/conformance/yaql/expressions.ts'
import { functionsOfReference, outcomesOfReference } from '../test/conformance/yaql/reference.ts'

const folder = 'test/conformance/facts'
const all = Object.values(expressions).flat()
const outcomes = await outcomesOfReference(all.map((expression) => ({ expression, data })))
write(
  'yaql-results',
  all.map((expression, i) => [expression, outcomes[i]]),
)
write('yaql-functions', await functionsOfReference())

function write(name: string, items: readonly unknown[]): void {
  const lines = items.map((item) => JSON.stringify(item))
  writeFileSync(`${folder}/${name}.json`, `[\n${lines.join(',\n')}\n]\n`)
}
