import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { SnapshotView, StackIdentity } from '../../../src/contract/views.ts'
import { anna, type Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { group, hot, thing } from '../templates.ts'
import { created, deep, inside, membersOf, own, taken, updated } from './trees.ts'

async function restored(play: Scenario, stack: StackIdentity, { id }: SnapshotView): Promise<void> {
  await play.clock.until(play.calls.restoreSnapshot(anna, { stack, snapshot: id }))
  const row = await play.settled(stack)
  assert.deepEqual([row.action, row.status], ['RESTORE', 'COMPLETE'], row.statusReason)
}

const sizes = (play: Scenario) => play.yard.things.map(({ size }) => size).sort()

describe('a snapshot of a tree', () => {
  it(
    'has what is inside at its place in the document, and is deleted with all copies (§9, §10)',
    playing(async (play) => {
      const stack = await created(play, hot({ g: deep(2) }))
      const snapshot = await taken(play, stack)
      const x = inside(snapshot.data, 'g', '0', '1', 'x')
      const copy = (x.resource_data as JsonMap).copy_id
      assert.ok(play.yard.things.some(({ id }) => id === copy))
      assert.equal(play.yard.things.length, 4)
      for (const { id } of await play.store.tree(stack.id))
        assert.equal((await play.store.snapshots(id)).length, id === stack.id ? 1 : 0)
      await play.clock.until(play.calls.deleteSnapshot(anna, { stack, snapshot: snapshot.id }))
      assert.equal(play.yard.things.length, 2)
    }),
  )

  it(
    'that fails inside says where, and leaves no part of it behind once it is deleted (§9, §10)',
    playing(async (play) => {
      const stack = await created(play, hot({ g: deep(2) }))
      play.yard.failing.set('copy x', 1)
      const { id } = await play.clock.until(play.calls.createSnapshot(anna, { stack }))
      const row = await play.settled(stack)
      assert.match(
        row.statusReason,
        /^Resource SNAPSHOT failed: Error: resources\.g\.resources\[0\]\.resources\[[01]\]\.resources\.x: the copy failed$/,
      )
      await play.clock.until(play.calls.deleteSnapshot(anna, { stack, snapshot: id }))
      assert.equal(play.yard.things.length, 2)
      await taken(play, stack)
    }),
  )
})

describe('a restore of a tree', () => {
  it(
    'brings back at every level what templates and files said then, not what was kept of objects (§9, §10)',
    playing(async (play) => {
      const stack = await created(play, hot({ g: deep(2) }))
      const snapshot = await taken(play, stack)
      const copies = play.yard.things.length - 2
      await updated(play, stack, hot({ g: deep(3) }), own(5))
      assert.deepEqual(sizes(play).filter((size) => size === 5).length, 3)
      await restored(play, stack, snapshot)
      assert.deepEqual(await membersOf(play, stack, 'g', '0'), ['0', '1'])
      const things = play.yard.things.filter(({ name }) => name.startsWith('web-'))
      assert.deepEqual(
        things.map(({ size, color }) => [size, color]),
        [
          [1, null],
          [1, null],
        ],
      )
      assert.equal(play.yard.things.length, things.length + copies)
    }),
  )

  it(
    'makes again what was taken out of it, and takes out what came since (§10)',
    playing(async (play) => {
      const stack = await created(play, hot({ g: deep(1), n: { type: 'My::Own' } }))
      const snapshot = await taken(play, stack)
      await updated(play, stack, hot({ h: deep(2) }))
      await restored(play, stack, snapshot)
      const tree = await play.store.tree(stack.id)
      assert.equal(tree.length, 1 + 2 + 1 + 1)
      assert.deepEqual((await play.rows(stack)).map(({ name }) => name).sort(), ['g', 'n'])
    }),
  )

  it(
    'that fails inside goes back as a whole (§8, §9, §10)',
    playing(async (play) => {
      const more = { ...own(), disableRollback: false }
      const stack = await created(play, hot({ g: deep(2) }), more)
      const snapshot = await taken(play, stack)
      await updated(play, stack, hot({ h: group(1, thing()) }), more)
      play.yard.failing.set('x', 100)
      await play.clock.until(play.calls.restoreSnapshot(anna, { stack, snapshot: snapshot.id }))
      const row = await play.settled(stack)
      assert.deepEqual([row.action, row.status], ['ROLLBACK', 'COMPLETE'], row.statusReason)
      assert.deepEqual(await membersOf(play, stack), ['h'])
      assert.equal((await play.store.tree(stack.id)).length, 1 + 1)
    }),
  )
})
