import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json, JsonMap } from '../../src/base/json.ts'
import type { StackRequest } from '../../src/contract/engine.ts'
import type { StackIdentity } from '../../src/contract/views.ts'
import { type Scenario, scenario } from '../../src/testing/scenario.ts'
import { hot, thing, thingOn } from './templates.ts'

/** A stack that waits for somebody to say something, which is said once it waits. */
interface Story {
  readonly template: JsonMap
  readonly more?: Omit<StackRequest, 'template'>
  /** What was there before, if it is an update or a deletion. */
  readonly was?: JsonMap
  readonly isDeleted?: true
  readonly tell: Json
  /** The resource that is told it, if not the one that waits. */
  readonly told?: string
  /** Whether a resource has begun to wait, by what is noted of it. */
  readonly waits: string
  readonly events: Readonly<Record<string, number>>
}

/** Plays a story whose engine dies at a moment of its life; answers how many moments there were if it lived on. */
async function playWithDeath(story: Story, diesAt: number): Promise<number> {
  const play = await scenario({ options: { alone: true } })
  try {
    const before = story.was && (await settledBefore(play, story.was, story.isDeleted && story.more))
    const doomed = await play.worker({ diesAt })
    const stack = await begun(play, story, before)
    let followed = false
    const unlessDead = async (isTrue: () => Promise<boolean>) => {
      await play.when(async () => (!followed && doomed.life.isOver) || (await isTrue()))
      if (followed || !doomed.life.isOver) return
      followed = true
      await play.worker()
      await play.when(isTrue)
    }
    await unlessDead(() => isWaiting(play, story, stack))
    await play.signal(stack, story.told ?? 'l', story.tell)
    await unlessDead(async () => (await play.store.deployment(stack.id))?.pending !== true)
    await assertEnd(play, story, stack)
    return followed ? 0 : doomed.life.moments
  } finally {
    await play.end()
  }
}

async function settledBefore(
  play: Scenario,
  template: JsonMap,
  more?: Story['more'],
): Promise<StackIdentity> {
  const first = await play.worker()
  const stack = await play.create('web', template, more)
  await play.settled(stack)
  await play.clock.until(first.deployer.stop())
  return stack
}

async function begun(
  play: Scenario,
  { template, more, isDeleted }: Story,
  before: StackIdentity | undefined,
): Promise<StackIdentity> {
  if (before === undefined) return await play.create('web', template, more)
  if (isDeleted) {
    await play.delete(before)
    return before
  }
  await play.update(before, template, more)
  return before
}

async function isWaiting(play: Scenario, { waits }: Story, stack: StackIdentity): Promise<boolean> {
  const rows = await play.rows(stack)
  return rows.some(({ name, notes }) => name === 'l' && notes[waits] !== undefined)
}

async function assertEnd(play: Scenario, { events, isDeleted }: Story, { id }: StackIdentity): Promise<void> {
  const stack = await play.store.stack(id)
  assert.equal(stack?.status, 'COMPLETE', stack?.statusReason)
  if (isDeleted) assert.deepEqual([stack.deletedAt !== null, play.yard.things], [true, []])
  assert.deepEqual(play.yard.disorder, [])
  const names = play.yard.things.map(({ name }) => name)
  assert.equal(new Set(names).size, names.length, 'nothing is made twice')
  assert.ok(play.users.deeds.length <= 2, 'no user is made twice')
  const all = await play.store.listEvents([id], {})
  for (const [reason, times] of Object.entries(events))
    assert.equal(all.filter(({ statusReason }) => statusReason === reason).length, times, reason)
}

function withEveryDeath(what: string, story: Story): void {
  it(what, async () => {
    const moments = await playWithDeath(story, Number.POSITIVE_INFINITY)
    for (let moment = 1; moment <= moments; moment++) {
      await playWithDeath(story, moment).catch((error: unknown) => {
        throw new Error(`dead at moment ${moment} of ${moments}`, { cause: error })
      })
    }
  })
}

const hooked = (hook: string) => ({
  environment: { resource_registry: { resources: { l: { hooks: hook } } } },
})

const paused = (hook: string) => ({
  [`${hook.split('-')[1]?.toUpperCase()} paused until Hook ${hook} is cleared`]: 1,
  [`Hook ${hook} is cleared`]: 1,
})

describe('an engine may die at any moment while somebody is waited for', () => {
  withEveryDeath('who signals', {
    template: hot({ l: { type: 'Test::Listener' }, after: thingOn(['l']) }),
    ...{ tell: { good: true }, waits: 'waits since', events: { 'Signal: good news': 1 } },
  })

  withEveryDeath('who signals a wait condition', {
    template: hot({
      h: { type: 'OS::Heat::WaitConditionHandle' },
      l: { type: 'OS::Heat::WaitCondition', properties: { handle: { get_resource: 'h' }, timeout: 600 } },
    }),
    ...{ tell: { id: 1 }, told: 'h', waits: 'waits since' },
    events: { 'Signal: status:SUCCESS reason:Signal 1 received': 1 },
  })

  for (const hook of ['pre-create', 'post-create']) {
    withEveryDeath(`who clears the hook ${hook}`, {
      template: hot({ l: thing(), after: thingOn(['l']) }),
      ...{ more: hooked(hook), tell: { unset_hook: hook }, waits: hook, events: paused(hook) },
    })
  }

  for (const hook of ['pre-update', 'post-update']) {
    withEveryDeath(`who clears the hook ${hook}`, {
      ...{ was: hot({ l: thing({ size: 1 }) }), template: hot({ l: thing({ size: 2 }) }) },
      ...{ more: hooked(hook), tell: { unset_hook: hook }, waits: hook, events: paused(hook) },
    })
  }

  for (const hook of ['pre-delete', 'post-delete']) {
    withEveryDeath(`who clears the hook ${hook}`, {
      ...{ was: hot({ l: thing(), after: thingOn(['l']) }), template: {}, isDeleted: true },
      ...{ more: hooked(hook), tell: { unset_hook: hook }, waits: hook, events: paused(hook) },
    })
  }
})
