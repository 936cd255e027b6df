import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { it } from 'node:test'
import { entriesOf, oracleFolder, repositories } from './corpus.ts'
import { differences } from './differences.ts'
import { type Disagreement, disagreementsOn, shown } from './disagreements.ts'

const folder = oracleFolder()
const seen = new Set<string>()
const mostShown = 20

for (const repository of repositories(folder)) {
  it(`agrees with the original on the templates of ${repository}`, () => {
    const found = entriesOf(folder, repository).flatMap(disagreementsOn).filter(isUnexpected)
    const told = found.slice(0, mostShown).map((one) => `${one.kind}: ${shown(one)}`)
    assert.equal(found.length, 0, `${found.length} disagreements:\n${told.join('\n')}`)
  })
}

it('knows no difference that is none any more', () => {
  const unused = differences.filter(({ summary }) => !seen.has(summary))
  assert.deepEqual(
    unused.map(({ summary }) => summary),
    [],
  )
})

it('tells people of every difference', () => {
  const page = readFileSync(new URL('../../docs/compatibility.md', import.meta.url), 'utf8').replace(
    /\s+/g,
    ' ',
  )
  const untold = differences.filter(({ summary, because }) => !page.includes(`${summary}.** ${because}`))
  assert.deepEqual(
    untold.map(({ summary }) => summary),
    [],
  )
})

/** Whether a disagreement is none of those that are meant; takes note of the difference that it is. */
function isUnexpected(disagreement: Disagreement): boolean {
  const difference = differences.find(({ is }) => is(disagreement))
  if (difference !== undefined) seen.add(difference.summary)
  return difference === undefined
}
