// How many requests to the clouds, and how long, a stack of servers takes beside the original: made, updated to what it is,
// deleted, by both, one after the other. Both reach the clouds through proxies that count, in a region of their own that is
// taken away afterwards. Needs the OS_* variables of an administrator of an OpenStack with the original in RegionTwo.
//   node tools/measure-cloud.ts [--servers 40] [--only hearth|original] [--shapes]
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { HearthProcess } from '../test/journeys/hearth.ts'
import { administrator } from '../test/journeys/openstack.ts'
import { freePort } from './free-port.ts'
import type { Counts } from './measure/counting-proxy.ts'
import {
  type Asker,
  askerFor,
  countedRegion,
  type Undo,
  unlimitedTenant,
  type Variables,
} from './measure/lab.ts'
import { serversTemplate } from './measure/servers-template.ts'

const { values: options } = parseArgs({
  options: {
    servers: { type: 'string', default: '40' },
    only: { type: 'string' },
    shapes: { type: 'boolean', default: false },
  },
})

interface Measured {
  readonly seconds: number
  readonly counts: Counts
}

/** A service that makes stacks, and how it is told to use the region that counts. */
interface Contender {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

const steps = ['create', 'update that changes nothing', 'delete'] as const
const region = `counted-${process.pid}`
const template = serversTemplate(Number(options.servers))
const undo: Undo = []
let counts: Counts = new Map()

async function measure(): Promise<void> {
  const variables = administrator()
  const keystone = variables.OS_AUTH_URL ?? ''
  const admin = await askerFor(variables)
  const services = await countedRegion(region, { admin, keystone, counts: () => counts, undo })
  const tenant = await askerFor(await unlimitedTenant(region, { admin, variables, services, undo }))
  const found = new Map<string, readonly Measured[]>()
  for (const name of ['hearth', 'original'].filter((one) => (options.only ?? one) === one)) {
    const contender =
      name === 'hearth' ? await startHearth(variables, services) : await original(admin, keystone)
    found.set(name, await stackLife(contender, tenant))
  }
  print(found)
}

/** Its tokens are counted too; those of the original, which has an address of Keystone of its own, are not. */
async function startHearth(variables: Variables, services: ReadonlyMap<string, string>): Promise<Contender> {
  const hearth = new HearthProcess(['up', '--cloud', 'env'], {
    ...variables,
    OS_REGION_NAME: region,
    OS_AUTH_URL: `${services.get('identity')}/v3`,
  })
  const port = await freePort(3)
  await hearth.start(port)
  undo.push(() => hearth.stop())
  return { url: `http://127.0.0.1:${port}/v1`, headers: {} }
}

async function original(admin: Asker, keystone: string): Promise<Contender> {
  const { endpoints } = await admin.ask<{ endpoints: { url: string }[] }>(
    'GET',
    `${keystone}/endpoints?region_id=RegionTwo&interface=public`,
  )
  const found = endpoints.find(({ url }) => url.includes(':18004'))
  return { url: new URL('/v1', found?.url).href, headers: { 'x-region-name': region } }
}

/** Makes the stack, updates it to what it is, and deletes it. */
async function stackLife(
  contender: Contender,
  { token, projectId }: Pick<Asker, 'token' | 'projectId'>,
): Promise<readonly Measured[]> {
  const base = `${contender.url}/${projectId}/stacks`
  const headers = { ...contender.headers, 'x-auth-token': token, 'content-type': 'application/json' }
  const stack = `${base}/${region}`

  async function ask(method: string, url: string, body?: object): Promise<Response> {
    const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (response.ok || response.status === 404) return response
    throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`)
  }

  async function ended(): Promise<void> {
    for (;;) {
      const response = await ask('GET', `${stack}?resolve_outputs=False`)
      if (response.status === 404) return
      const { stack: now } = (await response.json()) as { stack: Record<string, string> }
      const status = now.stack_status ?? ''
      if (status.endsWith('_FAILED')) throw new Error(`${status}: ${now.stack_status_reason}`)
      if (status.endsWith('_COMPLETE')) return
      await pause(250)
    }
  }

  const work = [
    () => ask('POST', base, { stack_name: region, template, timeout_mins: 30 }),
    () => ask('PUT', address, { template, timeout_mins: 30 }),
    () => ask('DELETE', address),
  ]
  let address = stack
  const measured: Measured[] = []
  for (const begin of work) {
    counts = new Map()
    const begun = performance.now()
    const response = await begin()
    if (address === stack) {
      const { stack: made } = (await response.json()) as { stack: { id: string } }
      address = `${stack}/${made.id}`
    }
    await ended()
    measured.push({ seconds: (performance.now() - begun) / 1000, counts })
    console.error(
      `${contender.url}: ${steps[measured.length - 1]} ${measured.at(-1)?.seconds.toFixed(1)} s, ${total(counts)} requests`,
    )
  }
  return measured
}

const total = (of: Counts): number => [...of.values()].reduce((sum, one) => sum + one, 0)

function print(found: ReadonlyMap<string, readonly Measured[]>): void {
  const names = [...found.keys()]
  console.log(`| ${options.servers} servers | measure | ${names.join(' | ')} | ratio |`)
  console.log(`|---|---|${'---|'.repeat(names.length + 1)}`)
  const row = (step: string, measure: string, figures: readonly number[], digits = 0) => {
    const [first = 0, second] = figures
    const ratio = second === undefined ? '' : (first / second).toFixed(2)
    console.log(
      `| ${step} | ${measure} | ${figures.map((one) => one.toFixed(digits)).join(' | ')} | ${ratio} |`,
    )
  }
  const all = [...found.values()]
  const sum = (of: (one: Measured) => number, index?: number) =>
    all.map((life) =>
      life.filter((_, i) => index === undefined || i === index).reduce((so, one) => so + of(one), 0),
    )
  for (const [index, step] of [...steps.entries(), [undefined, 'all'] as const]) {
    row(
      step,
      'seconds',
      sum(({ seconds }) => seconds, index),
      1,
    )
    row(
      '',
      'requests',
      sum((one) => total(one.counts), index),
    )
    const kinds = [...new Set(all.flatMap((life) => life.flatMap((one) => [...one.counts.keys()])))].sort()
    const groups = options.shapes ? kinds : [...new Set(kinds.map((kind) => kind.split(' ')[0] ?? ''))]
    for (const group of groups) {
      const figures = sum(({ counts: of }) => total(part(of, group)), index)
      if (figures.some((one) => one > 0)) row('', group, figures)
    }
  }
}

const part = (of: Counts, group: string): Counts =>
  new Map([...of].filter(([kind]) => kind === group || kind.startsWith(`${group} `)))

try {
  await measure()
} finally {
  for (const step of undo.reverse()) await step().catch((error: unknown) => console.error(error))
}
