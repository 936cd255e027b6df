import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { it } from 'node:test'
import type { Store } from '../../src/store/index.ts'
import { anEvent, aResource, aStack, aTemplate, change, deploymentOf, open, owned } from './fixtures.ts'

it('finds what it asks for by an index, whatever it asks', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-plans-'))
  context.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'store.db')
  const prepared: string[] = []
  const prepare = DatabaseSync.prototype.prepare
  context.mock.method(
    DatabaseSync.prototype,
    'prepare',
    function (this: DatabaseSync, sql: string): StatementSync {
      prepared.push(sql)
      return prepare.call(this, sql)
    },
  )
  const store = await open(`sqlite:///${path}`, { maxEventsPerStack: 1, eventPurgeBatchSize: 1 })
  prepared.length = 0

  const { stack, owner } = await owned(store, { tags: ['t'] })
  const child = aStack({ parentId: stack.id, rootId: stack.id, depth: 1 })
  const gone = aResource(stack.id)
  await store.write(
    change(owner, {
      resources: [aResource(stack.id)],
      forgotten: [gone.id],
      events: [anEvent(stack), anEvent(stack)],
      stack,
      children: [{ stack: child, template: aTemplate(child, { files: { a: 'b' } }), askedAt: 1 }],
    }),
  )
  const signal = { resourceId: gone.id, stackId: stack.id, id: '1', content: {}, createdAt: 1 }
  await store.addSignal({ resourceId: gone.id, signal, events: [], replaces: true })
  await store.signals(gone.id)
  await store.forgetSignals(gone.id, ['1'])
  await store.claimable(['somebody'])
  await store.retarget({ stack, seen: (await deploymentOf(store, stack.id)).request, askedAt: 2 })
  await Promise.all([
    store.stackByName('project', stack.name),
    store.children(stack.id),
    store.tree(stack.id),
    store.unhealthyStacks(stack.id),
    store.amend(stack.id, 0, { resources: [], events: [] }),
  ])
  const marker = stack.id
  await store.listStacks('project', { marker, limit: 5, tags: ['t'], filters: { name: ['x'] } }, ['hidden'])
  await store.listStacks(undefined, {}, [])
  await Promise.all([
    store.countStacks('project', {}, []),
    store.countLive('project'),
    store.countResources(stack.id),
    store.countSnapshots(stack.id),
    store.deployments([stack.id]),
  ])
  await Promise.all([store.resources(stack.id), store.resource(gone.id), store.ownedPhysicalIds(['a'])])
  await Promise.all([store.listEvents([stack.id, child.id], { limit: 3 }), store.event(stack.id, 'x')])
  await askForSoftware(store)
  await Promise.all([store.template('x'), store.forgetTemplates(stack.id, []), store.credential('x')])
  await store.write(change(owner, { stack: { ...stack, deletedAt: 5 } }))
  await store.close()

  const database = new DatabaseSync(path)
  const slow = prepared
    .filter((sql) => /^\s*(select|update|delete)/i.test(sql))
    .flatMap((sql) => {
      const plan = database
        .prepare(`explain query plan ${sql}`)
        .all(...Array<null>((sql.match(/\?/g) ?? []).length).fill(null))
      return plan
        .map(({ detail }) => `${detail}`)
        .filter((detail) => /^SCAN hearth_(?!engine)\w+$/.test(detail))
        .map((detail) => `${detail}: ${sql}`)
    })
  database.close()
  assert.deepEqual(slow, [])
})

async function askForSoftware(store: Store): Promise<void> {
  await Promise.all([
    store.softwareConfigs(['x']),
    store.listSoftwareConfigs('project', { limit: 5, marker: 'x' }),
    store.listSoftwareConfigs(undefined, { limit: 5 }),
    store.countSoftwareConfigs('project'),
    store.dropSoftwareConfig('x'),
    store.softwareDeployment('x'),
    store.listSoftwareDeployments({ projectId: 'project', serverId: 'x' }),
    store.listSoftwareDeployments({ projectId: 'project' }),
    store.countSoftwareDeployments('project'),
    store.changeSoftwareDeployment('x', { configId: 'y', updatedAt: 1 }),
    store.dropSoftwareDeployment('x'),
  ])
}
