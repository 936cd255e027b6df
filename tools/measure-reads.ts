// How fast Hearth lists stacks: it is started for this before a simulated cloud, given stacks, and asked for all of them, a page at a time.
//   node tools/measure-reads.ts                                  10,000 stacks on SQLite
//   node tools/measure-reads.ts --stacks 2000 --on mariadb       on a MariaDB or PostgreSQL of its own
import { parseArgs } from 'node:util'
import { limiter } from '../src/base/limiter.ts'
import { startSimulator } from '../src/simulator/index.ts'
import { type MeasuredSite, simulatedUser, startSite } from './measure/site.ts'
import { type DatabaseService, startMariadb, startPostgres } from './services.ts'

const { values } = parseArgs({
  options: {
    stacks: { type: 'string', default: '10000' },
    on: { type: 'string', default: 'sqlite' },
    port: { type: 'string', default: '18210' },
  },
})

/** What is asked for, in words and as a query. */
const lists: Readonly<Record<string, string>> = {
  'the newest first': '',
  'by name': 'sort_keys=stack_name',
  'by status, downwards': 'sort_keys=stack_status&sort_dir=desc',
  'of a status': 'status=COMPLETE',
  'with a tag': 'tags=even',
  'without a tag': 'not_tags=even',
  'nested ones too': 'show_nested=true',
  'of all projects': 'global_tenant=true',
  'with their number': 'with_count=true',
}

const body = (index: number) => ({
  template: {
    heat_template_version: '2021-04-16',
    resources: { text: { type: 'OS::Heat::RandomString', properties: { length: 8 } } },
  },
  tags: index % 2 === 0 ? 'even,measured' : 'measured',
})

const database = await startDatabase(values.on)
const simulator = await startSimulator({ password: 'pw', seed: 7 })
const site = await startSite('one', {
  port: Number(values.port),
  cloud: simulatedUser(simulator.authUrl),
  ...(database !== undefined && { database: await database.create() }),
})
try {
  await makeStacks(site, Number(values.stacks))
  say(['page', 'stacks', 'pages', 'median', 'p99', 'longest'])
  say(['---', '---', '---', '---', '---', '---'])
  for (const limit of [100, 1000])
    for (const [what, query] of Object.entries(lists)) await measure(what, query, limit)
} finally {
  await site.close()
  await simulator.close()
  await database?.stop()
}

async function startDatabase(name: string): Promise<DatabaseService | undefined> {
  if (name === 'sqlite') return undefined
  if (name !== 'mariadb' && name !== 'postgres') throw new Error(`there is no database ${name}`)
  return await (name === 'mariadb' ? startMariadb() : startPostgres())
}

async function makeStacks({ user }: MeasuredSite, count: number): Promise<void> {
  const { run } = limiter(50)
  const ids = new Map<string, string>()
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      run(async () => {
        const name = `stack-${(index * 7919) % count}`
        ids.set(name, await user.create(name, body(index)))
      }),
    ),
  )
  for (const [name, id] of ids) await user.settled(name, id, 'CREATE_COMPLETE')
}

async function measure(what: string, query: string, limit: number): Promise<void> {
  const times: number[] = []
  const seen = new Set<string>()
  for (let marker = ''; ; ) {
    const began = performance.now()
    const page = await site.user.list(`limit=${limit}&${query}${marker && `&marker=${marker}`}`)
    times.push(performance.now() - began)
    for (const { id } of page) seen.add(id)
    if (page.length < limit) break
    marker = page.at(-1)?.id ?? ''
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => ms(times[Math.floor(times.length * share)])
  say([`${what}, ${limit} a page`, seen.size, times.length, at(0.5), at(0.99), ms(times.at(-1))])
}

function ms(time = 0): string {
  return `${time.toFixed(1)} ms`
}

function say(cells: readonly unknown[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
}
