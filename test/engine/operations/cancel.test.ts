import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Scenario, scenario } from '../../../src/testing/scenario.ts'
import { resourceIn } from '../../../src/testing/yard.ts'
import { playing } from '../playing.ts'
import { group, hot, thing, thingOn } from '../templates.ts'

const state = ({ action, status }: { action: string; status: string }): string => `${action}_${status}`

const small = hot({ a: thing({ size: 1 }) })
const larger = hot({ a: thing({ size: 2 }), b: thingOn(['a']), c: thingOn(['b']) })

/** Groups of one and of two. */
const ofOne = hot({ g: group(1, { type: 'Test::Thing' }) })
const ofTwo = hot({ g: group(2, { type: 'Test::Thing' }) })

/** A stack in the midst of an update: what it builds takes ten minutes. */
async function underWay(play: Scenario, before = small, after = larger, building = 'b') {
  const stack = await play.create('web', before)
  assert.equal(state(await play.settled(stack)), 'CREATE_COMPLETE')
  play.yard.pace.buildMs = 600_000
  await play.update(stack, after)
  await play.when(() => play.yard.of(building)?.status === 'BUILD')
  return stack
}

const names = (play: Scenario) => play.yard.things.map(({ name }) => resourceIn(name)).toSorted()

/** Cancels an update while the engine that works on it dies at some moment; answers whether it died at all. */
async function cancelledWithDeath(rollback: boolean, diesAt: number): Promise<boolean> {
  const play = await scenario({ options: { alone: true } })
  try {
    const first = await play.worker()
    const before = hot({ a: thing({ size: 1 }), g: group(1, { type: 'Test::Thing' }) })
    const after = hot({ a: thing({ size: 2 }), b: thingOn(['a']), g: group(2, { type: 'Test::Thing' }) })
    const stack = await play.create('web', before)
    await play.settled(stack)
    await play.clock.until(first.deployer.stop())
    play.yard.pace.buildMs = 60_000
    const doomed = await play.worker({ diesAt })
    await play.update(stack, after)
    const isBusy = () => doomed.life.isOver || play.yard.of('b') !== undefined
    await play.when(isBusy)
    await play.cancel(stack, { rollback })
    const isPending = async ({ id }: { readonly id: string }) => (await play.store.deployment(id))?.pending
    const isWorking = async () =>
      (await Promise.all((await play.store.tree(stack.id)).map(isPending))).some(Boolean)
    await play.when(async () => doomed.life.isOver || !(await isWorking()))
    const died = doomed.life.isOver
    doomed.life.end()
    await play.worker()
    const ended = await play.settled(stack)
    if (rollback) {
      assert.equal(state(ended), 'ROLLBACK_COMPLETE')
      assert.deepEqual(names(play), ['0', 'a'])
      return died
    }
    assert.equal(state(ended), 'UPDATE_FAILED')
    const [child] = await play.store.children(stack.id)
    await play.settled({ ...stack, id: child?.id ?? '' })
    await play.update(stack, after)
    assert.equal(state(await play.settled(stack)), 'UPDATE_COMPLETE')
    assert.deepEqual(names(play), ['0', '1', 'a', 'b'])
    return died
  } finally {
    await play.end()
  }
}

describe('cancelling an update', () => {
  for (const rollback of [true, false]) {
    it(`loses nothing when its engine dies at any moment, ${rollback ? 'going back' : 'staying'}`, async () => {
      for (let moment = 1; await cancelledWithDeath(rollback, moment); moment += 3);
    })
  }

  it(
    'goes back to what was, and waits for no cloud (§6)',
    playing(async (play) => {
      const stack = await underWay(play)
      const before = play.clock.now()
      await play.cancel(stack)
      const ended = await play.settled(stack)
      assert.equal(
        `${state(ended)} ${ended.statusReason}`,
        'ROLLBACK_COMPLETE Stack ROLLBACK completed successfully',
      )
      assert.ok(play.clock.now() - before < 60_000)
      assert.deepEqual(names(play), ['a'])
      assert.equal(play.yard.of('a')?.size, 1)
      assert.ok((await play.events(stack)).includes('web ROLLBACK_IN_PROGRESS'))
    }),
  )

  it(
    'or leaves things as they are, and the next update goes on with them (§6)',
    playing(async (play) => {
      const stack = await underWay(play)
      await play.cancel(stack, { rollback: false })
      const ended = await play.settled(stack)
      assert.equal(`${state(ended)} ${ended.statusReason}`, 'UPDATE_FAILED Stack UPDATE cancelled')
      assert.deepEqual(names(play), ['a', 'b'])
      const b = await play.row(stack, 'b')
      assert.equal(`${state(b)} ${b.statusReason}`, 'CREATE_FAILED CREATE aborted (Operation cancelled)')
      assert.deepEqual(
        (await play.events(stack)).filter((event) => event.startsWith('web UPDATE')),
        ['web UPDATE_IN_PROGRESS', 'web UPDATE_FAILED'],
      )
      play.yard.pace.buildMs = 0
      await play.update(stack, larger)
      assert.equal(state(await play.settled(stack)), 'UPDATE_COMPLETE')
      assert.deepEqual(names(play), ['a', 'b', 'c'])
      assert.deepEqual(play.yard.disorder, [])
    }),
  )

  it(
    'does not roll back by itself where it is to leave things as they are',
    playing(async (play) => {
      const stack = await play.create('web', small, { disableRollback: false })
      await play.settled(stack)
      play.yard.pace.buildMs = 600_000
      await play.update(stack, larger)
      await play.when(() => play.yard.of('b') !== undefined)
      await play.cancel(stack, { rollback: false })
      assert.equal(state(await play.settled(stack)), 'UPDATE_FAILED')
    }),
  )

  it(
    'gives up a creation too, but only where things are left as they are (§6)',
    playing(async (play) => {
      play.yard.pace.buildMs = 600_000
      const stack = await play.create('web', small)
      await play.when(() => play.yard.of('a') !== undefined)
      await assert.rejects(
        play.cancel(stack),
        /Cancelling update when stack is CREATE_IN_PROGRESS is not supported\./,
      )
      await play.cancel(stack, { rollback: false })
      const ended = await play.settled(stack)
      assert.equal(`${state(ended)} ${ended.statusReason}`, 'CREATE_FAILED Stack CREATE cancelled')
    }),
  )

  it(
    'is refused where nothing is under way (§6)',
    playing(async (play) => {
      const stack = await play.create('web', small)
      await play.settled(stack)
      for (const rollback of [true, false])
        await assert.rejects(
          play.cancel(stack, { rollback }),
          /Cancelling update when stack is CREATE_COMPLETE is not supported\./,
        )
      await play.suspend(stack)
      await assert.rejects(play.cancel(stack), /Cancelling update when stack is SUSPEND_IN_PROGRESS/)
    }),
  )

  it(
    'gives up what is inside nested stacks (§9)',
    playing(async (play) => {
      const stack = await underWay(play, ofOne, ofTwo, '1')
      await play.cancel(stack, { rollback: false })
      assert.equal(state(await play.settled(stack)), 'UPDATE_FAILED')
      const [child] = await play.store.children(stack.id)
      assert.ok(child !== undefined)
      const ended = await play.settled({ ...stack, id: child.id })
      assert.equal(`${state(ended)} ${ended.statusReason}`, 'UPDATE_FAILED Stack UPDATE cancelled')
      play.yard.pace.buildMs = 0
      await play.update(stack, ofTwo)
      assert.equal(state(await play.settled(stack)), 'UPDATE_COMPLETE')
    }),
  )

  it(
    'takes nested stacks back, and waits for no cloud there either (§9)',
    playing(async (play) => {
      const stack = await underWay(play, ofOne, ofTwo, '1')
      const before = play.clock.now()
      await play.cancel(stack)
      assert.equal(state(await play.settled(stack)), 'ROLLBACK_COMPLETE')
      assert.deepEqual(names(play), ['0'])
      assert.ok(play.clock.now() - before < 60_000)
    }),
  )

  it(
    'lets the stack be deleted at once, or changed',
    playing(async (play) => {
      const stack = await underWay(play)
      await play.cancel(stack, { rollback: false })
      play.yard.pace.buildMs = 0
      await play.delete(stack)
      assert.equal(state(await play.settled(stack)), 'DELETE_COMPLETE')
      assert.deepEqual(play.yard.things, [])
    }),
  )
})
