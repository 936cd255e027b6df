import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sql } from 'kysely'
import { uuid } from '../../src/base/ids.ts'
import { silent } from '../../src/base/log.ts'
import { openDatabase } from '../../src/store/database.ts'
import { fernet } from '../../src/store/fernet.ts'
import { OwnershipLost, openMaintenance, type StackRow, type Store } from '../../src/store/index.ts'
import { partsOfStacks } from '../../src/store/maintenance/purge-deleted.ts'
import {
  anEvent,
  aResource,
  aStack,
  aTemplate,
  change,
  claimed,
  deploymentOf,
  encryptionKey,
  open,
  owned,
  stored,
} from './fixtures.ts'
import type { Subject } from './suite.ts'

const newKey = [...encryptionKey].reverse().join('')

const maintaining = (connection: string, key = encryptionKey) =>
  openMaintenance({ connection, encryptionKey: key, log: silent })

/** A stack with a bit of everything. */
async function whole(store: Store, part: Partial<StackRow> = {}): Promise<StackRow> {
  const credential = { id: uuid(), document: { trust: 'secret trust' } }
  const stack = aStack({ credentialId: credential.id, tags: ['a'], ...part })
  await store.createStack({ stack, template: aTemplate(stack), askedAt: 1, credential })
  const owner = await claimed(store, stack.id)
  const resource = aResource(stack.id, { sealed: true, secrets: { password: 'sesame' } })
  await store.write(change(owner, { resources: [resource], events: [anEvent(stack)] }))
  return stack
}

/** Every row of every table, by table. */
async function everything(
  connection: string,
): Promise<ReadonlyMap<string, readonly Record<string, unknown>[]>> {
  const database = await openDatabase({ connection, log: silent })
  const tables = (await database.db.introspection.getTables()).filter(({ name }) =>
    name.startsWith('hearth_'),
  )
  const all = new Map<string, readonly Record<string, unknown>[]>()
  for (const { name } of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(database.db)
    all.set(name, rows)
  }
  await database.close()
  return all
}

/** Leaves a database as a run leaves it that was to encrypt with the new key, and ended before it did anything. */
async function interrupt(connection: string): Promise<void> {
  const database = await openDatabase({ connection, log: silent })
  await database.db
    .insertInto('hearth_signal')
    .values({
      ...{ resource_id: 'r', id: 's', stack_id: 's', created_at: 1 },
      content: fernet(encryptionKey).seal('{"said":1}'),
    })
    .execute()
  await database.db
    .updateTable('hearth_setting')
    .set({ value: fernet(newKey).seal('key') })
    .where('name', '=', 'key')
    .execute()
  await database.db.insertInto('hearth_setting').values({ name: 'resealing', value: '1' }).execute()
  await database.close()
}

export function describeMaintenance(subject: Subject): void {
  describe(`maintenance on ${subject.name}`, () => {
    it('makes the tables, and tells their version (§2)', async () => {
      const connection = await subject.empty()
      const maintenance = await maintaining(connection)
      const { newest } = await maintenance.version()
      assert.deepEqual(await maintenance.version(), { present: 0, newest })
      assert.equal((await maintenance.examine()).key, 'none yet')
      await maintenance.migrate()
      assert.deepEqual(await maintenance.version(), { present: newest, newest })
      await maintenance.close()
    })

    it('removes stacks that were deleted long ago, with all that is theirs (§2)', async () => {
      const connection = await subject.empty()
      const store = await open(connection)
      const old = await whole(store, { deletedAt: 1_000 })
      const others = [
        await whole(store, { deletedAt: 1_000, projectId: 'another' }),
        await whole(store, { deletedAt: 9_000 }),
        await whole(store),
      ]
      for (let i = 0; i < 5; i++) await stored(store, { deletedAt: 500 + i })
      const maintenance = await maintaining(connection)
      assert.equal(await maintenance.purgeDeleted({ before: 2_000, projectId: 'project', batch: 2 }), 6)
      assert.equal(await maintenance.purgeDeleted({ before: 2_000, projectId: 'project', batch: 2 }), 0)
      for (const [table, rows] of await everything(connection)) {
        assert.ok(!JSON.stringify(rows).includes(old.id), table)
        assert.ok(!JSON.stringify(rows).includes(old.credentialId ?? '-'), table)
      }
      for (const { id, credentialId } of others) {
        assert.ok(await store.stack(id))
        assert.ok(await store.credential(credentialId ?? ''))
        assert.equal((await store.listEvents([id], {})).length, 1)
      }
      await maintenance.close()
      await store.close()
    })

    it('fails what is under way in a stack and those inside it, and takes it from its owner (§2)', async () => {
      const connection = await subject.empty()
      const store = await open(connection)
      const { stack, owner } = await owned(store)
      const child = aStack({ parentId: stack.id, rootId: stack.id, depth: 1, name: 'inside' })
      const done = aResource(stack.id)
      const busy = aResource(stack.id, { status: 'IN_PROGRESS', intent: { does: 'create', since: 5 } })
      await store.write(
        change(owner, {
          resources: [done, busy],
          children: [{ stack: child, template: aTemplate(child), askedAt: 1 }],
        }),
      )
      const inside = await claimed(store, child.id)
      const snapshot = { id: uuid(), stackId: child.id, name: null, action: 'CREATE' as const }
      await store.write(
        change(inside, {
          snapshots: [{ ...snapshot, status: 'IN_PROGRESS', statusReason: '', createdAt: 1, document: null }],
        }),
      )
      const other = await owned(store)
      const maintenance = await maintaining(connection)
      assert.equal(await maintenance.resetStatus('no such stack'), undefined)
      assert.deepEqual(await maintenance.resetStatus(stack.id), [stack.name, 'inside'])
      assert.deepEqual(await maintenance.resetStatus(stack.id), [])
      for (const id of [stack.id, child.id]) {
        const row = await store.stack(id)
        assert.equal(`${row?.status} ${row?.statusReason}`, 'FAILED Stack status manually reset')
        assert.equal((await deploymentOf(store, id)).pending, false)
      }
      const after = await store.resource(busy.id)
      assert.equal(`${after?.status} ${after?.statusReason}`, 'FAILED Stack status manually reset')
      assert.equal((await store.snapshot(snapshot.id))?.status, 'FAILED')
      // What a request may have made is still looked for.
      assert.deepEqual(after?.intent, busy.intent)
      assert.deepEqual(await store.resource(done.id), done)
      await assert.rejects(store.write(change(owner, { resources: [busy] })), OwnershipLost)
      await assert.rejects(store.write(change(inside, { stack: child })), OwnershipLost)
      await store.write(change(other.owner, {}))
      await maintenance.close()
      await store.close()
    })

    it('encrypts everything with a new key, also if it was interrupted (§11)', async () => {
      const connection = await subject.empty()
      const store = await open(connection)
      const stacks = await Promise.all(Array.from({ length: 3 }, () => whole(store)))
      await store.close()
      await interrupt(connection)
      for (const key of [encryptionKey, newKey])
        await assert.rejects(
          open(connection, { encryptionKey: key }),
          /re-encrypt|another auth_encryption_key/,
        )

      const maintenance = await maintaining(connection, newKey)
      assert.equal((await maintenance.examine()).key, 'unfinished')
      assert.equal(await maintenance.reseal(encryptionKey), 10)
      assert.equal(await maintenance.reseal(encryptionKey), 0)
      assert.equal((await maintenance.examine()).key, 'fits')
      await maintenance.close()

      const tokens = [...(await everything(connection)).values()]
        .flat()
        .flatMap((row) => Object.values(row))
        .filter((value) => typeof value === 'string' && value.startsWith('gAAAA'))
      assert.equal(tokens.length, 11)
      for (const token of tokens) assert.doesNotThrow(() => fernet(newKey).unseal(String(token)))
      const again = await open(connection, { encryptionKey: newKey })
      const [stack] = stacks
      assert.deepEqual((await again.credential(stack?.credentialId ?? ''))?.document, {
        trust: 'secret trust',
      })
      assert.deepEqual((await again.resources(stack?.id ?? ''))[0]?.secrets, { password: 'sesame' })
      assert.ok(await again.template(stack?.templateId ?? ''))
      await again.close()
    })

    it('encrypts nothing with a new key if the old one is wrong', async () => {
      const connection = await subject.empty()
      await (await open(connection)).close()
      const maintenance = await maintaining(connection, newKey)
      assert.equal((await maintenance.examine()).key, 'differs')
      await assert.rejects(maintenance.reseal('k'.repeat(32)), /neither with the old key/)
      await maintenance.close()
      await (await open(connection)).close()
    })

    it('shows what a resource keeps for itself, but no secret (§2)', async () => {
      const connection = await subject.empty()
      const store = await open(connection)
      const { stack, owner } = await owned(store)
      const resource = aResource(stack.id, { physicalId: 'server-7', secrets: { password: 'sesame' } })
      await store.write(change(owner, { resources: [resource] }))
      const maintenance = await maintaining(connection)
      const shown = { step: 'attached', password: '******' }
      assert.deepEqual(await maintenance.resourceData(resource.id), shown)
      assert.deepEqual(await maintenance.resourceData('server-7'), shown)
      assert.equal(await maintenance.resourceData('unknown'), undefined)
      await maintenance.close()
      await store.close()
    })

    it('tells what there is to know of the database', async () => {
      const connection = await subject.empty()
      const maintenance = await maintaining(connection)
      const { kind, clockAheadMs, settings } = await maintenance.examine()
      if (kind === 'sqlite') assert.deepEqual([clockAheadMs, settings], [undefined, {}])
      else {
        assert.ok(Math.abs(clockAheadMs ?? Number.NaN) < 2_000)
        assert.ok(Object.keys(settings).length >= 4)
      }
      await maintenance.close()
    })

    it('knows every table that has something of a stack', async () => {
      const connection = await subject.empty()
      await (await open(connection)).close()
      const database = await openDatabase({ connection, log: silent })
      const tables = await database.db.introspection.getTables()
      await database.close()
      const ofStacks = tables
        .filter(
          ({ name, columns }) => name.startsWith('hearth_') && columns.some((c) => c.name === 'stack_id'),
        )
        .map(({ name }) => name)
      assert.deepEqual([...new Set(ofStacks)].toSorted(), [...partsOfStacks].toSorted())
    })
  })
}
