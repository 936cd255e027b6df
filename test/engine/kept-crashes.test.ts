import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../src/base/json.ts'
import type { StackIdentity } from '../../src/contract/views.ts'
import type { StackRow } from '../../src/store/index.ts'
import { anna, type Scenario, scenario } from '../../src/testing/scenario.ts'
import { group, hot, thing, thingOn } from './templates.ts'

/** What an engine is in the midst of when it dies, and what must have come of it in the end. */
interface Story {
  /** Before the engine that dies is there. */
  readonly before: (play: Scenario) => Promise<StackIdentity>
  readonly act: (play: Scenario, stack: StackIdentity) => Promise<StackIdentity>
  readonly ends: string
  /** Only every so many moments. */
  readonly every?: number
  readonly check: (play: Scenario, row: StackRow, stack: StackIdentity) => Promise<void>
}

const options = { alone: true, enableStackAbandon: true, enableStackAdopt: true }

async function playWithDeath(story: Story, diesAt: number): Promise<number> {
  const play = await scenario({ options })
  try {
    const first = await play.worker()
    const stack = await story.before(play)
    await play.clock.until(first.deployer.stop())
    play.yard.deeds.length = 0
    const doomed = await play.worker({ diesAt })
    const acted = await story.act(play, stack)
    const isOver = async () => doomed.life.isOver || (await play.store.deployment(acted.id))?.pending !== true
    await play.when(isOver)
    const died = doomed.life.isOver
    if (died) await play.worker()
    const row = await play.settled(acted)
    assert.equal(`${row.action}_${row.status}`, story.ends, row.statusReason)
    await story.check(play, row, acted)
    assert.deepEqual(play.yard.disorder, [])
    return died ? 0 : doomed.life.moments
  } finally {
    await play.end()
  }
}

function withEveryDeath(what: string, story: Story): void {
  it(what, async () => {
    const moments = await playWithDeath(story, Number.POSITIVE_INFINITY)
    assert.ok(moments > 0)
    for (let moment = 1; moment <= moments; moment += story.every ?? 1) {
      await playWithDeath(story, moment).catch((error: unknown) => {
        throw new Error(`dead at moment ${moment} of ${moments}`, { cause: error })
      })
    }
  })
}

let document: JsonMap = {}

/** A tree of three levels: a thing in a template in a group in a group. */
const tree = hot({
  a: thing(),
  g: group(1, {
    type: 'OS::Heat::ResourceGroup',
    properties: { count: 2, resource_def: { type: 'My::Own' } },
  }),
})

const ownType = {
  environment: { resource_registry: { 'My::Own': 'own.yaml' } },
  files: {
    'own.yaml':
      'heat_template_version: 2021-04-16\nresources: {x: {type: Test::Thing, properties: {color: red}}}',
  },
}

async function madeTree(play: Scenario): Promise<StackIdentity> {
  const stack = await play.create('web', tree, ownType)
  assert.equal((await play.settled(stack)).status, 'COMPLETE')
  return stack
}

async function abandonedTree(play: Scenario): Promise<StackIdentity> {
  const stack = await madeTree(play)
  document = await play.clock.until(play.calls.abandonStack(anna, { stack }))
  assert.equal((await play.settled(stack)).status, 'COMPLETE')
  return stack
}

const template = hot({ a: thing({ color: 'red' }), b: thingOn(['a']), g: group(1, thing()) })

async function made(play: Scenario): Promise<StackIdentity> {
  const stack = await play.create('web', template)
  assert.equal((await play.settled(stack)).status, 'COMPLETE')
  return stack
}

async function snapped(play: Scenario): Promise<StackIdentity> {
  const stack = await made(play)
  await play.clock.until(play.calls.createSnapshot(anna, { stack }))
  assert.equal((await play.settled(stack)).status, 'COMPLETE')
  return stack
}

async function abandoned(play: Scenario): Promise<StackIdentity> {
  const stack = await made(play)
  document = await play.clock.until(play.calls.abandonStack(anna, { stack }))
  assert.equal((await play.settled(stack)).status, 'COMPLETE')
  return stack
}

const adopt = (resources: JsonMap) => (play: Scenario) =>
  play.clock.until(
    play.calls.createStack(anna, {
      name: 'again',
      adopt: JSON.stringify({ ...document, resources }),
      disableRollback: false,
    }),
  )

const allResources = (): JsonMap => document.resources as JsonMap

/** The IDs of all things that a document tells of, however deep. */
const thingsIn = ({ resources, resource_id: id }: JsonMap): readonly string[] =>
  resources === undefined
    ? [String(id)]
    : Object.values(resources as Record<string, JsonMap>).flatMap(thingsIn)

/** A document in which one thing deep inside has no ID. */
function withoutLeaf({ resources, ...said }: JsonMap): JsonMap {
  if (resources === undefined) return { ...said, resource_id: null }
  const [[last, inside] = ['', {}], ...others] = Object.entries(
    resources as Record<string, JsonMap>,
  ).reverse()
  return { ...said, resources: { ...Object.fromEntries(others), [last]: withoutLeaf(inside) } }
}

/** Everything is owned, once, by resources that were adopted; nothing was done in the cloud. */
async function takenOver(play: Scenario, { id }: StackRow): Promise<void> {
  assert.deepEqual(play.yard.deeds, [])
  const stacks = await play.store.tree(id)
  const rows = (await Promise.all(stacks.map((stack) => play.store.resources(stack.id)))).flat()
  const owned = rows.flatMap(({ physicalId, type }) => (type === 'Test::Thing' ? [physicalId] : []))
  assert.deepEqual(owned.sort(), play.yard.things.map((one) => one.id).sort())
  assert.deepEqual(
    new Set(rows.map(({ action, status }) => `${action}_${status}`)),
    new Set(['ADOPT_COMPLETE']),
  )
}

async function leftAsItWas(play: Scenario, { id, deletedAt }: StackRow): Promise<void> {
  assert.equal(play.yard.things.length, 3)
  assert.deepEqual(play.yard.deeds, [])
  assert.notEqual(deletedAt, null)
  assert.deepEqual(await play.store.tree(id), [])
}

describe('an engine may die at any moment', () => {
  withEveryDeath('while it takes a snapshot (§10)', {
    before: made,
    async act(play, stack) {
      await play.clock.until(play.calls.createSnapshot(anna, { stack }))
      return stack
    },
    ends: 'SNAPSHOT_COMPLETE',
    every: 5,
    async check(play, { id }, stack) {
      assert.equal(play.yard.things.length, 6, 'one copy of each')
      const [snapshot, ...more] = await play.store.snapshots(id)
      assert.deepEqual([snapshot?.status, more], ['COMPLETE', []])
      assert.ok(snapshot !== undefined)
      await play.clock.until(play.calls.deleteSnapshot(anna, { stack, snapshot: snapshot.id }))
      assert.equal(play.yard.things.length, 3, 'every copy is known')
      assert.deepEqual(
        (await play.rows(stack)).map(({ notes }) => Object.keys(notes).filter((key) => key.includes('snap'))),
        [[], [], []],
      )
    },
  })

  withEveryDeath('while it deletes a stack with snapshots (§6)', {
    before: snapped,
    async act(play, stack) {
      await play.delete(stack)
      return stack
    },
    ends: 'DELETE_COMPLETE',
    every: 7,
    async check(play, { id }) {
      assert.deepEqual(play.yard.things, [])
      assert.deepEqual(await play.store.snapshots(id), [])
    },
  })

  withEveryDeath('while it takes a snapshot and the stack is to be deleted (§6, §10)', {
    before: made,
    async act(play, stack) {
      play.yard.pace.buildMs = 5000
      await play.clock.until(play.calls.createSnapshot(anna, { stack }))
      await play.clock.pass(1000)
      await play.delete(stack)
      return stack
    },
    ends: 'DELETE_COMPLETE',
    every: 11,
    check: async (play) => assert.deepEqual(play.yard.things, []),
  })

  withEveryDeath('while it abandons a stack (§10)', {
    before: made,
    async act(play, stack) {
      await play.clock.until(play.calls.abandonStack(anna, { stack }))
      return stack
    },
    ends: 'DELETE_COMPLETE',
    check: leftAsItWas,
  })

  withEveryDeath('while it adopts a stack (§10)', {
    before: abandoned,
    act: (play) => adopt(allResources())(play),
    ends: 'ADOPT_COMPLETE',
    every: 5,
    check: takenOver,
  })

  withEveryDeath('while it goes back from a stack that can not be adopted whole (§8, §10)', {
    before: abandoned,
    act: (play) => adopt({ ...allResources(), b: {} })(play),
    ends: 'ROLLBACK_COMPLETE',
    every: 5,
    async check(play, { id }) {
      assert.equal(play.yard.things.length, 3)
      assert.deepEqual(play.yard.deeds, [])
      assert.equal((await play.store.tree(id)).length, 1)
      assert.deepEqual(await play.store.resources(id), [])
    },
  })

  withEveryDeath('while it restores a stack (§10)', {
    before: snapped,
    async act(play, stack) {
      const [snapshot] = await play.store.snapshots(stack.id)
      assert.ok(snapshot !== undefined)
      await play.clock.until(play.calls.restoreSnapshot(anna, { stack, snapshot: snapshot.id }))
      return stack
    },
    ends: 'RESTORE_COMPLETE',
    every: 5,
    async check(play) {
      assert.equal(play.yard.things.length, 6)
      assert.match(String(play.yard.of('a')?.color), /^as /)
    },
  })

  withEveryDeath('while it abandons a tree (§9, §10)', {
    before: madeTree,
    async act(play, stack) {
      const told = await play.clock.until(play.calls.abandonStack(anna, { stack }))
      assert.deepEqual(thingsIn(told).toSorted(), play.yard.things.map(({ id }) => id).sort())
      return stack
    },
    ends: 'DELETE_COMPLETE',
    every: 3,
    check: leftAsItWas,
  })

  withEveryDeath('while it adopts a tree (§9, §10)', {
    before: abandonedTree,
    act: (play) => adopt(allResources())(play),
    ends: 'ADOPT_COMPLETE',
    every: 5,
    check: takenOver,
  })

  withEveryDeath('while it goes back from a tree that can not be adopted whole (§8, §9, §10)', {
    before: abandonedTree,
    act: (play) => adopt(withoutLeaf(document).resources as JsonMap)(play),
    ends: 'ROLLBACK_COMPLETE',
    every: 7,
    async check(play, { id }) {
      assert.equal(play.yard.things.length, 3)
      assert.deepEqual(play.yard.deeds, [])
      assert.equal((await play.store.tree(id)).length, 1)
      assert.deepEqual(await play.store.resources(id), [])
    },
  })
})
