import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { systemClock } from '../../src/base/clock.ts'
import { silent } from '../../src/base/log.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrations.ts'

describe('transactions of one moment in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-store-'))
  const connection = `sqlite:///${folder}/store.db`
  let database: Database
  before(async () => {
    database = await openDatabase({ connection, log: silent })
    await migrate(database, systemClock)
  })
  after(async () => {
    await database.close()
    rmSync(folder, { recursive: true })
  })

  const add = (name: string) =>
    database.transaction((tx) => tx.insertInto('hearth_setting').values({ name, value: '' }).execute())

  const names = async () => {
    const rows = await database.read((db) => db.selectFrom('hearth_setting').select('name').execute())
    return rows.map(({ name }) => name).sort()
  }

  it('stand each for itself: what one did before it failed is undone, and nothing else', async () => {
    const fails = database.transaction(async (tx) => {
      await tx.insertInto('hearth_setting').values({ name: 'undone', value: '' }).execute()
      throw new Error('after all not')
    })
    const twice = [add('c'), add('c')]
    const [a, failed, b, once, again] = await Promise.allSettled([add('a'), fails, add('b'), ...twice])
    assert.deepEqual(
      [a, failed, b, once, again].map((one) => one?.status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'rejected'],
    )
    assert.match(String(failed?.status === 'rejected' && failed.reason), /after all not/)
    assert.equal(again?.status === 'rejected' && database.mishap(again.reason), 'duplicate')
    assert.deepEqual(await names(), ['a', 'b', 'c'])
  })

  it('see what those before them did, and are all there for whoever reads once they are told done', async () => {
    const count = (tx: Parameters<Parameters<typeof database.transaction>[0]>[0]) =>
      tx.selectFrom('hearth_setting').select('name').execute()
    const counts = await Promise.all(
      Array.from({ length: 250 }, (_, i) =>
        database.transaction(async (tx) => {
          await tx
            .insertInto('hearth_setting')
            .values({ name: `many-${i}`, value: '' })
            .execute()
          return (await count(tx)).length
        }),
      ),
    )
    assert.deepEqual(
      counts,
      Array.from({ length: 250 }, (_, i) => i + 4),
    )
    assert.equal((await names()).length, 253)
  })
})
