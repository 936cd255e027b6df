// Plays stories of the simulation, and tells of those that break a law:
//   npm run simulate -- --seed 117                 one story again, with all that happens in it
//   npm run simulate -- --runs 1000 --from 5000    many, in as many threads as there are processors
//   npm run simulate -- --runs 3000 --seconds 300  as many as there is time for
//   npm run simulate -- --seed 117 --steps 4 --without "hint lost" --without "cloud slow"
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { FaultKind } from '../src/testing/simulation/faults.ts'
import { shortest } from '../src/testing/simulation/shortest.ts'
import { type Simulated, type SimulationOptions, simulate } from '../src/testing/simulation/simulate.ts'

/** Which stories a thread plays: every so many, from its first. */
interface Share {
  readonly from: number
  readonly until: number
  readonly every: number
  /** When to stop, though there are more. */
  readonly stopAt: number
}

type Told = Omit<Simulated, 'trail'>

if (isMainThread) await main()
else await play(workerData as Share)

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      steps: { type: 'string' },
      without: { type: 'string', multiple: true },
      runs: { type: 'string', default: '1000' },
      from: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '86400' },
      threads: { type: 'string', default: String(availableParallelism()) },
    },
  })
  if (values.seed === undefined) return await many(values)
  const options: SimulationOptions = {
    ...(values.steps && { steps: Number(values.steps) }),
    without: new Set(values.without as FaultKind[] | undefined),
  }
  await tell(await simulate(Number(values.seed), options))
}

async function tell({ seed, trail, broken }: Simulated): Promise<void> {
  for (const line of trail) console.log(line)
  console.log(broken.length === 0 ? `Story ${seed} comes out right.` : `Story ${seed} breaks a law.`)
  if (broken.length > 0) process.exitCode = 1
}

interface Many {
  readonly runs: string
  readonly from: string
  readonly threads: string
  readonly seconds: string
}

async function many({ runs, from, threads, seconds: most }: Many): Promise<void> {
  const begun = Date.now()
  const first = Number(from)
  const told: Told[] = []
  const every = Number(threads)
  const sharing = Array.from({ length: every }, (_, index) => {
    const share: Share = {
      ...{ from: first + index, until: first + Number(runs), every },
      stopAt: begun + Number(most) * 1000,
    }
    return inThread(share, (one) => {
      told.push(one)
      if (one.broken.length > 0) console.log(`story ${one.seed}: ${one.broken[0]}`)
    })
  })
  await Promise.all(sharing)
  const failed = told.filter(({ broken }) => broken.length > 0)
  const seconds = (Date.now() - begun) / 1000
  console.log(summary(told, seconds))
  console.log(`${told.length - failed.length} stories came out right, ${failed.length} broke a law.`)
  const [one] = failed.sort((a, b) => a.seed - b.seed)
  if (one === undefined) return
  await explain(one.seed)
  process.exitCode = 1
}

function inThread(share: Share, onTold: (told: Told) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: share })
    thread.on('message', onTold)
    thread.on('error', reject)
    thread.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread ended with ${code}`))))
  })
}

async function play({ from, until, every, stopAt }: Share): Promise<void> {
  for (let seed = from; seed < until && Date.now() < stopAt; seed += every) {
    const { trail: _unsaid, ...told } = await simulate(seed)
    parentPort?.postMessage(told)
  }
}

function summary(told: readonly Told[], seconds: number): string {
  const counts = new Map<string, number>()
  for (const { faults } of told)
    for (const [kind, count] of faults) counts.set(kind, (counts.get(kind) ?? 0) + count)
  const lines = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, n]) => `  ${n} × ${kind}`)
  const each = ((seconds * 1000) / Math.max(1, told.length)).toFixed(0)
  return [
    `${told.length} stories in ${seconds.toFixed(0)} s (${each} ms each). In them came:`,
    ...lines,
  ].join('\n')
}

/** The first story that failed, as short as it can be told. */
async function explain(seed: number): Promise<void> {
  const { steps, without = new Set() } = await shortest(seed)
  console.log(`\nStory ${seed}, of which the first ${steps} steps are enough:\n`)
  await tell(await simulate(seed, { ...(steps !== undefined && { steps }), without }))
  const left = [...without].map((kind) => ` --without "${kind}"`).join('')
  console.log(`\nnpm run simulate -- --seed ${seed} --steps ${steps}${left}`)
}
