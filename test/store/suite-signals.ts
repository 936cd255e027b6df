import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { uuid } from '../../src/base/ids.ts'
import type { ResourceRow, SignalRow, StackRow, Store } from '../../src/store/index.ts'
import { anEvent, aResource, change, owned, withStore } from './fixtures.ts'
import type { Subject } from './suite.ts'

export function describeSignals(subject: Subject): void {
  describe(`signals on ${subject.name}`, () => {
    let store: Store
    let connection: string
    withStore(subject, (opened) => {
      ;({ store, connection } = opened)
    })

    const told = (resource: ResourceRow, id: string, part: Partial<SignalRow> = {}): SignalRow => ({
      ...{ resourceId: resource.id, stackId: resource.stackId, id, content: { data: id }, createdAt: 1 },
      ...part,
    })
    const arrive = (signal: SignalRow, replaces = false, stack?: StackRow) =>
      store.addSignal({
        ...{ resourceId: signal.resourceId, signal, replaces },
        events: stack ? [anEvent(stack, { action: 'SIGNAL' })] : [],
      })

    it('gives the signals of a resource back in the order in which they came, with their events', async () => {
      const { stack, owner } = await owned(store)
      const handle = aResource(stack.id)
      const other = aResource(stack.id)
      await store.write(change(owner, { resources: [handle, other] }))
      const first = told(handle, 'z', { content: { status: 'SUCCESS', data: 'schön 🔑' }, createdAt: 5 })
      const second = told(handle, 'Z', { createdAt: 6 })
      assert.equal(await arrive(second, false, stack), true)
      assert.equal(await arrive(first, false, stack), true)
      await arrive(told(other, 'z'))
      assert.deepEqual(await store.signals(handle.id), [first, second])
      const events = await store.listEvents([stack.id], {})
      assert.deepEqual(
        events.map(({ action }) => action),
        ['SIGNAL', 'SIGNAL'],
      )
      await store.forgetSignals(handle.id, ['z', 'none'])
      assert.deepEqual(await store.signals(handle.id), [second])
      assert.equal((await store.signals(other.id)).length, 1)
    })

    it('never lets one signal take the place of another unless it is to', async () => {
      const { stack, owner } = await owned(store)
      const handle = aResource(stack.id)
      await store.write(change(owner, { resources: [handle] }))
      const attempts = await Promise.all([1, 2, 3].map((n) => arrive(told(handle, '1', { createdAt: n }))))
      assert.equal(attempts.filter((one) => one).length, 1)
      const newer = told(handle, '1', { content: { data: 'newer' }, createdAt: 9 })
      assert.equal(await arrive(newer, true), true)
      assert.deepEqual(await store.signals(handle.id), [newer])
    })

    it('takes no signal for a resource that is not there, and drops those of one that goes', async () => {
      const { stack, owner } = await owned(store)
      const [one, two] = [aResource(stack.id), aResource(stack.id)]
      assert.equal(await arrive(told(one, '1'), false, stack), false)
      assert.deepEqual(await store.listEvents([stack.id], {}), [])
      await store.write(change(owner, { resources: [one, two] }))
      await arrive(told(one, '1'))
      await arrive(told(two, '1'))
      await store.write(change(owner, { forgotten: [one.id] }))
      assert.deepEqual(await store.signals(one.id), [])
      assert.equal((await store.signals(two.id)).length, 1)
      const gone = { ...stack, action: 'DELETE', status: 'COMPLETE', deletedAt: 9 } as const
      await store.finish(owner, 1, change(owner, { stack: gone }))
      assert.deepEqual(await store.signals(two.id), [])
    })

    it('knows the project of a tree of stacks by its root, and the root by the project', async () => {
      const [rootId, projectId] = [uuid(), uuid()]
      assert.equal(await store.stackProject(rootId), undefined)
      await store.saveStackProject({ rootId, projectId: null })
      assert.deepEqual(await store.stackProject(rootId), { rootId, projectId: null })
      await store.saveStackProject({ rootId, projectId })
      assert.deepEqual(await store.stackProjectOf(projectId), { rootId, projectId })
      await store.forgetStackProject(rootId)
      assert.equal(await store.stackProjectOf(projectId), undefined)
    })

    it('stores what signals say encrypted', async () => {
      const { stack, owner } = await owned(store)
      const handle = aResource(stack.id)
      await store.write(change(owner, { resources: [handle] }))
      await arrive(told(handle, '1', { content: { data: 'password-in-a-signal' } }))
      assert.equal((await subject.bytes(connection)).includes('password-in-a-signal'), false)
    })
  })
}
