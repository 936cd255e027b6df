import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { uuid } from '../../src/base/ids.ts'
import { StackExists } from '../../src/contract/problems.ts'
import type { Store } from '../../src/store/index.ts'
import {
  anEvent,
  aResource,
  aStack,
  aTemplate,
  change,
  claimed,
  open,
  owned,
  stored,
  withStore,
} from './fixtures.ts'
import type { Subject } from './suite.ts'

export function describeRows(subject: Subject): void {
  describe(`rows on ${subject.name}`, () => {
    let store: Store
    let connection: string
    withStore(subject, (opened) => {
      ;({ store, connection } = opened)
    })

    it('gives a stack back as it was stored', async () => {
      const stack = await stored(store, {
        tags: ['blue', 'green'],
        timeoutMins: 5,
        disableRollback: false,
        credentialId: 'c',
        previousTemplateId: 'p',
        updatedAt: 5,
      })
      assert.deepEqual(await store.stack(stack.id), stack)
      assert.deepEqual(await store.stackByName(stack.projectId, stack.name), stack)
      assert.equal(await store.stack('another'), undefined)
      assert.equal(await store.stackByName('another', stack.name), undefined)
    })

    it('keeps names apart by case', async () => {
      const stack = await stored(store, { name: 'App' })
      const other = await stored(store, { name: 'app' })
      assert.equal((await store.stackByName('project', 'App'))?.id, stack.id)
      assert.equal((await store.stackByName('project', 'app'))?.id, other.id)
    })

    it('refuses a second live stack of a name in a project, also of two at once', async () => {
      const name = `twice-${uuid()}`
      const attempts = await Promise.allSettled([1, 2, 3].map(() => stored(store, { name })))
      const refusals = attempts.filter((attempt) => attempt.status === 'rejected').map(({ reason }) => reason)
      assert.equal(refusals.length, 2)
      assert.ok(refusals.every(StackExists.is))
      assert.equal(refusals[0]?.message, `The Stack (${name}) already exists.`)
      await stored(store, { name, projectId: 'another' })
    })

    it('leaves nothing behind of a stack that was refused', async () => {
      const { name } = await stored(store)
      const twin = aStack({ name })
      const ask = {
        stack: twin,
        template: aTemplate(twin),
        askedAt: 1,
        credential: { id: twin.id, document: {} },
      }
      await assert.rejects(store.createStack(ask), StackExists.is)
      assert.equal(await store.deployment(twin.id), undefined)
      assert.equal(await store.template(twin.templateId), undefined)
      assert.equal(await store.credential(twin.id), undefined)
    })

    it('frees the name of a stack that is deleted, and still shows it by ID', async () => {
      const { stack, owner } = await owned(store)
      const resource = aResource(stack.id)
      await store.write(change(owner, { resources: [resource], events: [anEvent(stack)] }))
      const deleted = { ...stack, action: 'DELETE', status: 'COMPLETE', deletedAt: 9 } as const
      assert.equal(await store.finish(owner, 1, change(owner, { stack: deleted })), true)
      assert.equal(await store.stackByName(stack.projectId, stack.name), undefined)
      assert.deepEqual(await store.stack(stack.id), deleted)
      assert.ok(await store.template(stack.templateId))
      assert.equal((await store.listEvents([stack.id], {})).length, 1)
      assert.deepEqual(await store.resources(stack.id), [])
      assert.equal(await store.deployment(stack.id), undefined)
      await stored(store, { name: stack.name })
    })

    it('gives a template back as it was stored, from memory and from the database', async () => {
      const stack = aStack()
      const template = aTemplate(stack, {
        template: {
          description: 'schön 🔥',
          resources: { a: { type: 'OS::Heat::None', properties: { n: [1.5, null, true] } } },
        },
        environment: { parameters: { password: 'geheim 🔑' } },
        files: { 'file:///a.yaml': 'text 🎉\n', 'b.sh': '#!/bin/sh' },
        facade: { metadata: { x: 1 }, deletion_policy: 'Retain' },
      })
      await store.createStack({ stack, template, askedAt: 1 })
      assert.deepEqual(await store.template(template.id), template)
      const another = await open(connection)
      assert.deepEqual(await another.template(template.id), template)
      assert.deepEqual(await another.template(template.id), template)
      assert.equal(await another.template('none'), undefined)
      await another.close()
    })

    it('stores the same files once for many templates', async () => {
      const files = { big: 'x'.repeat(300_000) + uuid() }
      const stacks = Array.from({ length: 20 }, () => aStack())
      for (const stack of stacks)
        await store.createStack({ stack, template: aTemplate(stack, { files }), askedAt: 1 })
      const another = await open(connection)
      const found = await Promise.all(stacks.map(({ templateId }) => another.template(templateId)))
      assert.ok(found.every((row) => row?.files.big === files.big))
      await another.close()
      assert.ok((await subject.bytes(connection)).length < 6_000_000)
    })

    it('takes documents of two megabytes', async () => {
      const stack = aStack()
      const template = aTemplate(stack, {
        template: { resources: 'é🔥'.repeat(450_000) },
        files: { a: 'y'.repeat(1_800_000) },
      })
      await store.createStack({ stack, template, askedAt: 1 })
      const owner = await claimed(store, stack.id)
      const resources = [1, 2, 3].map(() =>
        aResource(stack.id, { properties: { user_data: 'z'.repeat(1_900_000) } }),
      )
      await store.write(change(owner, { resources }))
      const another = await open(connection)
      assert.deepEqual(await another.template(template.id), template)
      assert.equal((await another.resources(stack.id)).length, 3)
      await another.close()
    })

    it('gives a resource back as it was stored, with and without secrets', async () => {
      const { stack, owner } = await owned(store)
      const rows = [
        aResource(stack.id, {
          physicalId: uuid(),
          reference: 'ref',
          intent: { does: 'create', since: 5 },
          createdAt: 1,
        }),
        aResource(stack.id, {
          properties: null,
          attributes: {},
          replaces: 'a',
          replacedBy: 'b',
          createdAt: 2,
        }),
        aResource(stack.id, { sealed: true, secrets: { key: '🔑 private' }, createdAt: 3 }),
        aResource(stack.id, { sealed: true, properties: null, deletionPolicy: 'Snapshot', createdAt: 4 }),
        aResource(stack.id, {
          secrets: { key: 'k' },
          action: 'INIT',
          status: 'COMPLETE',
          needs: [],
          createdAt: 5,
        }),
      ]
      await store.write(change(owner, { resources: rows }))
      assert.deepEqual(await store.resources(stack.id), rows)
      for (const row of rows) assert.deepEqual(await store.resource(row.id), row)
      assert.equal(await store.resource('none'), undefined)
    })

    it('stores whatever a cloud says as a reason', async () => {
      const { stack, owner } = await owned(store)
      const row = aResource(stack.id, {
        statusReason: `Quota 🙁 \\ ' " \` % \u0000 end ${'long '.repeat(30_000)}`,
      })
      await store.write(change(owner, { resources: [row] }))
      assert.equal((await store.resource(row.id))?.statusReason, row.statusReason.replace('\u0000', '\uFFFD'))
    })

    it('knows which physical IDs are owned', async () => {
      const { stack, owner } = await owned(store)
      const [a, b, c] = [uuid(), uuid(), uuid()]
      await store.write(
        change(owner, {
          resources: [aResource(stack.id, { physicalId: a }), aResource(stack.id, { physicalId: b })],
        }),
      )
      assert.deepEqual(await store.ownedPhysicalIds([a, c, b]), new Set([a, b]))
      assert.deepEqual(await store.ownedPhysicalIds([]), new Set())
    })

    it('counts the resources of the live stacks of a tree, each once while it is replaced', async () => {
      const { stack, owner } = await owned(store)
      const child = aStack({ parentId: stack.id, rootId: stack.id, depth: 1 })
      await store.write(
        change(owner, { children: [{ stack: child, template: aTemplate(child), askedAt: 1 }] }),
      )
      const childOwner = await claimed(store, child.id)
      const replacement = aResource(stack.id)
      const resources = [aResource(stack.id, { replacedBy: replacement.id }), replacement]
      await Promise.all([
        store.write(change(owner, { resources })),
        store.write(change(childOwner, { resources: [aResource(child.id)] })),
      ])
      assert.equal(await store.countResources(stack.id), 2)
      await store.write(change(childOwner, { stack: { ...child, deletedAt: 9 } }))
      assert.equal(await store.countResources(stack.id), 1)
    })

    it('keeps credentials until they are forgotten', async () => {
      const row = { id: uuid(), document: { trust_id: 'abc' } }
      await store.saveCredential(row)
      assert.deepEqual(await store.credential(row.id), row)
      await store.saveCredential({ ...row, document: { trust_id: 'def' } })
      assert.deepEqual((await store.credential(row.id))?.document, { trust_id: 'def' })
      await store.forgetCredential(row.id)
      assert.equal(await store.credential(row.id), undefined)
    })

    it('writes what nobody waits for too, in its turn', async () => {
      const { stack, owner } = await owned(store)
      const row = aResource(stack.id, { statusReason: 'first' })
      const unhurried = [1, 2, 3].map((n) =>
        store.write(change(owner, { resources: [{ ...row, statusReason: `${n}` }], unhurried: true })),
      )
      await store.write(change(owner, {}))
      assert.equal((await store.resource(row.id))?.statusReason, '3')
      await Promise.all(unhurried)
      await store.write(change(owner, { resources: [{ ...row, statusReason: '4' }], unhurried: true }))
      assert.equal((await store.resource(row.id))?.statusReason, '4')
    })

    it('keeps the template by which a resource was made that is still there', async () => {
      const stack = await stored(store)
      const owner = await claimed(store, stack.id)
      const row = aResource(stack.id, { templateId: stack.templateId })
      await store.write({ owner, resources: [row] })
      const next = aTemplate(stack, { id: uuid() })
      await store.retarget({
        seen: 1,
        stack: { ...stack, templateId: next.id, previousTemplateId: null },
        template: next,
        askedAt: 1,
      })
      await store.forgetTemplates(stack.id, [next.id])
      assert.ok(await store.template(stack.templateId))
      await store.write({ owner, forgotten: [row.id] })
      await store.forgetTemplates(stack.id, [next.id])
      assert.equal(await store.template(stack.templateId), undefined)
    })

    it('knows the deleted stacks whose credential is still there', async () => {
      const made = async (name: string, deletedAt: number | null): Promise<string> => {
        const stack = { ...aStack({ name }), credentialId: `credential of ${name}`, deletedAt }
        const credential = { id: stack.credentialId, document: {} }
        await store.createStack({ stack, template: aTemplate(stack), credential, askedAt: 1 })
        return stack.id
      }
      await made('lives', null)
      const gone = await made('gone', 100)
      await made('went just now', 300)
      const left = async () => (await store.leftCredentials(200)).map(({ id }) => id)
      assert.ok((await left()).includes(gone))
      assert.ok((await store.leftCredentials(200)).every(({ deletedAt }) => (deletedAt ?? 1000) <= 200))
      await store.forgetCredential('credential of gone')
      assert.ok(!(await left()).includes(gone))
    })

    it('tells all credentials by and by', async () => {
      const ids = ['credential 1', 'credential 2', 'credential 3']
      for (const id of ids) await store.saveCredential({ id, document: { id } })
      const [first = ''] = ids
      const after = (await store.credentialsAfter(first)).filter(({ id }) => ids.includes(id))
      assert.deepEqual(
        after.map(({ document }) => document.id),
        ['credential 2', 'credential 3'],
      )
      assert.deepEqual(await store.credentialsAfter('zzz'), [])
    })

    it('forgets superseded templates, never those that the stack needs', async () => {
      const stack = await stored(store)
      const second = aTemplate(stack, { id: uuid() })
      const third = aTemplate(stack, { id: uuid() })
      const retarget = (seen: number, template = second, previousTemplateId = stack.templateId) =>
        store.retarget({
          seen,
          stack: { ...stack, templateId: template.id, previousTemplateId },
          template,
          askedAt: 1,
        })
      await retarget(1)
      await store.forgetTemplates(stack.id, [])
      assert.ok((await store.template(stack.templateId)) && (await store.template(second.id)))
      await retarget(2, third, second.id)
      await store.forgetTemplates(stack.id, [third.id])
      assert.equal(await store.template(stack.templateId), undefined)
      assert.ok((await store.template(second.id)) && (await store.template(third.id)))
    })
  })
}
