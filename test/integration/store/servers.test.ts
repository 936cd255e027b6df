import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Unavailable } from '../../../src/contract/problems.ts'
import { type DatabaseService, installed, startMariadb, startPostgres } from '../../../tools/services.ts'
import { anEvent, aResource, change, open, owned } from '../../store/fixtures.ts'
import { describeStore } from '../../store/suite.ts'

const servers = [
  { name: 'PostgreSQL', there: installed.postgres(), start: startPostgres },
  { name: 'MariaDB', there: installed.mariadb(), start: startMariadb },
]

for (const { name, there, start } of servers) {
  describe(`a store in ${name}`, {
    skip: !there && `${name} is not installed: node tools/services.ts install`,
  }, () => {
    let service: DatabaseService
    before(async () => {
      service = await start()
    })
    after(() => service.stop())

    describeStore({
      name,
      empty: () => service.create(),
      bytes: async (connection) => service.dump(connection),
    })

    it(`loses and doubles nothing when ${name} is killed in the middle of writing, and goes on`, {
      timeout: 60_000,
    }, async (context) => {
      const store = await open(await service.create())
      context.after(() => store.close())
      const { stack, owner } = await owned(store)
      const rows = Array.from({ length: 400 }, (_, i) => aResource(stack.id, { name: `r${i}`, createdAt: i }))
      const events = rows.map((_, i) => anEvent(stack, { statusReason: `${i}` }))
      const writes: Promise<void>[] = []
      const killed = new Promise<void>((resolve) => setTimeout(() => resolve(service.kill()), 30))
      for (const [i, row] of rows.entries()) {
        writes.push(store.write(change(owner, { resources: [row], events: events.slice(i, i + 1) })))
        if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 5))
      }
      await killed
      await assert.rejects(store.stack(stack.id), Unavailable.is)
      await assert.rejects(store.heartbeat({ id: 'e', host: 'h', startedAt: 1, seenAt: 1 }), Unavailable.is)
      await service.start()
      await Promise.all(writes)
      assert.deepEqual(await store.resources(stack.id), rows)
      assert.deepEqual(await store.listEvents([stack.id], { sortDir: 'asc' }), events)
      assert.equal(await store.finish(owner, 1, change(owner)), true)
    })
  })
}
