import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../src/base/json.ts'
import type { StackIdentity } from '../../src/contract/views.ts'
import type { StackRow } from '../../src/store/index.ts'
import { anna, type Scenario, scenario } from '../../src/testing/scenario.ts'
import { resourceIn } from '../../src/testing/yard.ts'
import { group, hot, tester, thing, thingOn } from './templates.ts'

/** What an engine is in the midst of when it dies, and what must have come of it in the end. */
interface Story {
  /** What the stack was before, if it was there. */
  readonly was?: JsonMap
  /** What was done to it then. */
  readonly wasThen?: Acting
  readonly act: (play: Scenario, stack: StackIdentity | undefined) => Promise<StackIdentity>
  /** The state that the stack ends in: `CREATE_COMPLETE`. */
  readonly ends: string
  /** How often things of each resource may have been made. */
  readonly made: Readonly<Record<string, number>>
  /** The things that there are in the end, as resource and color. */
  readonly there: readonly string[]
  /** Only every so many moments, counted from one that grows with each. */
  readonly every?: number
}

/** Plays a story whose engine dies at a moment of its life; answers how many moments there were if it lived on. */
async function playWithDeath(story: Story, diesAt: number): Promise<number> {
  const play = await scenario({ options: { alone: true } })
  try {
    const before = story.was && (await settledBefore(play, story.was, story.wasThen))
    play.yard.deeds.length = 0
    const doomed = await play.worker({ diesAt })
    const stack = await story.act(play, before)
    const isOver = async () => doomed.life.isOver || (await play.store.deployment(stack.id))?.pending !== true
    await play.when(isOver)
    const died = doomed.life.isOver
    if (died) await play.worker()
    await assertEnd(play, story, await play.settled(stack))
    return died ? 0 : doomed.life.moments
  } finally {
    await play.end()
  }
}

type Acting = 'suspendStack' | 'resumeStack' | 'checkStack'

async function settledBefore(play: Scenario, template: JsonMap, then?: Acting): Promise<StackIdentity> {
  const first = await play.worker()
  const stack = await play.create('web', template, { disableRollback: false })
  assert.equal((await play.settled(stack)).status, 'COMPLETE')
  if (then !== undefined) await acting(then)(play, stack)
  assert.equal((await play.settled(stack)).status, 'COMPLETE')
  await play.clock.until(first.deployer.stop())
  return stack
}

async function assertEnd(
  play: Scenario,
  story: Story,
  { action, status, statusReason, id }: StackRow,
): Promise<void> {
  assert.equal(`${action}_${status}`, story.ends, statusReason)
  const tree = await play.store.tree(id)
  const rows = (await Promise.all(tree.map((stack) => play.store.resources(stack.id)))).flat()
  const owned = rows
    .flatMap(({ physicalId, notes, type }) => (type.startsWith('Test::') ? [physicalId, notes.second] : []))
    .filter((one) => typeof one === 'string')
  assert.deepEqual(play.yard.things.map((one) => one.id).sort(), owned.sort(), 'everything is owned, once')
  assert.deepEqual(
    rows.filter(({ intent, status: state }) => intent !== null || state !== 'COMPLETE'),
    [],
  )
  const there = play.yard.things.map(({ name, color }) => `${nameOf(name)} ${String(color ?? '')}`.trim())
  assert.deepEqual(there.sort(), [...story.there].sort())
  assert.deepEqual(play.yard.disorder, [])
  const made = play.yard.deeds
    .filter((deed) => deed.startsWith('create'))
    .map((deed) => nameOf(deed.slice(7)))
  const counts = Object.fromEntries(
    [...Map.groupBy(made, (name) => name)].map(([name, all]) => [name, all.length]),
  )
  assert.deepEqual(counts, story.made, 'nothing is made twice')
}

const nameOf = (physicalName: string): string => (physicalName === '' ? 'nameless' : resourceIn(physicalName))

function withEveryDeath(what: string, story: Story): void {
  it(what, async () => {
    const moments = await playWithDeath(story, Number.POSITIVE_INFINITY)
    for (let moment = 1; moment <= moments; moment += story.every ?? 1) {
      await playWithDeath(story, moment).catch((error: unknown) => {
        throw new Error(`dead at moment ${moment} of ${moments}`, { cause: error })
      })
    }
  })
}

const create =
  (template: JsonMap, more = {}) =>
  (play: Scenario) =>
    play.create('web', template, more)

const update =
  (template: JsonMap, more = {}) =>
  async (play: Scenario, stack: StackIdentity | undefined) => {
    assert.ok(stack !== undefined)
    await play.update(stack, template, more)
    return stack
  }

const acting = (call: Acting) => async (play: Scenario, stack: StackIdentity | undefined) => {
  assert.ok(stack !== undefined)
  await play.clock.until(play.calls[call](anna, { stack }))
  return stack
}

const holder = (color: string, place: string) => ({ type: 'Test::Holder', properties: { color, place } })

describe('an engine may die at any moment', () => {
  const small = hot({ a: thing(), b: thingOn(['a']), n: { type: 'Test::Nameless', properties: { size: 1 } } })

  withEveryDeath('while it creates a stack', {
    ...{ act: create(small), ends: 'CREATE_COMPLETE' },
    ...{ made: { a: 1, b: 1, nameless: 1 }, there: ['a', 'b', 'nameless'] },
  })

  withEveryDeath('while it makes what is more than one object', {
    act: create(hot({ p: { type: 'Test::Pair', properties: { size: 1 } } })),
    ...{ ends: 'CREATE_COMPLETE', made: { p: 2 }, there: ['p', 'p'] },
  })

  withEveryDeath('while it creates nested stacks', {
    act: create(hot({ g: group(2, { type: 'Test::Thing' }), r: { type: 'OS::Heat::RandomString' } })),
    ...{ ends: 'CREATE_COMPLETE', made: { 0: 1, 1: 1 }, there: ['0', '1'], every: 3 },
  })

  withEveryDeath('while it updates a stack', {
    was: hot({ a: thing({ size: 1 }), b: thingOn(['a']), c: thing() }),
    act: update(hot({ a: thing({ size: 2 }), b: thingOn(['a']), d: thingOn(['b']) })),
    ...{ ends: 'UPDATE_COMPLETE', made: { d: 1 }, there: ['a', 'b', 'd'] },
  })

  const marked = { metadata: { x: 1 } }
  withEveryDeath('while it updates what changed by its words only, and compares all with what is there', {
    was: hot({ a: thing({ size: 1 }), g: group(1, { type: 'Test::Thing' }) }),
    act: update(hot({ a: thing({ size: 1 }, marked), g: group(1, { type: 'Test::Thing' }) }), {
      converge: true,
    }),
    ...{ ends: 'UPDATE_COMPLETE', made: {}, there: ['a', '0'], every: 2 },
  })

  withEveryDeath('while it replaces what must give something up', {
    was: hot({ h: holder('red', 'corner'), u: thingOn(['h']) }),
    act: update(hot({ h: holder('blue', 'corner'), u: thingOn(['h']) })),
    ...{ ends: 'UPDATE_COMPLETE', made: { h: 1 }, there: ['h blue', 'u'] },
  })

  withEveryDeath('while it replaces what could have changed in place otherwise', {
    was: hot({ a: thing({ size: 1 }), b: thingOn(['a']) }),
    act: update(hot({ a: thing({ size: 13 }), b: thingOn(['a']) })),
    ...{ ends: 'UPDATE_COMPLETE', made: { a: 1 }, there: ['a', 'b'] },
  })

  withEveryDeath('while it goes back to what was', {
    was: hot({ h: holder('red', 'corner'), u: thingOn(['h'], { size: 1 }) }),
    act: update(
      hot({
        h: holder('blue', 'corner'),
        u: thingOn(['h'], { size: 2 }),
        z: tester({ fail: true }, { depends_on: ['h'] }),
      }),
    ),
    ...{ ends: 'ROLLBACK_COMPLETE', made: { h: 1 }, there: ['h red', 'u'] },
  })

  withEveryDeath('while it deletes a stack', {
    was: hot({ a: thing(), b: thingOn(['a']), g: group(1, { type: 'Test::Thing' }) }),
    async act(play, stack) {
      assert.ok(stack !== undefined)
      await play.delete(stack)
      return stack
    },
    ...{ ends: 'DELETE_COMPLETE', made: {}, there: [] },
  })

  const tree = hot({ a: thing(), b: thingOn(['a']), g: group(1, { type: 'Test::Thing' }) })
  const inTree = { made: {}, there: ['0', 'a', 'b'] }

  withEveryDeath('while it suspends a stack', {
    ...{ was: tree, act: acting('suspendStack'), ends: 'SUSPEND_COMPLETE', ...inTree },
  })

  withEveryDeath('while it resumes a stack', {
    ...{ was: tree, wasThen: 'suspendStack', act: acting('resumeStack') },
    ...{ ends: 'RESUME_COMPLETE', ...inTree },
  })

  withEveryDeath('while it checks a stack', {
    ...{ was: tree, act: acting('checkStack'), ends: 'CHECK_COMPLETE', ...inTree },
  })
})
