import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { anna, type Scenario } from '../../../src/testing/scenario.ts'
import { resourceIn } from '../../../src/testing/yard.ts'
import { playing } from '../playing.ts'
import { group, hot, tester, thing, thingOn } from '../templates.ts'

const state = ({ action, status }: { action: string; status: string }): string => `${action}_${status}`

/** A stack that is complete. */
async function made(play: Scenario, template: JsonMap, more = {}) {
  const stack = await play.create('web', template, more)
  assert.equal(state(await play.settled(stack)), 'CREATE_COMPLETE')
  play.yard.deeds.length = 0
  return stack
}

const shorten = (deeds: readonly string[]): readonly string[] =>
  deeds.map((deed) => `${deed.split(' ')[0]} ${resourceIn(deed)}`)

describe('suspending and resuming', () => {
  it(
    'suspends users before what they need, and resumes in the order of making (§6)',
    playing(async (play) => {
      const stack = await made(play, hot({ a: thing(), b: thingOn(['a']), c: thingOn(['b']) }))
      await play.suspend(stack)
      const suspended = await play.settled(stack)
      assert.equal(state(suspended), 'SUSPEND_COMPLETE')
      assert.equal(suspended.statusReason, 'Stack SUSPEND completed successfully')
      assert.deepEqual(shorten(play.yard.deeds), ['suspend c', 'suspend b', 'suspend a'])
      assert.deepEqual(new Set(play.yard.things.map(({ status }) => status)), new Set(['ASLEEP']))
      await play.resume(stack)
      assert.equal(state(await play.settled(stack)), 'RESUME_COMPLETE')
      assert.deepEqual(shorten(play.yard.deeds.slice(3)), ['resume a', 'resume b', 'resume c'])
      assert.deepEqual(play.yard.disorder, [])
      const rows = await play.rows(stack)
      assert.deepEqual(new Set(rows.map(state)), new Set(['RESUME_COMPLETE']))
    }),
  )

  it(
    'tells of each state as it comes (§1)',
    playing(async (play) => {
      const stack = await made(play, hot({ a: tester() }))
      await play.suspend(stack)
      await play.settled(stack)
      assert.deepEqual((await play.events(stack)).slice(4), [
        ...['web SUSPEND_IN_PROGRESS', 'a SUSPEND_IN_PROGRESS', 'a SUSPEND_COMPLETE', 'web SUSPEND_COMPLETE'],
      ])
    }),
  )

  it(
    'does nothing to a stack that is so already (§10)',
    playing(async (play) => {
      const stack = await made(play, hot({ a: thing() }))
      await play.suspend(stack)
      await play.settled(stack)
      const before = await play.events(stack)
      await play.suspend(stack)
      await play.settled(stack)
      assert.deepEqual(await play.events(stack), before)
    }),
  )

  it(
    'refuses an update while the stack is suspended, and takes one when it is resumed (§10)',
    playing(async (play) => {
      const stack = await made(play, hot({ a: thing({ size: 1 }) }))
      await play.suspend(stack)
      await play.settled(stack)
      await assert.rejects(
        play.update(stack, hot({ a: thing({ size: 2 }) })),
        /Updating a stack when it is suspended is not supported/,
      )
      await play.resume(stack)
      await play.settled(stack)
      await play.update(stack, hot({ a: thing({ size: 2 }) }))
      assert.equal(state(await play.settled(stack)), 'UPDATE_COMPLETE')
      assert.equal(play.yard.of('a')?.size, 2)
    }),
  )

  it(
    'that broke off half-way is put right by an update, which wakes what sleeps, and says so before (§10)',
    playing(async (play) => {
      const wanted = (fail: boolean) =>
        hot({
          ...{ e: thing(), f: thingOn(['e']), g: { ...group(1, thing()), depends_on: 'e' } },
          z: tester({ fail, wait_secs: 9 }),
        })
      const stack = await play.create('web', wanted(true))
      await play.settled(stack)
      await play.suspend(stack)
      assert.equal(state(await play.settled(stack)), 'SUSPEND_FAILED')
      // What was never suspended can't be resumed, nor what waits for it.
      await play.resume(stack)
      assert.equal(state(await play.settled(stack)), 'RESUME_FAILED')
      const statuses = () => play.yard.things.map(({ status }) => status)
      assert.deepEqual(statuses().toSorted(), ['ACTIVE', 'ASLEEP', 'ASLEEP'])
      const changes = await play.preview(stack, wanted(false))
      const planned = changes.map(({ resource, does, because }) => `${resource.name} ${does}: ${because}`)
      assert.deepEqual(planned, [
        'e leave: nothing changed',
        'z create: it is not there yet',
        'f update: it is suspended',
        'g update: it is suspended',
      ])
      await play.update(stack, wanted(false))
      assert.equal(state(await play.settled(stack)), 'UPDATE_COMPLETE')
      assert.deepEqual(new Set(statuses()), new Set(['ACTIVE']))
    }),
  )

  it(
    'that broke off half-way is put right by an update also after a snapshot (§10)',
    playing(async (play) => {
      const wanted = (fail: boolean) => hot({ a: thing(), z: tester({ fail, wait_secs: 9 }) })
      const stack = await play.create('web', wanted(true))
      await play.settled(stack)
      await play.suspend(stack)
      assert.equal(state(await play.settled(stack)), 'SUSPEND_FAILED')
      await play.clock.until(play.calls.createSnapshot(anna, { stack }))
      await play.settled(stack)
      assert.equal(play.yard.of('a')?.status, 'ASLEEP')
      await play.update(stack, wanted(false))
      assert.equal(state(await play.settled(stack)), 'UPDATE_COMPLETE')
      assert.equal(play.yard.of('a')?.status, 'ACTIVE')
      assert.deepEqual((await play.row(stack, 'a')).notes, {})
    }),
  )

  it(
    'can not resume what was never suspended, and leaves the resource as it was (§4)',
    playing(async (play) => {
      const stack = await made(play, hot({ a: thing() }))
      await play.resume(stack)
      const ended = await play.settled(stack)
      assert.equal(state(ended), 'RESUME_FAILED')
      assert.equal(
        ended.statusReason,
        "Resource RESUME failed: Error: resources.a: State ('CREATE', 'COMPLETE') invalid for resume",
      )
      assert.equal(state(await play.row(stack, 'a')), 'CREATE_COMPLETE')
    }),
  )

  it(
    'can not suspend what failed to be made (§4)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: tester({ fail: true }) }))
      await play.settled(stack)
      await play.suspend(stack)
      const { statusReason } = await play.settled(stack)
      assert.equal(
        statusReason,
        "Resource SUSPEND failed: Error: resources.a: State ('CREATE', 'FAILED') invalid for suspend",
      )
    }),
  )

  it(
    'records what a cloud refuses, and suspends the rest when it is asked again (§4)',
    playing(async (play) => {
      const stack = await made(play, hot({ a: thing(), b: thingOn(['a']) }))
      play.yard.befall('a', { status: 'ERROR' })
      await play.suspend(stack)
      const ended = await play.settled(stack)
      assert.equal(state(ended), 'SUSPEND_FAILED')
      assert.match(
        ended.statusReason,
        /^Resource SUSPEND failed: ResourceInError: resources\.a: Went to status ERROR/,
      )
      assert.equal(state(await play.row(stack, 'a')), 'SUSPEND_FAILED')
      play.yard.befall('a', { status: 'ACTIVE' })
      await play.suspend(stack)
      assert.equal(state(await play.settled(stack)), 'SUSPEND_COMPLETE')
    }),
  )

  it(
    'waits for what takes its time, and no longer than the stack may take (§8)',
    playing(async (play) => {
      const stack = await made(play, hot({ a: thing() }), { timeoutMins: 1 })
      play.yard.pace.buildMs = 20_000
      await play.suspend(stack)
      assert.equal(state(await play.settled(stack)), 'SUSPEND_COMPLETE')
      play.yard.pace.buildMs = 120_000
      await play.resume(stack)
      const ended = await play.settled(stack)
      assert.equal(`${state(ended)} ${ended.statusReason}`, 'RESUME_FAILED Resume timed out')
      assert.equal((await play.row(stack, 'a')).statusReason, 'RESUME aborted (Resume timed out)')
    }),
  )

  it(
    'goes through the tree (§9)',
    playing(async (play) => {
      const stack = await made(
        play,
        hot({ g: group(2, { type: 'Test::Thing' }), a: thing({}, { depends_on: 'g' }) }),
      )
      await play.suspend(stack)
      assert.equal(state(await play.settled(stack)), 'SUSPEND_COMPLETE')
      const states = (await play.store.tree(stack.id)).map(state)
      assert.deepEqual(states, ['SUSPEND_COMPLETE', 'SUSPEND_COMPLETE'])
      assert.equal(shorten(play.yard.deeds)[0], 'suspend a')
      await play.resume(stack)
      await play.settled(stack)
      assert.deepEqual((await play.store.tree(stack.id)).map(state), ['RESUME_COMPLETE', 'RESUME_COMPLETE'])
    }),
  )

  it(
    'is refused while something else is under way',
    playing(async (play) => {
      play.yard.pace.buildMs = 5000
      const stack = await play.create('web', hot({ a: thing() }))
      for (const act of [play.suspend, play.resume, play.check])
        await assert.rejects(act(stack), /Stack web already has an action \(CREATE\) in progress/)
    }),
  )

  it(
    'is broken off when the stack is to be deleted (§6)',
    playing(async (play) => {
      const stack = await made(play, hot({ a: thing() }))
      play.yard.pace.buildMs = 600_000
      await play.suspend(stack)
      await play.when(() => play.yard.of('a')?.status === 'DOZING')
      await play.delete(stack)
      assert.equal(state(await play.settled(stack)), 'DELETE_COMPLETE')
      assert.deepEqual(play.yard.things, [])
    }),
  )
})

describe('checking', () => {
  it(
    'looks whether everything is there and in order (§4)',
    playing(async (play) => {
      const stack = await made(play, hot({ a: thing(), b: thingOn(['a']) }))
      await play.check(stack)
      const ended = await play.settled(stack)
      assert.equal(
        `${state(ended)} ${ended.statusReason}`,
        'CHECK_COMPLETE Stack CHECK completed successfully',
      )
      assert.deepEqual((await play.rows(stack)).map(state), ['CHECK_COMPLETE', 'CHECK_COMPLETE'])
      assert.deepEqual(play.yard.deeds, [])
    }),
  )

  it(
    'says of what can not be checked that it can not, and so does the stack (§4)',
    playing(async (play) => {
      const stack = await made(play, hot({ a: thing(), r: { type: 'OS::Heat::RandomString' } }))
      await play.check(stack)
      const ended = await play.settled(stack)
      assert.equal(state(ended), 'CHECK_COMPLETE')
      assert.equal(
        ended.statusReason,
        "Stack CHECK completed successfully. 'CHECK' not fully supported (see resources)",
      )
      const row = await play.row(stack, 'r')
      assert.equal(
        `${state(row)} ${row.statusReason}`,
        'CHECK_COMPLETE CHECK not supported for OS::Heat::RandomString',
      )
    }),
  )

  it(
    'goes on after a failure and tells of all (§6)',
    playing(async (play) => {
      const stack = await made(play, hot({ a: thing(), b: thingOn(['a']), c: thingOn(['b']) }))
      play.yard.befall('a', { status: 'ERROR' })
      play.yard.lose('c')
      await play.check(stack)
      const ended = await play.settled(stack)
      assert.equal(state(ended), 'CHECK_FAILED')
      assert.match(
        ended.statusReason,
        /^Resource CHECK failed: Error: resources\.a: 'status': expected 'ACTIVE', got 'ERROR'; NotFound: resources\.c: There is no thing/,
      )
      assert.deepEqual((await play.rows(stack)).map(state), [
        'CHECK_FAILED',
        'CHECK_COMPLETE',
        'CHECK_FAILED',
      ])
    }),
  )

  it(
    'fails for what was never made (§4)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: tester({ fail: true }), b: thingOn([], {}) }))
      await play.settled(stack)
      const other = await play.create(
        'other',
        hot({ a: tester({ fail: true }), b: thing({}, { depends_on: 'a' }) }),
      )
      await play.settled(other)
      await play.check(other)
      const ended = await play.settled(other)
      assert.equal(state(ended), 'CHECK_FAILED')
      assert.match(ended.statusReason, /Error: resources\.b: Resource b not created yet\./)
      await play.update(other, hot({ a: tester(), b: thing() }))
      assert.equal(state(await play.settled(other)), 'UPDATE_COMPLETE')
      assert.equal((await play.rows(other)).length, 2)
    }),
  )

  it(
    'has the next update replace what was found unhealthy (§5)',
    playing(async (play) => {
      const template = hot({ a: thing(), b: thing() })
      const stack = await made(play, template)
      play.yard.befall('a', { status: 'ERROR' })
      await play.check(stack)
      await play.settled(stack)
      await play.update(stack, template)
      assert.equal(state(await play.settled(stack)), 'UPDATE_COMPLETE')
      assert.deepEqual(shorten(play.yard.deeds), ['create a', 'delete a'])
      assert.deepEqual((await play.rows(stack)).map(state).sort(), ['CHECK_COMPLETE', 'CREATE_COMPLETE'])
    }),
  )

  it(
    'goes through the tree, and the update after it replaces only what failed there (§9)',
    playing(async (play) => {
      const template = hot({ g: group(3, { type: 'Test::Thing' }) })
      const stack = await made(play, template)
      play.yard.befall('0', { status: 'ERROR' })
      play.yard.befall('2', { status: 'ERROR' })
      await play.check(stack)
      const ended = await play.settled(stack)
      const said = (name: string) =>
        `Error: resources.g.resources[${name}]: 'status': expected 'ACTIVE', got 'ERROR'`
      const [first = '', second = ''] = ended.statusReason.replace('Resource CHECK failed: ', '').split('; ')
      assert.deepEqual([first, second].toSorted(), [said('0'), said('2')])
      const before = await play.row(stack, 'g')
      await play.update(stack, template)
      assert.equal(state(await play.settled(stack)), 'UPDATE_COMPLETE')
      assert.deepEqual(shorten(play.yard.deeds).toSorted(), ['create 0', 'create 2', 'delete 0', 'delete 2'])
      assert.equal((await play.row(stack, 'g')).physicalId, before.physicalId)
    }),
  )

  it(
    'changes nothing of what a failed update goes back to (§8)',
    playing(async (play) => {
      const stack = await made(play, hot({ a: thing({ size: 1 }) }), { disableRollback: false })
      play.yard.befall('a', { status: 'ERROR' })
      await play.check(stack)
      await play.settled(stack)
      await play.update(stack, hot({ a: thing({ size: 2 }), z: tester({ fail: true }, { depends_on: 'a' }) }))
      assert.equal(state(await play.settled(stack)), 'ROLLBACK_COMPLETE')
      assert.equal(play.yard.of('a')?.size, 1)
    }),
  )

  it(
    'leaves what was there before the stack as it is, and known as such',
    playing(async (play) => {
      await made(play, hot({ a: thing() }))
      const id = play.yard.of('a')?.id ?? ''
      const taken = { type: 'Test::Thing', external_id: id }
      const stack = await play.create('other', hot({ x: taken }))
      await play.settled(stack)
      await play.suspend(stack)
      await play.settled(stack)
      assert.equal(play.yard.of('a')?.status, 'ACTIVE')
      await play.resume(stack)
      await play.settled(stack)
      await play.check(stack)
      assert.equal(state(await play.settled(stack)), 'CHECK_COMPLETE')
      await play.update(stack, hot({ x: taken, r: tester() }))
      assert.equal(state(await play.settled(stack)), 'UPDATE_COMPLETE')
      await play.delete(stack)
      await play.settled(stack)
      assert.equal(play.yard.of('a')?.id, id)
    }),
  )
})
