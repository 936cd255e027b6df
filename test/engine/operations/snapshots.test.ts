import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { SnapshotView, StackIdentity } from '../../../src/contract/views.ts'
import { anna, type Scenario } from '../../../src/testing/scenario.ts'
import { lostAnswer, refusal } from '../../../src/testing/yard.ts'
import { playing, withNext } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { group, hot, tester, thing, thingOn } from '../templates.ts'

const take = (play: Scenario, stack: StackIdentity, name?: string): Promise<SnapshotView> =>
  play.clock.until(play.calls.createSnapshot(anna, { stack, ...(name !== undefined && { name }) }))

const show = (play: Scenario, stack: StackIdentity, snapshot: string): Promise<SnapshotView> =>
  play.clock.until(play.calls.showSnapshot(anna, { stack, snapshot }))

const list = (play: Scenario, stack: StackIdentity): Promise<readonly SnapshotView[]> =>
  play.clock.until(play.calls.listSnapshots(anna, { stack }))

const remove = (play: Scenario, stack: StackIdentity, snapshot: string): Promise<void> =>
  play.clock.until(play.calls.deleteSnapshot(anna, { stack, snapshot }))

const restore = (play: Scenario, stack: StackIdentity, snapshot: string): Promise<void> =>
  play.clock.until(play.calls.restoreSnapshot(anna, { stack, snapshot }))

const resourceOf = ({ data }: SnapshotView, name: string): JsonMap =>
  (data?.resources as Readonly<Record<string, JsonMap>> | undefined)?.[name] ?? {}

const dataOf = (resource: JsonMap): JsonMap => resource.resource_data as JsonMap

async function created(play: Scenario, template: JsonMap, more = {}): Promise<StackIdentity> {
  const stack = await play.create('web', template, more)
  const row = await play.settled(stack)
  assert.equal(row.status, 'COMPLETE', row.statusReason)
  return stack
}

describe('a snapshot', () => {
  it(
    'keeps what is recorded of a stack, and the state of the objects that can be kept (§10)',
    playing(async (play) => {
      const stack = await created(play, hot({ a: thing({ color: 'red' }), b: thingOn(['a']), r: tester() }))
      play.yard.pace.buildMs = 5000
      const begun = await take(play, stack, 'friday')
      assert.deepEqual(
        [begun.name, begun.action, begun.status, begun.data],
        ['friday', 'CREATE', 'IN_PROGRESS', null],
      )
      const row = await play.settled(stack)
      assert.deepEqual(
        [row.action, row.status, row.statusReason],
        ['SNAPSHOT', 'COMPLETE', 'Stack SNAPSHOT completed successfully'],
      )
      const taken = await show(play, stack, begun.id)
      assert.deepEqual([taken.status, taken.statusReason], ['COMPLETE', row.statusReason])
      assert.deepEqual([taken.data?.action, taken.data?.status], ['SNAPSHOT', 'COMPLETE'])
      const copy = play.yard.things.find(({ id }) => id === dataOf(resourceOf(taken, 'a')).copy_id)
      assert.equal(copy?.color, 'red')
      assert.equal(resourceOf(taken, 'a').resource_id, play.yard.of('a')?.id)
      assert.deepEqual(resourceOf(taken, 'r').resource_data, {})
      const a = await play.row(stack, 'a')
      assert.deepEqual([a.action, a.status, a.notes], ['SNAPSHOT', 'COMPLETE', {}])
      assert.deepEqual((await play.events(stack)).slice(-8, -7), ['web SNAPSHOT_IN_PROGRESS'])
      assert.deepEqual(
        (await list(play, stack)).map(({ id }) => id),
        [begun.id],
      )
    }),
  )

  it(
    'is refused while something is under way, and beyond so many (§10, §15)',
    playing(
      async (play) => {
        const stack = await play.create('web', hot({ a: tester({ wait_secs: 50 }) }))
        await play.clock.pass(10_000)
        await assert.rejects(
          take(play, stack),
          isProblem('ActionInProgress', /^Stack web already has an action \(CREATE\) in progress.$/),
        )
        await play.settled(stack)
        const first = await take(play, stack)
        await play.settled(stack)
        const message = /maximum snapshots per stack, 1\. Please delete some snapshots\.$/
        await assert.rejects(take(play, stack), isProblem('RequestLimitExceeded', message))
        await remove(play, stack, first.id)
        await take(play, stack)
        await play.settled(stack)
      },
      { options: { maxSnapshotsPerStack: 1 } },
    ),
  )

  it(
    'goes through nested stacks, whose part is in the document of the root (§9, §10)',
    playing(async (play) => {
      const stack = await created(play, hot({ g: group(2, thing({ color: 'red' })) }))
      const { id } = await take(play, stack)
      await play.settled(stack)
      const nested = resourceOf(await show(play, stack, id), 'g')
      assert.deepEqual([nested.action, nested.status], ['SNAPSHOT', 'COMPLETE'])
      const members = Object.values(nested.resources as Readonly<Record<string, JsonMap>>)
      assert.deepEqual(
        members.map((one) => typeof dataOf(one).copy_id),
        ['string', 'string'],
      )
      const child = await play.store.stack(String(nested.id))
      assert.deepEqual([child?.action, child?.status], ['SNAPSHOT', 'COMPLETE'])
      assert.deepEqual(await play.store.snapshots(String(nested.id)), [])
      assert.equal(play.yard.things.length, 4)
      await remove(play, stack, id)
      assert.equal(play.yard.things.length, 2)
    }),
  )

  it(
    'that fails says why, and is deleted with what it had kept (§10)',
    playing(async (play) => {
      const stack = await created(play, hot({ a: thing(), b: thing({}, { depends_on: 'a' }) }))
      play.yard.failing.set('copy b', 1)
      const { id } = await take(play, stack)
      const row = await play.settled(stack)
      assert.equal(
        `${row.action}_${row.status} ${row.statusReason}`,
        'SNAPSHOT_FAILED Resource SNAPSHOT failed: Error: resources.b: the copy failed',
      )
      const failed = await show(play, stack, id)
      assert.deepEqual([failed.status, failed.statusReason], ['FAILED', row.statusReason])
      await assert.rejects(
        restore(play, stack, id),
        isProblem('NotSupported', /not complete is not supported/),
      )
      assert.equal(play.yard.things.length, 4)
      await remove(play, stack, id)
      assert.equal(play.yard.things.length, 2)
      assert.deepEqual(await list(play, stack), [])
    }),
  )

  it(
    'makes nothing twice when an answer is lost, and loses nothing (§10)',
    playing(async (play) => {
      const stack = await created(play, hot({ a: thing() }))
      play.yard.interfere = withNext(1, 'POST', async (_ask, act) => {
        await act()
        throw lostAnswer()
      })
      const { id } = await take(play, stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(play.yard.things.length, 2)
      await remove(play, stack, id)
      assert.equal(play.yard.things.length, 1)
    }),
  )

  it(
    'that a deletion of the stack cuts short leaves nothing behind (§6, §10)',
    playing(async (play) => {
      const stack = await created(play, hot({ a: thing(), b: thingOn(['a']), g: group(1, thing()) }))
      play.yard.pace.buildMs = 60_000
      await take(play, stack)
      await play.clock.pass(10_000)
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(play.yard.things, [])
    }),
  )

  it(
    'that an update cuts short has failed, and is deleted with what it had kept (§10)',
    playing(async (play) => {
      const stack = await created(play, hot({ a: thing({ size: 1 }), b: thing() }))
      play.yard.pace.buildMs = 60_000
      const { id } = await take(play, stack)
      await play.clock.pass(10_000)
      // What it had kept of what the update takes away is not forgotten either.
      await play.update(stack, hot({ a: thing({ size: 2 }) }))
      const row = await play.settled(stack)
      assert.deepEqual([row.action, row.status], ['UPDATE', 'COMPLETE'])
      const taken = await show(play, stack, id)
      assert.equal(taken.status, 'FAILED')
      assert.equal(taken.statusReason, 'Stack SNAPSHOT cancelled: UPDATE was asked for')
      await remove(play, stack, id)
      assert.equal(play.yard.things.length, 1)
      assert.deepEqual((await play.row(stack, 'a')).notes, {})
    }),
  )

  it(
    'goes with its stack (§6, §10)',
    playing(async (play) => {
      const stack = await created(play, hot({ a: thing(), g: group(1, thing()) }))
      await take(play, stack)
      await play.settled(stack)
      await take(play, stack)
      await play.settled(stack)
      assert.equal(play.yard.things.length, 6)
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(play.yard.things, [])
      assert.deepEqual(await play.store.snapshots(stack.id), [])
    }),
  )

  it(
    'that is still being made goes with its stack, though the cloud refuses that at first (§6, §10)',
    playing(async (play) => {
      const stack = await created(play, hot({ a: thing() }))
      play.yard.pace.buildMs = 60_000
      await take(play, stack)
      await play.clock.pass(10_000)
      let refused = 0
      play.yard.interfere = async ({ method, path }, carryOut) => {
        const isBuilt = play.yard.things.find(({ id }) => path.endsWith(id))?.status !== 'BUILD'
        if (method !== 'DELETE' || isBuilt) return carryOut()
        refused++
        throw refusal('It is being built.', { kind: 'bad-request', status: 400 })
      }
      await play.delete(stack)
      const row = await play.settled(stack)
      assert.equal(row.status, 'COMPLETE', row.statusReason)
      assert.deepEqual(play.yard.things, [])
      assert.ok(refused > 1, `${refused}`)
    }),
  )

  it(
    'that can not be deleted says why, and can be deleted later (§10)',
    playing(async (play) => {
      const stack = await created(play, hot({ a: thing() }))
      const { id } = await take(play, stack)
      await play.settled(stack)
      play.yard.interfere = withNext(1, 'DELETE', async () => {
        throw new Error('a bug')
      })
      await remove(play, stack, id)
      const left = await show(play, stack, id)
      assert.deepEqual([left.action, left.status, left.statusReason], ['DELETE', 'FAILED', 'a bug'])
      await remove(play, stack, id)
      assert.deepEqual(await list(play, stack), [])
      assert.equal(play.yard.things.length, 1)
    }),
  )

  it(
    'shows nothing that is hidden (§10)',
    playing(async (play) => {
      const parameters = { key: { type: 'string', hidden: true }, open: { type: 'string', default: 'o' } }
      const template = hot({ a: thing(), r: { type: 'OS::Heat::RandomString' } }, { parameters })
      const stack = await created(play, template, { parameters: { key: 'hush', open: 'x' } })
      const { id } = await take(play, stack)
      await play.settled(stack)
      const taken = await show(play, stack, id)
      const { environment } = taken.data as { environment: JsonMap }
      assert.deepEqual(environment.parameters, { key: '******', open: 'x' })
      assert.deepEqual(resourceOf(taken, 'r').resource_data, { value: '******' })
      assert.equal(JSON.stringify(await list(play, stack)).includes('hush'), false)
    }),
  )

  it(
    'is not found where it is not, or is of another stack (§10)',
    playing(async (play) => {
      const stack = await created(play, hot({ a: tester() }))
      const other = await play.create('other', hot({ a: tester() }))
      await play.settled(other)
      const { id } = await take(play, stack)
      await play.settled(stack)
      await assert.rejects(
        show(play, stack, 'none'),
        isProblem('NotFound', /^Snapshot with id none not found$/),
      )
      const words = RegExp(`^The Snapshot \\(${id}\\) for Stack \\(other\\) could not be found.$`)
      for (const ask of [show, remove, restore])
        await assert.rejects(ask(play, other, id), isProblem('SnapshotNotFound', words))
    }),
  )
})

describe('a restore', () => {
  it(
    'brings back template, values and objects as they were kept (§10)',
    playing(async (play) => {
      const template = hot(
        { a: thing({ color: 'red', size: { get_param: 'size' } }), b: thing({ size: 7 }) },
        { parameters: { size: { type: 'number' } } },
      )
      const stack = await created(play, template, { parameters: { size: 3 } })
      const { id } = await take(play, stack)
      await play.settled(stack)
      await play.update(stack, hot({ a: thing({ color: 'red', size: 9 }), c: thing() }))
      await play.settled(stack)
      await restore(play, stack, id)
      const row = await play.settled(stack)
      assert.deepEqual(
        [row.action, row.status, row.statusReason],
        ['RESTORE', 'COMPLETE', 'Stack RESTORE completed successfully'],
      )
      const { copy_id } = dataOf(resourceOf(await show(play, stack, id), 'a'))
      assert.equal(play.yard.of('a')?.color, `as ${String(copy_id)}`)
      assert.deepEqual([play.yard.of('a')?.size, play.yard.of('b')?.size], [3, 7])
      const stored = await play.clock.until(play.calls.showTemplate(anna, { stack }))
      const { a } = stored.resources as Readonly<Record<string, JsonMap>>
      assert.deepEqual(a?.properties, { color: `as ${String(copy_id)}`, size: { get_param: 'size' } })
    }),
  )

  it(
    'that fails goes back to what there was before it (§8, §10)',
    playing(async (play) => {
      const stack = await created(play, hot({ a: thing({ color: 'red' }), b: thing({ size: 1 }) }), {
        disableRollback: false,
      })
      const { id } = await take(play, stack)
      await play.settled(stack)
      await play.update(stack, hot({ a: thing({ color: 'red' }), c: thing() }), { disableRollback: false })
      await play.settled(stack)
      play.yard.failing.set('b', 10)
      await restore(play, stack, id)
      const row = await play.settled(stack)
      assert.deepEqual([row.action, row.status], ['ROLLBACK', 'COMPLETE'])
      assert.equal(play.yard.of('a')?.color, 'red')
      assert.notEqual(play.yard.of('c'), undefined)
      assert.equal(play.yard.of('b'), undefined)
    }),
  )

  it(
    'is refused while the stack is deleted, and of a template of CloudFormation changes its own words (§10)',
    playing(async (play) => {
      const template = {
        HeatTemplateFormatVersion: '2012-12-12',
        Resources: { a: { Type: 'Test::Thing', Properties: { color: 'red' } } },
      }
      const stack = await created(play, template)
      const { id } = await take(play, stack)
      await play.settled(stack)
      await restore(play, stack, id)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.match(String(play.yard.of('a')?.color), /^as /)
      play.yard.pace.deleteMs = 60_000
      await play.delete(stack)
      await assert.rejects(restore(play, stack, id), isProblem('NotSupported', /deleting is not supported/))
      await play.settled(stack)
    }),
  )
})
