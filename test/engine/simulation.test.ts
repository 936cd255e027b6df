import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../src/base/json.ts'
import type { StackIdentity } from '../../src/contract/views.ts'
import type { ResourceRow } from '../../src/store/index.ts'
import { Chance } from '../../src/testing/chance.ts'
import { type Scenario, scenario, type Worker } from '../../src/testing/scenario.ts'
import { type Interference, lostAnswer, refusal, type Thing, unreachable } from '../../src/testing/yard.ts'
import { drawnTemplate } from './drawn-template.ts'

/**
 * Stories told by lot: templates, engines that die, and a cloud that makes every kind of trouble. More of them:
 * HEARTH_STORIES=1000. One of them again, with all that happens in it: HEARTH_SEED=117.
 */
const { HEARTH_SEED, HEARTH_STORIES } = process.env
const first = Number(HEARTH_SEED ?? 1)
const count = Number(HEARTH_STORIES ?? (HEARTH_SEED === undefined ? 15 : 1))

interface Story {
  readonly play: Scenario
  readonly chance: Chance
  /** Says what happens, if the story is told for somebody to read. */
  readonly say: (what: string) => void
}

async function tell(seed: number): Promise<void> {
  const chance = new Chance(seed)
  const play = await scenario({ random: chance.fraction })
  const begun = play.clock.now()
  const say = (what: string) => {
    if (count === 1) console.log(`${((play.clock.now() - begun) / 1000).toFixed(3)} ${what}`)
  }
  try {
    const story: Story = { play, chance, say }
    await assertEnd(story, await trouble(story))
  } catch (error) {
    throw new Error(`HEARTH_SEED=${seed} tells this story again`, { cause: error })
  } finally {
    await play.end()
  }
}

/** A stack's life in hard times, until the cloud is well again. */
async function trouble(story: Story): Promise<StackIdentity> {
  const { play, chance } = story
  let workers: readonly Worker[] = [await play.worker(), await play.worker()]
  play.yard.pace.buildMs = chance.below(4000)
  play.yard.pace.deleteMs = chance.below(2000)
  play.yard.interfere = told(story, troubled(story))
  const disableRollback = chance.is(0.5)
  const stack = await play.create('web', drawn(story), { disableRollback })
  for (let turns = 2 + chance.below(5); turns > 0; turns--) {
    await play.clock.pass(chance.below(12_000))
    if (chance.is(0.5)) workers = await withDeath(story, workers)
    if (chance.is(0.6)) await play.update(stack, drawn(story))
    if (chance.is(0.3)) await play.settled(stack)
  }
  play.yard.interfere = told(story, (_ask, act) => act())
  // What is on its way yet arrives.
  await play.clock.pass(3000)
  return stack
}

function drawn({ chance, say }: Story, mayFail = true): JsonMap {
  const template = drawnTemplate(chance, { mayFail })
  say(`wanted ${JSON.stringify(template.resources)}`)
  return template
}

async function withDeath(
  { play, chance, say }: Story,
  workers: readonly Worker[],
): Promise<readonly Worker[]> {
  const victim = chance.one(workers)
  victim.life.end()
  say(`${victim.id} dies`)
  return [...workers.filter((one) => one !== victim), await play.worker()]
}

/** Every kind of trouble that a cloud can make, now and then. */
function troubled({ play: { clock }, chance }: Story): Interference {
  return async (ask, act) => {
    // Slow, but never longer on the way than engines look for what was made.
    if (chance.is(0.2)) await clock.sleep(chance.below(2000))
    const which = chance.below(30)
    if (which === 0) throw unreachable()
    if (which === 1) throw refusal('Slow down.', { kind: 'rate-limited', status: 429 })
    if (ask.method === 'GET') return act()
    if (which === 2) throw lostAnswer()
    if (which === 3) {
      await act()
      throw lostAnswer()
    }
    if (which === 4 && ask.method === 'POST') {
      const late = clock.sleep(chance.below(1000)).then(act)
      late.catch(() => {})
      throw lostAnswer()
    }
    return act()
  }
}

function told({ say }: Story, interfere: Interference): Interference {
  return async (ask, act) => {
    const { method, path, query, body } = ask
    const asked = [method, path, ...[query, body].flatMap((one) => (one ? JSON.stringify(one) : []))].join(
      ' ',
    )
    try {
      const reply = await interfere(ask, act)
      say(`${asked} -> ${JSON.stringify(reply.body)}`)
      return reply
    } catch (error) {
      say(`${asked} -> ${error}`)
      throw error
    }
  }
}

/** After the trouble is over the stack becomes what is asked for last, and the cloud holds that and nothing else. */
async function assertEnd(story: Story, stack: StackIdentity): Promise<void> {
  const { play } = story
  await play.settled(stack)
  const last = drawn(story, false)
  await play.update(stack, last)
  await assertCompletes(story, stack)
  const rows = await rowsOfTree(play, stack)
  for (const { name, type, physicalId, notes } of rows)
    story.say(`${name} is a ${type}: ${physicalId} ${JSON.stringify(notes)}`)
  assertOwned(play, rows)
  assertAtRest(rows)
  for (const [name, wanted] of Object.entries(last.resources as Record<string, JsonMap>)) {
    const row = rows.find((one) => one.name === name && one.stackId === stack.id)
    assert.ok(row !== undefined, `${name} is there`)
    assertLooks(play, row, { wanted, rows })
  }
  await play.delete(stack)
  await assertCompletes(story, stack)
  assert.deepEqual(play.yard.things, [], 'nothing is left behind')
}

async function assertCompletes({ play }: Story, stack: StackIdentity): Promise<void> {
  const { status, statusReason } = await play.settled(stack)
  assert.equal(status, 'COMPLETE', statusReason)
  // Nobody waits for the end of what was made twice.
  await play.clock.pass(play.yard.pace.deleteMs)
}

async function rowsOfTree(
  { store }: Scenario,
  { id }: { readonly id: string },
): Promise<readonly ResourceRow[]> {
  const tree = await store.tree(id)
  return (await Promise.all(tree.map((stack) => store.resources(stack.id)))).flat()
}

function assertOwned({ yard }: Scenario, rows: readonly ResourceRow[]): void {
  const owned = rows
    .filter(({ type }) => type.startsWith('Test::'))
    .flatMap(({ physicalId, notes }) => [physicalId, notes.second])
    .filter((id) => id !== undefined)
  const there = yard.things.map(({ id }) => id)
  assert.deepEqual(there.sort(), owned.sort(), 'each thing belongs to one resource')
}

function assertAtRest(rows: readonly ResourceRow[]): void {
  const restless = rows.filter(
    ({ status, intent, replaces, replacedBy }) =>
      status !== 'COMPLETE' || intent !== null || replaces !== null || replacedBy !== null,
  )
  assert.deepEqual(restless, [])
}

interface Look {
  readonly wanted: JsonMap
  readonly rows: readonly ResourceRow[]
}

/** That a resource's thing is as it is wanted, or the things of a group's members are. */
function assertLooks({ yard }: Scenario, row: ResourceRow, { wanted, rows }: Look): void {
  const properties = (wanted.properties ?? {}) as JsonMap
  const isGroup = wanted.type === 'OS::Heat::ResourceGroup'
  const of = isGroup ? rows.filter(({ stackId }) => stackId === row.physicalId) : [row]
  if (isGroup) assert.equal(of.length, properties.count, `${row.name} has the members that are wanted`)
  const looks = isGroup ? (properties.resource_def as JsonMap).properties : properties
  for (const { physicalId } of of) {
    const thing = yard.things.find(({ id }) => id === physicalId)
    if (thing !== undefined) assertHas(thing, looks as JsonMap, rows)
  }
}

function assertHas(thing: Thing, properties: JsonMap, rows: readonly ResourceRow[]): void {
  for (const [name, value] of Object.entries(properties)) {
    const wanted = name === 'base' ? idsOf(value as readonly JsonMap[], rows) : value
    assert.deepEqual(thing[name], wanted, `${thing.name} has the ${name} that is wanted`)
  }
}

const idsOf = (references: readonly JsonMap[], rows: readonly ResourceRow[]): readonly unknown[] =>
  references.map((one) => rows.find(({ name }) => name === one.get_resource)?.physicalId)

describe('whatever happens', () => {
  for (let seed = first; seed < first + count; seed++) {
    it(`comes out right in the end: story ${seed}`, () => tell(seed))
  }
})
