// How large the language is for a browser, and how fast beside the original: a template of a megabyte with 5,000 resources,
// an environment of ten, each read and checked by both, turn by turn, every time in a process of its own. Needs Debian's
// python3-heat for the original.
//   node tools/measure-language.ts [rounds]
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bundleForBrowser } from './measure/bundle.ts'
import { largeEnvironment, largeTemplate } from './measure/large.ts'

interface Measured {
  readonly steps: Readonly<Record<string, number>>
  readonly megabytes: number
}

const [rounds = '1'] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'hearth-measure-'))
const here = import.meta.dirname
const python = '/usr/bin/python3'

const { contents } = await bundleForBrowser()
const sizes = [contents, gzipSync(contents)].map(({ length }) => `${Math.round(length / 1000)} kB`)
console.log(`for a browser: ${sizes[0]}, ${sizes[1]} packed by gzip`)

const subjects = {
  template: largeTemplate(5000),
  environment: largeEnvironment(10_000_000),
}

const contenders: Readonly<Record<string, readonly [program: string, script: string]>> = {
  Hearth: [process.execPath, join(here, 'measure/language.ts')],
  ...(existsSync('/usr/lib/python3/dist-packages/heat') && {
    original: [python, join(here, 'measure/original.py')],
  }),
}

for (const [what, text] of Object.entries(subjects)) {
  const file = join(folder, `${what}.yaml`)
  writeFileSync(file, text)
  console.log(`${what}: ${text.length} characters`)
  for (let round = 1; round <= Number(rounds); round++) {
    for (const [name, [program, script]] of Object.entries(contenders)) {
      const output = execFileSync(program, [script, what, file], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      console.log(
        `  ${name.padEnd(8)} ${told(JSON.parse(output.trim().split('\n').at(-1) ?? '') as Measured)}`,
      )
    }
  }
}
rmSync(folder, { recursive: true })

function told({ steps, megabytes }: Measured): string {
  const total = Object.values(steps).reduce((sum, ms) => sum + ms, 0)
  const parts = Object.entries(steps).map(([step, ms]) => `${step} ${ms.toFixed(0)} ms`)
  return `${(total / 1000).toFixed(2)} s (${parts.join(', ')}), ${megabytes.toFixed(0)} MB`
}
