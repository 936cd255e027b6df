// What `npm run check` runs: all that can be known of the code without running it. Names after it choose:
//   npm run check -- lint layers
import { readFileSync } from 'node:fs'
import { brokenReferences } from './documents.ts'
import { filesIn } from './files.ts'
import { breaches } from './layers.ts'
import { refusedLicences } from './licences.ts'
import { run, toolPath } from './programs.ts'

/** Answers what is wrong, a line each; nothing if all is well. */
type Check = () => Promise<string> | string

const lintOptions = [
  '--colors=off',
  '--reporter=concise',
  '--max-diagnostics=200',
  '--diagnostic-level=warn',
  '--error-on-warnings',
]

const checks: Readonly<Record<string, Check>> = {
  types: () => run('node_modules/.bin/tsc', ['-p', 'tsconfig.json']),
  lint: async () => run(await toolPath('@biomejs/biome'), ['ci', ...lintOptions]),
  layers: () => breaches().join('\n'),
  unused: async () => run(await toolPath('knip'), ['--no-progress', '--treat-config-hints-as-errors']),
  licences: () => refusedLicences().join('\n'),
  reference: async () => staleText((await import('./docs.ts')).staleReference()),
  documents: () => brokenReferences().join('\n'),
  tidiness: () => untidy().join('\n'),
}

const staleText = (files: readonly string[]): string =>
  files.map((file) => `${file} is not what the code says: node tools/docs.ts`).join('\n')

const longestFile = 400
/** Words for which there are issues instead, split here so that this file does not have them. */
const unfinished = new RegExp(
  `\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b|\\b(?:it|test|describe)\\.(?:only|todo)\\(`,
)

function untidy(): readonly string[] {
  const files = [
    ...['src', 'test', 'tools'].flatMap((folder) => [...filesIn(folder, '.ts'), ...filesIn(folder, '.mjs')]),
    '.ci/run',
    'bin/hearth',
  ]
  return files.flatMap((file) => {
    const lines = readFileSync(file, 'utf8').split('\n')
    const long = lines.length - 1 > longestFile ? [`${file} has more than ${longestFile} lines`] : []
    return [
      ...long,
      ...lines.flatMap((line, i) => (unfinished.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
    ]
  })
}

async function attempt(check: Check): Promise<string> {
  try {
    return await check()
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in checks))
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}; there are ${Object.keys(checks).join(', ')}.`)
  process.exit(2)
}

let failed = 0
const chosen = Object.entries(checks).filter(([name]) => wanted.length === 0 || wanted.includes(name))
for (const [name, check] of chosen) {
  const start = performance.now()
  const wrong = await attempt(check)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${wrong === '' ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`)
  if (wrong !== '') console.log(wrong.replaceAll(/^/gm, '    '))
  if (wrong !== '') failed++
}
console.log(`${chosen.length - failed} checks passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
