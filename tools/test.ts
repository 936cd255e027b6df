// What `npm test` runs: every unit test, in a process for each processor. Words after it choose the files whose paths have one of them:
//   npm test -- engine store/batch
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { pathToFileURL } from 'node:url'
import { filesIn } from './files.ts'

const elsewhere = ['acceptance', 'fuzz', 'integration', 'journeys', 'oracle'].map((name) => `test/${name}/`)
const longest = 14 * 60_000
/** To start one more process for fewer files takes longer than it helps. */
const fewestFiles = 40
const words = process.argv.slice(2)

const files = filesIn('test', '.test.ts')
  .filter((file) => !elsewhere.some((folder) => file.startsWith(folder)))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))

if (files.length === 0) {
  console.error(`No test has ${words.join(' or ')} in its path.`)
  process.exit(1)
}

// What plays in a database of its caller's empties it each time.
const sharesDatabase = process.env.HEARTH_SCENARIO_DATABASE !== undefined
const most = sharesDatabase ? 1 : availableParallelism()
const processes = Math.min(most, Math.ceil(files.length / fewestFiles))

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())
const over = AbortSignal.any([stop.signal, AbortSignal.timeout(longest)])
over.addEventListener('abort', () => console.error('The tests were stopped before they had ended.'))

// Each process reads a file of its own, which imports its share.
const folder = mkdtempSync(join(tmpdir(), 'hearth-test-'))
process.on('exit', () => rmSync(folder, { recursive: true }))
const shares = Array.from({ length: processes }, (_, share) => {
  const own = files.filter((_file, index) => index % processes === share)
  const path = join(folder, `${share + 1}.mjs`)
  writeFileSync(path, own.map((file) => `await import('${pathToFileURL(resolve(file))}')\n`).join(''))
  return path
})

const results = run({
  files: shares,
  concurrency: processes,
  execArgv: ['--test-timeout=60000'],
  signal: over,
})
results.on('test:fail', () => {
  process.exitCode = 1
})
results.compose(spec).pipe(process.stdout)
