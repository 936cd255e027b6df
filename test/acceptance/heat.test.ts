import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { freePort } from '../../tools/free-port.ts'
import { Cloud } from '../journeys/cloud.ts'
import { secretWith } from '../journeys/credential.ts'
import { HearthProcess } from '../journeys/hearth.ts'
import { administrator, newTenant, OpenStack, type Tenant } from '../journeys/openstack.ts'
import { Acceptance, type AcceptanceTest, type Outcome } from './acceptance.ts'
import { rememberAddresses } from './catalog.ts'

const runner = resolve(process.env.HEARTH_TEMPEST ?? 'tempest')
const directory = mkdtempSync(join(tmpdir(), 'hearth-acceptance-'))
const tests = await new Acceptance(runner, join(directory, 'listing'), administrator()).tests()

describe("Heat's own acceptance tests", () => {
  const hearth = new HearthProcess(['up', '--cloud', 'env', '--register'], administrator())
  const outcomes = new Map(tests.map(({ id }) => [id, Promise.withResolvers<Outcome>()]))
  let putBack: () => Promise<void> = async () => {}
  let tenant: Tenant
  let ours: Acceptance
  let original: Original

  before(async () => {
    const { OS_REGION_NAME: region = 'RegionOne' } = administrator()
    putBack = await rememberAddresses(await Cloud.open(administrator()), 'orchestration', region)
    await hearth.start(await freePort())
    // Keystone may go on for minutes to tell those whom it knows where the service was before.
    tenant = await newAdministrator(`acceptance-${process.pid}`)
    const credential = await secretWith(tenant.variables, tenant)
    ours = new Acceptance(runner, join(directory, 'ours'), tenant.variables, credential)
    original = new Original(join(directory, 'original'), tenant, credential)
    const giveUp = () => {
      for (const outcome of outcomes.values()) outcome.resolve(untold)
    }
    ours.run(slowestFirst(tests), 2, (id, outcome) => outcomes.get(id)?.resolve(outcome)).then(giveUp, giveUp)
  })

  after(async () => {
    await Promise.all([ours.stop(), original.stop()])
    await putBack()
    await tenant.remove()
    await hearth.stop()
    rmSync(directory, { recursive: true })
  })

  for (const test of tests) {
    it(test.name, async (t) => {
      const { outcome, words = '' } = (await outcomes.get(test.id)?.promise) ?? untold
      if (outcome === 'passed') return
      assert.equal(outcome, 'failed', `it was not tried: ${words}`)
      const there = await original.outcome(test)
      const said = `it passes with the original, and says here:\n${words}\n${lastErrorsIn(hearth.wholeLog())}`
      assert.equal(there.outcome, 'failed', said)
      t.diagnostic(`it fails with the original too: ${there.words?.trimEnd().split('\n').at(-1)}`)
    })
  }
})

const untold: Outcome = { outcome: 'failed', words: 'Nothing was told of it.' }

/** What Hearth itself said last of what it could not answer. */
const lastErrorsIn = (log: string): string =>
  log
    .split('\n')
    .filter((line) => line.startsWith('{"level":50'))
    .slice(-3)
    .join('\n')

async function newAdministrator(name: string): Promise<Tenant> {
  const tenant = await newTenant(name)
  await new OpenStack(administrator()).text('role', 'add', '--project', name, '--user', name, 'admin')
  return tenant
}

/** The modules of the tests, those first that take long. */
function slowestFirst(all: readonly AcceptanceTest[]): readonly string[] {
  const slow = ['nova_server_networks', 'hooks', 'heat_api', 'create_update_neutron_subnet']
  const slowness = (module: string) => slow.findLastIndex((name) => module.endsWith(`.test_${name}`))
  const modules = [...new Set(all.map(({ module }) => module))]
  const isSlow = (module: string) => slowness(module) >= 0
  const first = modules.filter(isSlow).sort((one, other) => slowness(one) - slowness(other))
  return [...first, ...modules.filter((module) => !isSlow(module))]
}

/** The original, which serves in the lab's other region, and is asked only about what fails here. */
class Original {
  readonly #suite: Acceptance
  readonly #asked = new Map<string, Promise<ReadonlyMap<string, Outcome>>>()

  constructor(kept: string, { variables }: Tenant, credential: string) {
    this.#suite = new Acceptance(runner, kept, { ...variables, OS_REGION_NAME: 'RegionTwo' }, credential)
  }

  /** What becomes of a test. One of the API is a part of a story, which is played as a whole. */
  async outcome({ id, module }: AcceptanceTest): Promise<Outcome> {
    const line = module.endsWith('.test_heat_api') ? module : `${module} ${id}`
    const known = this.#asked.get(line) ?? this.#ask(line)
    this.#asked.set(line, known)
    return (await known).get(id) ?? untold
  }

  async #ask(line: string): Promise<ReadonlyMap<string, Outcome>> {
    const found = new Map<string, Outcome>()
    await this.#suite.run([line], 1, (id, outcome) => found.set(id, outcome))
    return found
  }

  async stop(): Promise<void> {
    await this.#suite.stop()
  }
}
