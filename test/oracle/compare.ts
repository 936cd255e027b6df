// Tells where Hearth's verdicts on public templates differ from the original's, the most frequent kind first:
//   HEARTH_ORACLE=… node test/oracle/compare.ts [words]
// Only disagreements with all of the words in their kind, template or values are told; `--known` tells the declared
// differences too, and `--all` every disagreement instead of a few of each kind.
import { parseArgs } from 'node:util'
import { entriesOf, oracleFolder, repositories } from './corpus.ts'
import { differences } from './differences.ts'
import { type Disagreement, disagreementsOn, shown } from './disagreements.ts'

const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: { known: { type: 'boolean' }, all: { type: 'boolean' } },
})
const folder = oracleFolder()
const groups = new Map<string, Disagreement[]>()
let templates = 0
let disagreeing = 0

for (const repository of repositories(folder)) {
  for (const entry of entriesOf(folder, repository)) {
    const found = disagreementsOn(entry).filter(isWanted)
    for (const one of found) remember(one)
    templates++
    if (found.length > 0) disagreeing++
  }
}
for (const [kind, found] of [...groups].sort(([, one], [, other]) => other.length - one.length)) {
  console.log(`${found.length} × ${kind}`)
  for (const one of found.slice(0, values.all ? found.length : 3)) console.log(indented(shown(one)))
}
console.log(`Hearth and the original disagree on ${disagreeing} of ${templates} templates.`)

function isWanted(disagreement: Disagreement): boolean {
  if (!values.known && differences.some(({ is }) => is(disagreement))) return false
  const text = `${disagreement.kind} ${shown(disagreement)}`
  return words.every((word) => text.includes(word))
}

function remember(disagreement: Disagreement): void {
  const kind = `${disagreement.kind}${values.known ? knownAs(disagreement) : ''}`
  groups.set(kind, [...(groups.get(kind) ?? []), disagreement])
}

function knownAs(disagreement: Disagreement): string {
  const known = differences.find(({ is }) => is(disagreement))
  return known === undefined ? '' : ` (known: ${known.summary})`
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ')
}
