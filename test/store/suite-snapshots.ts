import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import type { SnapshotRow, StackRow, Store } from '../../src/store/index.ts'
import { change, owned, withStore } from './fixtures.ts'
import type { Subject } from './suite.ts'

let moment = 0

const aSnapshot = ({ id }: StackRow, part: Partial<SnapshotRow> = {}): SnapshotRow => ({
  ...{ id: randomUUID(), stackId: id, name: null, action: 'CREATE', status: 'COMPLETE', statusReason: '' },
  ...{ createdAt: ++moment, document: { secret: 'unheard-of schön 🔑' } },
  ...part,
})

export function describeSnapshots(subject: Subject): void {
  describe(`snapshots on ${subject.name}`, () => {
    let store: Store
    let connection: string
    withStore(subject, (opened) => {
      ;({ store, connection } = opened)
    })

    it('gives the snapshots of a stack back, the oldest first, and keeps their documents secret', async () => {
      const { stack, owner } = await owned(store)
      const first = aSnapshot(stack, { name: 'friday' })
      const second = aSnapshot(stack, { status: 'IN_PROGRESS', document: null })
      await store.write(change(owner, { snapshots: [second, first] }))
      assert.deepEqual(await store.snapshots(stack.id), [first, second])
      assert.deepEqual(await store.snapshots(stack.id, 'IN_PROGRESS'), [second])
      assert.equal(await store.countSnapshots(stack.id), 2)
      assert.deepEqual(await store.snapshot(first.id), first)
      if (connection !== 'sqlite://')
        assert.equal((await subject.bytes(connection)).includes('unheard-of'), false)
      await store.write(change(owner, { forgottenSnapshots: [first.id] }))
      assert.deepEqual(await store.snapshots(stack.id), [second])
      assert.equal(await store.countSnapshots(stack.id), 1)
    })

    it('begins a snapshot with the target that asks for it, or not at all', async () => {
      const { stack, owner } = await owned(store)
      await store.release(owner)
      const snapshot = aSnapshot(stack, { status: 'IN_PROGRESS', document: null })
      const target = { stack, snapshot, askedAt: 1 }
      assert.equal(await store.retarget({ ...target, seen: 99 }), false)
      assert.equal(await store.snapshot(snapshot.id), undefined)
      const seen = (await store.deployment(stack.id))?.request ?? 0
      assert.equal(await store.retarget({ ...target, seen }), true)
      assert.deepEqual(await store.snapshot(snapshot.id), snapshot)
    })

    it('changes what is done to a snapshot only while it is there', async () => {
      const { stack, owner } = await owned(store)
      const snapshot = aSnapshot(stack)
      await store.write(change(owner, { snapshots: [snapshot] }))
      const going: SnapshotRow = { ...snapshot, action: 'DELETE', status: 'FAILED', statusReason: 'why' }
      assert.equal(await store.changeSnapshot(going), true)
      assert.deepEqual(await store.snapshot(snapshot.id), going)
      await store.forgetSnapshot(snapshot.id)
      assert.equal(await store.changeSnapshot(going), false)
      assert.equal(await store.snapshot(snapshot.id), undefined)
    })

    it('drops the snapshots of a stack that is deleted', async () => {
      const { stack, owner } = await owned(store)
      await store.write(change(owner, { snapshots: [aSnapshot(stack)] }))
      await store.write(change(owner, { stack: { ...stack, deletedAt: 5 } }))
      assert.deepEqual(await store.snapshots(stack.id), [])
    })
  })
}
