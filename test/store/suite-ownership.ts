import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { uuid } from '../../src/base/ids.ts'
import { StackExists } from '../../src/contract/problems.ts'
import { OwnershipLost, type Store } from '../../src/store/index.ts'
import {
  anEvent,
  aResource,
  aStack,
  aTemplate,
  change,
  claimed,
  deploymentOf,
  open,
  owned,
  stored,
} from './fixtures.ts'
import type { Subject } from './suite.ts'

export function describeOwnership(subject: Subject): void {
  describe(`ownership on ${subject.name}`, () => {
    let store: Store
    let other: Store
    before(async () => {
      const connection = await subject.empty()
      store = await open(connection)
      other = connection === 'sqlite://' ? store : await open(connection)
    })
    after(async () => {
      if (other !== store) await other.close()
      await store.close()
    })

    it('gives a deployment to one of many engines that want it', async () => {
      const { id } = await stored(store)
      const deployment = await deploymentOf(store, id)
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, i) => (i % 2 ? store : other).claim(deployment, `engine-${i}`)),
      )
      const [owner, ...others] = claims.filter((claim) => claim !== undefined)
      assert.deepEqual(others, [])
      assert.equal(owner?.fence, 1)
      assert.equal((await deploymentOf(store, id)).engineId, owner?.engineId)
    })

    it('gives it to another only once its owner is not among the living', async () => {
      const { id } = await stored(store)
      const isClaimable = async (...living: readonly string[]) =>
        (await store.claimable(living)).some(({ stackId }) => stackId === id)
      const engine = uuid()
      assert.deepEqual([await isClaimable(), await isClaimable(engine)], [true, true])
      await claimed(store, id, engine)
      assert.deepEqual([await isClaimable(), await isClaimable('another')], [true, true])
      assert.deepEqual([await isClaimable(engine), await isClaimable('another', engine)], [false, false])
    })

    it('remembers when an engine was last seen, until it says goodbye', async () => {
      const engine = { id: uuid(), host: 'here', startedAt: 100, seenAt: 100 }
      const remembered = async () => (await store.engines()).find(({ id }) => id === engine.id)
      await store.heartbeat(engine)
      await store.heartbeat({ ...engine, seenAt: 200 })
      assert.deepEqual(await remembered(), { ...engine, seenAt: 200 })
      await store.forgetEngine(engine.id)
      assert.equal(await remembered(), undefined)
    })

    it('changes resources for one who owns nothing only while nobody works on the stack', async () => {
      const { stack, owner } = await owned(store)
      const row = aResource(stack.id)
      const { request } = await deploymentOf(store, stack.id)
      const marked = { ...row, action: 'CHECK', status: 'FAILED' } as const
      const event = anEvent(stack)
      assert.equal(await other.amend(stack.id, request, { resources: [marked], events: [event] }), false)
      await store.finish(owner, request, change(owner, { resources: [row] }))
      assert.equal(await other.amend(stack.id, request - 1, { resources: [marked], events: [] }), false)
      assert.deepEqual(await store.resources(stack.id), [row])
      assert.deepEqual(await store.unhealthyStacks(stack.rootId), [])
      assert.equal(await other.amend(stack.id, request, { resources: [marked], events: [event] }), true)
      assert.deepEqual(await store.resources(stack.id), [marked])
      assert.notEqual(await store.event(stack.id, event.id), undefined)
      assert.deepEqual(await store.unhealthyStacks(stack.rootId), [stack.id])
    })

    it('changes nothing for a call that changed something before, and tells what it was answered with', async () => {
      const { stack, owner } = await owned(store)
      const row = aResource(stack.id)
      const { request } = await deploymentOf(store, stack.id)
      await store.finish(owner, request, change(owner, { resources: [row] }))
      const call = { id: uuid(), carriedOutAt: 5, answer: { password: 'hush' } }
      const amendment = { resources: [], events: [], call }
      assert.equal(await store.amend(stack.id, request, amendment), true)
      assert.deepEqual(await other.carriedOut(call.id), call)
      const isRefused = { code: 'CallCarriedOut' }
      await assert.rejects(other.amend(stack.id, request, amendment), isRefused)
      const event = anEvent(stack)
      await assert.rejects(other.addSignal({ resourceId: row.id, events: [event], call }), isRefused)
      assert.equal(await store.event(stack.id, event.id), undefined)
    })

    it('refuses all that an engine writes that lost its place, and nothing of others', async () => {
      const lost = await owned(store)
      const kept = await owned(store)
      const thief = await claimed(other, lost.stack.id)
      const [mine, another] = [aResource(lost.stack.id), aResource(kept.stack.id)]
      const results = await Promise.allSettled([
        store.write(change(kept.owner, { resources: [another] })),
        store.write(
          change(lost.owner, {
            resources: [mine],
            events: [anEvent(lost.stack)],
            stack: { ...lost.stack, status: 'FAILED' },
            children: [{ stack: aStack({ id: mine.id }), askedAt: 1 }],
          }),
        ),
        store.write(change(kept.owner, { events: [anEvent(kept.stack)] })),
        store.finish(lost.owner, 1, change(lost.owner)),
      ])
      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled', 'rejected'],
      )
      const [, refusal] = results
      assert.ok(refusal?.status === 'rejected' && refusal.reason instanceof OwnershipLost)
      assert.equal(refusal.reason.stackId, lost.stack.id)
      assert.equal(await store.resource(mine.id), undefined)
      assert.equal(await store.stack(mine.id), undefined)
      assert.deepEqual(await store.stack(lost.stack.id), lost.stack)
      assert.deepEqual(await store.listEvents([lost.stack.id], {}), [])
      assert.ok(await store.resource(another.id))
      await store.release(lost.owner)
      assert.equal((await deploymentOf(store, lost.stack.id)).engineId, thief.engineId)
    })

    it('writes in the order of the calls, with the last word on each row', async () => {
      const { stack, owner } = await owned(store)
      const row = aResource(stack.id)
      const [gone, back] = [aResource(stack.id, { name: 'gone' }), aResource(stack.id, { name: 'back' })]
      const writes = [
        store.write(change(owner, { resources: [row, gone, back] })),
        ...Array.from({ length: 50 }, (_, i) =>
          store.write(change(owner, { resources: [{ ...row, statusReason: `${i}` }] })),
        ),
        store.write(change(owner, { forgotten: [gone.id, back.id] })),
        store.write(change(owner, { resources: [back] })),
      ]
      await Promise.all(writes)
      assert.equal((await store.resource(row.id))?.statusReason, '49')
      assert.equal(await store.resource(gone.id), undefined)
      assert.deepEqual(await store.resource(back.id), back)
    })

    it('writes what all owners of many stacks ask for at once', async () => {
      const owners = await Promise.all(Array.from({ length: 40 }, () => owned(store)))
      await Promise.all(
        owners.flatMap(({ stack, owner }) =>
          Array.from({ length: 10 }, () =>
            store.write(change(owner, { resources: [aResource(stack.id)], events: [anEvent(stack)] })),
          ),
        ),
      )
      for (const { stack } of owners) assert.equal((await store.resources(stack.id)).length, 10)
      assert.equal(
        (
          await store.listEvents(
            owners.map(({ stack }) => stack.id),
            {},
          )
        ).length,
        400,
      )
    })

    it('writes a change of many rows whole', async () => {
      const { stack, owner } = await owned(store)
      const resources = Array.from({ length: 2_345 }, (_, i) => aResource(stack.id, { name: `r${i}` }))
      await store.write(change(owner, { resources }))
      assert.equal((await store.resources(stack.id)).length, 2_345)
      await store.write(change(owner, { forgotten: resources.slice(1).map(({ id }) => id) }))
      assert.equal((await store.resources(stack.id)).length, 1)
    })

    it('keeps the failure of one change from the others, but for those of its owner that come after', async () => {
      const bad = await owned(store)
      const good = await owned(store)
      const results = await Promise.allSettled([
        store.write(change(good.owner, { resources: [aResource(good.stack.id)] })),
        store.write(change(bad.owner, { resources: [aResource(bad.stack.id)] })),
        store.write(change(bad.owner, { resources: [aResource(bad.stack.id, { name: null as never })] })),
        store.write(change(good.owner, { resources: [aResource(good.stack.id)] })),
        store.write(change(bad.owner, { resources: [aResource(bad.stack.id)] })),
      ])
      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected'],
      )
      assert.equal((await store.resources(good.stack.id)).length, 2)
      assert.equal((await store.resources(bad.stack.id)).length, 1)
    })

    it('ends a deployment after all that was written before', async () => {
      const { stack, owner } = await owned(store)
      const row = aResource(stack.id)
      const done = { ...stack, status: 'COMPLETE' } as const
      const [, ended, late] = await Promise.allSettled([
        store.write(change(owner, { resources: [row] })),
        store.finish(owner, 1, change(owner, { stack: done, events: [anEvent(stack)] })),
        store.write(change(owner, { resources: [aResource(stack.id)] })),
      ])
      assert.deepEqual(ended, { status: 'fulfilled', value: true })
      assert.ok(late.status === 'rejected' && late.reason instanceof OwnershipLost)
      assert.deepEqual(await store.resources(stack.id), [row])
      assert.deepEqual(await store.stack(stack.id), done)
      const deployment = await deploymentOf(store, stack.id)
      assert.deepEqual([deployment.pending, deployment.engineId], [false, null])
      assert.equal(await store.claim(deployment, 'another'), undefined)
    })

    it('does not end a deployment of which something newer was asked, and writes nothing then', async () => {
      const { stack, owner } = await owned(store)
      const wanted = { ...stack, action: 'UPDATE', templateId: uuid() } as const
      const template = aTemplate(wanted)
      assert.equal(await other.retarget({ stack: wanted, template, askedAt: 7, seen: 1 }), true)
      const done = change(owner, { stack: { ...stack, status: 'COMPLETE' }, events: [anEvent(stack)] })
      assert.equal(await store.finish(owner, 1, done), false)
      assert.deepEqual(await store.stack(stack.id), wanted)
      assert.deepEqual(await store.listEvents([stack.id], {}), [])
      const deployment = await deploymentOf(store, stack.id)
      assert.deepEqual(deployment, { ...owner, pending: true, request: 2, askedAt: 7 })
      assert.equal(await store.finish(owner, 2, change(owner)), true)
    })

    it('lets one of several new targets win that were made of the same state', async () => {
      const stack = await stored(store)
      const targets = Array.from({ length: 8 }, (_, i) => ({
        ...stack,
        statusReason: `${i}`,
        templateId: uuid(),
      }))
      const answers = await Promise.all(
        targets.map((target, i) =>
          (i % 2 ? store : other).retarget({
            stack: target,
            template: aTemplate(target),
            askedAt: i,
            seen: 1,
          }),
        ),
      )
      assert.equal(answers.filter(Boolean).length, 1)
      assert.deepEqual(await store.stack(stack.id), targets[answers.indexOf(true)])
      for (const [i, target] of targets.entries()) {
        assert.equal((await store.template(target.templateId)) !== undefined, answers[i])
      }
      assert.equal((await deploymentOf(store, stack.id)).request, 2)
    })

    it('gives work back to a stack that had none, when it gets a new target', async () => {
      const { stack, owner } = await owned(store)
      await store.finish(owner, 1, change(owner))
      assert.equal(await store.retarget({ stack, askedAt: 3, seen: 1 }), true)
      const next = await claimed(store, stack.id)
      assert.equal(next.fence, 2)
      await assert.rejects(store.write(change(owner)), OwnershipLost)
    })

    it('does not let an owner take back a new target with the old row of its stack', async () => {
      const { stack, owner } = await owned(store)
      const wanted = { ...stack, action: 'DELETE' } as const
      const old = { ...stack, statusReason: 'Resource a failed' }
      await store.write(change(owner, { stack: old, request: 1 }))
      assert.deepEqual(await store.stack(stack.id), old)
      await store.retarget({ stack: wanted, askedAt: 1, seen: 1 })
      const row = aResource(stack.id)
      await store.write(change(owner, { stack: old, resources: [row], request: 1 }))
      assert.deepEqual(await store.stack(stack.id), wanted)
      assert.ok(await store.resource(row.id))
    })

    it('lets an owner give its own stack another target, unless something newer was asked', async () => {
      const { stack, owner } = await owned(store)
      const back = { ...stack, action: 'ROLLBACK', templateId: uuid() } as const
      const next = { stack: back, template: aTemplate(back), askedAt: 7 }
      const late = change(owner, { stack: { ...stack, status: 'FAILED' }, request: 1 })
      await Promise.all([store.write(change(owner, { next, request: 1 })), store.write(late)])
      assert.deepEqual(await store.stack(stack.id), back)
      assert.ok(await store.template(back.templateId))
      assert.equal(await store.finish(owner, 1, change(owner)), false)
      const after = await deploymentOf(store, stack.id)
      assert.deepEqual([after.request, after.askedAt, after.engineId], [2, 7, owner.engineId])

      const wanted = { ...stack, action: 'DELETE' } as const
      await store.retarget({ stack: wanted, askedAt: 8, seen: 2 })
      const tooLate = { ...back, templateId: uuid() }
      await store.write(change(owner, { next: { stack: tooLate, askedAt: 9 }, request: 2 }))
      assert.deepEqual(await store.stack(stack.id), wanted)
      assert.equal((await deploymentOf(store, stack.id)).request, 3)
      assert.equal(await store.finish(owner, 3, change(owner)), true)
    })

    it('begins child stacks with a change, and gives them new targets', async () => {
      const { stack, owner } = await owned(store)
      const child = aStack({ parentId: stack.id, rootId: stack.id, depth: 1, tags: ['a', 'b'] })
      const begin = { stack: child, template: aTemplate(child), askedAt: 5, events: [anEvent(child)] }
      await store.write(change(owner, { children: [begin], resources: [aResource(stack.id)] }))
      assert.deepEqual(await store.children(stack.id), [child])
      assert.deepEqual(await store.tree(stack.id), [stack, child])
      const childOwner = await claimed(other, child.id)
      const next = { ...child, action: 'UPDATE', tags: ['b'] } as const
      await Promise.all([
        store.write(change(owner, { children: [{ stack: next, askedAt: 6 }] })),
        store.write(change(owner, { children: [{ stack: next, askedAt: 7 }] })),
      ])
      const { request, askedAt, pending, engineId } = await deploymentOf(store, child.id)
      assert.ok(request >= 2)
      assert.deepEqual([askedAt, pending, engineId], [7, true, childOwner.engineId])
      assert.deepEqual(await store.stack(child.id), next)
      assert.equal(await other.finish(childOwner, 1, change(childOwner)), false)
    })

    it('lets a child see a new target that its parent asked for just before it ended', async () => {
      const { stack, owner } = await owned(store)
      const child = aStack({ parentId: stack.id, rootId: stack.id, depth: 1 })
      await store.write(
        change(owner, { children: [{ stack: child, template: aTemplate(child), askedAt: 5 }] }),
      )
      const childOwner = await claimed(store, child.id)
      const next = { ...child, action: 'UPDATE' } as const
      const [, ended] = await Promise.all([
        store.write(change(owner, { children: [{ stack: next, askedAt: 6 }] })),
        store.finish(childOwner, 1, change(childOwner, { stack: { ...child, status: 'COMPLETE' } })),
      ])
      assert.equal(ended, false)
      assert.deepEqual(await store.stack(child.id), next)
    })

    it('refuses a child whose name is taken, and leaves the stack that has it alone', async () => {
      const { stack, owner } = await owned(store)
      const victim = await stored(store)
      const child = aStack({ name: victim.name, parentId: stack.id, rootId: stack.id, depth: 1 })
      const begin = { stack: child, template: aTemplate(child), askedAt: 5 }
      await assert.rejects(store.write(change(owner, { children: [begin] })), StackExists.is)
      assert.deepEqual(await store.stack(victim.id), victim)
    })

    it('gives a deployment up for another to take', async () => {
      const { stack, owner } = await owned(store)
      await store.release(owner)
      const deployment = await deploymentOf(store, stack.id)
      assert.deepEqual([deployment.pending, deployment.engineId], [true, null])
      await assert.rejects(store.write(change(owner)), OwnershipLost)
      assert.equal((await claimed(store, stack.id)).fence, owner.fence + 1)
    })

    it('answers reads while a long change is written', async () => {
      const { stack, owner } = await owned(store)
      const resources = Array.from({ length: 3_000 }, (_, i) => aResource(stack.id, { name: `r${i}` }))
      const writing = store.write(change(owner, { resources }))
      assert.ok(await store.stack(stack.id))
      await writing
    })
  })
}
