// How fast Hearth brings stacks about: it is started for this, and given stacks whose resources need no cloud.
//   node tools/measure-engine.ts                                       alone, in one process, on SQLite
//   node tools/measure-engine.ts --apart                               API and engine apart, on RabbitMQ and MariaDB of their own
//   node tools/measure-engine.ts --cases flat-100,chain-100,tree-10x10,group-100,crowd-1000x10
//   node tools/measure-engine.ts --plot docs/performance.svg           draws how the time of `flat` cases grows
//   node tools/measure-engine.ts --beside http://127.0.0.1:18004/v1    turn by turn with another service, in the cloud of OS_*
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startSimulator } from '../src/simulator/index.ts'
import { runCase, sizeOf, type Timings } from './measure/cases.ts'
import { plot, type Series } from './measure/plot.ts'
import { simulatedUser, startSite } from './measure/site.ts'
import { openUser } from './measure/user.ts'

const { values } = parseArgs({
  options: {
    apart: { type: 'boolean', default: false },
    cases: { type: 'string' },
    rounds: { type: 'string', default: '1' },
    port: { type: 'string', default: '18210' },
    plot: { type: 'string' },
    beside: { type: 'string' },
  },
})
const compared = 'chain-100,tree-10x10,flat-100,group-100'
const alone = 'flat-1000,flat-2500,flat-5000,flat-7500,flat-10000,crowd-1000x10'
const cases = (values.cases ?? (values.beside === undefined ? alone : compared)).split(',')

const simulator = values.beside === undefined ? await startSimulator({ password: 'pw', seed: 7 }) : undefined
const site = await startSite(values.apart ? 'apart' : 'one', {
  port: Number(values.port),
  cloud: simulator === undefined ? process.env : simulatedUser(simulator.authUrl),
})
const other = values.beside === undefined ? undefined : await openUser(values.beside, process.env)

const grown = new Map<string, [number, number][]>()
try {
  say(
    other === undefined
      ? ['case', 'measure', 'time', 'CPU', 'memory']
      : ['case', 'measure', 'Hearth', 'other', 'times'],
  )
  say(['---', '---', '---', '---', '---'])
  for (const name of cases) await measure(name)
} finally {
  await site.close()
  await simulator?.close()
}
if (values.plot !== undefined) {
  const series: Series[] = [...grown].map(([what, points]) => ({ name: what, points }))
  writeFileSync(values.plot, plot('Seconds for a stack of independent resources', series))
}

async function measure(name: string): Promise<void> {
  const own: Timings[] = []
  const others: Timings[] = []
  const cpuBefore = site.cpuSeconds()
  for (let round = 0; round < Number(values.rounds); round++) {
    own.push(await runCase(name, site.user))
    if (other !== undefined) others.push(await runCase(name, other))
  }
  const cpu = (site.cpuSeconds() - cpuBefore) / own.length
  for (const what of Object.keys(own[0] ?? {})) {
    const seconds = median(own.map((timings) => timings[what] ?? 0))
    if (other === undefined) {
      say([
        name,
        what,
        `${shown(seconds)} s`,
        `${cpu.toFixed(1)} s in all`,
        `${site.peakMiB().toFixed(0)} MiB`,
      ])
    } else {
      const theirs = median(others.map((timings) => timings[what] ?? 0))
      say([name, what, `${shown(seconds)} s`, `${shown(theirs)} s`, (theirs / seconds).toFixed(0)])
    }
    if (name.startsWith('flat-')) note(what, name, seconds)
  }
  if (name.startsWith('flat-')) note('processor time in all', name, cpu)
}

function note(what: string, name: string, seconds: number): void {
  grown.set(what, [...(grown.get(what) ?? []), [sizeOf(name), seconds]])
}

function say(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

function shown(seconds: number): string {
  return seconds.toFixed(seconds < 1 ? 3 : seconds < 10 ? 2 : 1)
}
