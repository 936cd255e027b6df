import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { uuid } from '../../src/base/ids.ts'
import type { StackQuery } from '../../src/contract/engine.ts'
import type { EventRow, StackRow, Store } from '../../src/store/index.ts'
import { anEvent, aStack, aTemplate, change, deploymentOf, open, owned, stored } from './fixtures.ts'
import type { Subject } from './suite.ts'

export function describeLists(subject: Subject): void {
  describe(`lists of stacks on ${subject.name}`, () => {
    const projectId = 'listed'
    let store: Store
    before(async () => {
      store = await open(await subject.empty())
      const part: readonly Partial<StackRow>[] = [
        { name: 'a', createdAt: 10, tags: ['red', 'big'], status: 'COMPLETE' },
        { name: 'B', createdAt: 20, tags: ['red'], status: 'COMPLETE', action: 'UPDATE', updatedAt: 90 },
        { name: 'c', createdAt: 30, tags: ['blue'], status: 'FAILED', userName: 'bob', timeoutMins: 7 },
        { name: 'd', createdAt: 30, tags: [], disableRollback: false, updatedAt: 80 },
        { name: 'e', createdAt: 40, tags: ['hidden', 'red'] },
      ]
      for (const each of part) await stored(store, { id: `id-${each.name}`, projectId, ...each })
      const { stack, owner } = await owned(store, {
        projectId,
        name: 'f',
        id: 'id-f',
        createdAt: 50,
        updatedAt: 1,
      })
      const child = aStack({
        projectId,
        name: 'f-child',
        id: 'id-f-child',
        parentId: stack.id,
        rootId: stack.id,
        depth: 1,
        createdAt: 60,
      })
      await store.write(
        change(owner, { children: [{ stack: child, template: aTemplate(child), askedAt: 1 }] }),
      )
      const gone = await owned(store, { projectId, name: 'g', id: 'id-g', createdAt: 70, tags: ['red'] })
      await store.write(
        change(gone.owner, { stack: { ...gone.stack, action: 'DELETE', status: 'COMPLETE', deletedAt: 99 } }),
      )
      await stored(store, { projectId: 'elsewhere', name: 'z', id: 'id-z', createdAt: 5 })
    })
    after(() => store.close())

    async function names(query: StackQuery, { everywhere = false, hidden = [] as string[] } = {}) {
      const project = everywhere ? undefined : projectId
      const rows = await store.listStacks(project, query, hidden)
      if (query.limit === undefined && query.marker === undefined) {
        assert.equal(await store.countStacks(project, query, hidden), rows.length)
      }
      return rows.map(({ name }) => name).join(' ')
    }

    it('shows the live root stacks of one project, the newest first', async () => {
      assert.equal(await names({}), 'f e d c B a')
      assert.equal(await names({ sortDir: 'asc' }), 'a B c d e f')
      assert.equal(await names({ showNested: true }), 'f-child f e d c B a')
      assert.equal(await names({ showDeleted: true }), 'g f e d c B a')
      assert.equal(await names({ showNested: true }, { everywhere: true }), 'f-child f e d c B a z')
    })

    it('counts the live root stacks of a project', async () => {
      assert.equal(await store.countLive(projectId), 6)
      assert.equal(await store.countLive('nobody'), 0)
    })

    it('sorts by what is asked for, and ignores what it does not know', async () => {
      assert.equal(await names({ sortKeys: ['stack_name'] }), 'B a c d e f')
      assert.equal(await names({ sortKeys: ['name'], sortDir: 'desc' }), 'f e d c a B')
      assert.equal(await names({ sortKeys: ['stack_status', 'creation_time'] }), 'a B c d e f')
      assert.equal(await names({ sortKeys: ['updated_time'] }), 'a c e f d B')
      assert.equal(await names({ sortKeys: ['user_creds', 'constructor'] }), 'f e d c B a')
    })

    it('goes through all pages without leaving out or repeating any', async () => {
      for (const sort of [
        {},
        { sortKeys: ['updated_time'] },
        { sortKeys: ['stack_status'], sortDir: 'desc' },
      ] as const) {
        const found: string[] = []
        for (let marker: string | undefined; ; ) {
          const page = await store.listStacks(projectId, { ...sort, limit: 2, ...(marker && { marker }) }, [])
          found.push(...page.map(({ name }) => name))
          marker = page.at(-1)?.id
          if (page.length < 2) break
        }
        assert.equal(found.join(' '), await names(sort))
      }
      assert.equal(await names({ marker: 'unknown', limit: 1 }), 'f')
    })

    it('filters by the names of the API and the older ones', async () => {
      const by = (filters: Record<string, readonly string[]>) => names({ filters })
      assert.equal(await by({ stack_name: ['c', 'a'] }), 'c a')
      assert.equal(await by({ name: ['a'], stack_status: ['COMPLETE'] }), 'a')
      assert.equal(await by({ status: ['COMPLETE'] }), 'B a')
      assert.equal(await by({ status: ['CREATE_COMPLETE'] }), 'a')
      assert.equal(await by({ status: ['UPDATE_COMPLETE', 'FAILED'] }), 'c B')
      assert.equal(await by({ status: ['CREATE_IN_PROGRESS'] }), 'f e d')
      assert.equal(await by({ status: ['IN_PROGRESS'] }), 'f e d')
      assert.equal(await by({ stack_action: ['UPDATE'] }), 'B')
      assert.equal(await by({ username: ['bob'] }), 'c')
      assert.equal(await by({ stack_owner: ['bob', 'eve'] }), 'c')
      assert.equal(await by({ disable_rollback: ['False'] }), 'd')
      assert.equal(await by({ timeout_mins: ['7'] }), 'c')
      assert.equal(await by({ timeout_mins: ['soon'] }), '')
      assert.equal(await by({ id: ['id-a'] }), 'a')
      assert.equal(await by({ tenant: ['elsewhere'] }), '')
      assert.equal(await by({ stack_user_project_id: ['x'] }), '')
      assert.equal(await by({ unheard_of: ['x'] }), 'f e d c B a')
      assert.equal(await names({ showNested: true, filters: { parent: ['id-f'] } }), 'f-child')
    })

    it('filters by tags', async () => {
      assert.equal(await names({ tags: ['red', 'big'] }), 'a')
      assert.equal(await names({ tags: ['red', 'blue'] }), '')
      assert.equal(await names({ tagsAny: ['blue', 'big'] }), 'c a')
      assert.equal(await names({ notTags: ['red', 'big'] }), 'f e d c B')
      assert.equal(await names({ notTagsAny: ['red', 'blue'] }), 'f d')
      assert.equal(await names({ tags: ['red'], notTagsAny: ['big'] }), 'e B')
      assert.equal(await names({}, { hidden: ['hidden'] }), 'f d c B a')
      assert.equal(await names({ showHidden: true }, { hidden: ['hidden'] }), 'f e d c B a')
    })
  })
}

export function describeEvents(subject: Subject): void {
  describe(`lists of events on ${subject.name}`, () => {
    let store: Store
    let connection: string
    before(async () => {
      connection = await subject.empty()
      store = await open(connection)
    })
    after(() => store.close())

    it('keeps the order of events of one millisecond', async () => {
      const { stack, owner } = await owned(store)
      const events = Array.from({ length: 20 }, (_, i) => anEvent(stack, { statusReason: `${i}` }))
      await store.write(change(owner, { events }))
      const found = await store.listEvents([stack.id], { sortDir: 'asc' })
      assert.deepEqual(found, events)
      assert.deepEqual(await store.listEvents([stack.id], {}), [...events].reverse())
    })

    it('filters, sorts and pages', async () => {
      const { stack, owner } = await owned(store)
      const other = await owned(store)
      const part: readonly Partial<EventRow>[] = [
        { id: `1-${stack.id}`, resourceName: 'a', resourceType: 'X', createdAt: 5 },
        { id: `2-${stack.id}`, resourceName: 'b', resourceType: 'W', createdAt: 4, status: 'FAILED' },
        { id: `3-${stack.id}`, resourceName: 'a', resourceType: 'X', createdAt: 3, action: 'DELETE' },
      ]
      await store.write(change(owner, { events: part.map((each) => anEvent(stack, each)) }))
      await store.write(
        change(other.owner, { events: [anEvent(other.stack, { id: `4-${stack.id}`, createdAt: 9 })] }),
      )
      const ids = async (query: Parameters<Store['listEvents']>[1], stacks = [stack.id]) =>
        (await store.listEvents(stacks, query)).map(({ id }) => id[0]).join('')
      assert.equal(await ids({}), '123')
      assert.equal(await ids({}, [stack.id, other.stack.id]), '4123')
      assert.equal(await ids({}, []), '')
      assert.equal(await ids({ sortKeys: ['event_time'] }), '321')
      assert.equal(await ids({ sortKeys: ['resource_type'], sortDir: 'asc' }), '213')
      assert.equal(await ids({ resource: 'a' }), '13')
      assert.equal(await ids({ limit: 1, marker: `1-${stack.id}` }), '2')
      assert.equal(await ids({ marker: 'unknown' }), '123')
      assert.equal(await ids({ filters: { resource_status: ['FAILED'] } }), '2')
      assert.equal(await ids({ filters: { resource_status: ['DELETE_COMPLETE', 'CREATE_FAILED'] } }), '23')
      assert.equal(await ids({ filters: { resource_action: ['DELETE'], resource_name: ['a', 'b'] } }), '3')
      assert.equal(await ids({ filters: { resource_type: ['W'] } }), '2')
      assert.equal((await store.event(stack.id, `2-${stack.id}`))?.status, 'FAILED')
      assert.equal(await store.event(other.stack.id, `2-${stack.id}`), undefined)
    })

    it('lists the events of very many stacks at once', async () => {
      const { stack, owner } = await owned(store)
      await store.write(change(owner, { events: [anEvent(stack)] }))
      const many = Array.from({ length: 5_000 }, () => uuid())
      assert.equal((await store.listEvents([...many, stack.id], { limit: 5 })).length, 1)
    })

    it('keeps the newest events of a stack, as many as it may have (§12)', async () => {
      const limited = await open(connection, { maxEventsPerStack: 10, eventPurgeBatchSize: 4 })
      const { stack, owner } = await owned(limited)
      const events = Array.from({ length: 31 }, (_, i) =>
        anEvent(stack, { createdAt: 1_000 + Math.floor(i / 7) }),
      )
      for (const event of events) await limited.write(change(owner, { events: [event] }))
      await limited.write(change(owner, {}))
      assert.deepEqual(await limited.listEvents([stack.id], { sortDir: 'asc' }), events.slice(-13))
      const { request } = await deploymentOf(limited, stack.id)
      const last = anEvent(stack, { createdAt: 2_000 })
      assert.ok(await limited.finish(owner, request, change(owner, { events: [last] })))
      // The write after it waits for what the end of the deployment brought with it.
      await owned(limited)
      await limited.close()
      const again = await open(connection)
      assert.deepEqual(await again.listEvents([stack.id], { sortDir: 'asc' }), [...events.slice(-9), last])
      await again.close()
    })

    it('keeps all events if there is no limit (§12)', async () => {
      const unlimited = await open(connection, { maxEventsPerStack: 0, eventPurgeBatchSize: 1 })
      const another = await owned(unlimited)
      await unlimited.write(
        change(another.owner, { events: Array.from({ length: 30 }, () => anEvent(another.stack)) }),
      )
      await unlimited.write(change(another.owner, {}))
      assert.equal((await unlimited.listEvents([another.stack.id], {})).length, 30)
      await unlimited.close()
    })

    it('tells who wants to know of the events that are on disk, in their order', async () => {
      const told: EventRow[] = []
      store.onEvents((events) => void told.push(...events))
      store.onEvents(() => {
        throw new Error('a listener that fails hurts nobody else')
      })
      const { stack, owner } = await owned(store)
      const events = Array.from({ length: 5 }, () => anEvent(stack))
      await Promise.all(events.map((event) => store.write(change(owner, { events: [event] }))))
      assert.deepEqual(
        told.filter(({ stackId }) => stackId === stack.id),
        events,
      )
    })

    it('keeps no properties with an event that are very large', async () => {
      const { stack, owner } = await owned(store)
      const event = anEvent(stack, { properties: { data: 'x'.repeat(100_000) } })
      await store.write(change(owner, { events: [event] }))
      assert.equal((await store.event(stack.id, event.id))?.properties, null)
    })
  })
}
