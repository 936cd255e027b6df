import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemClock } from '../../src/base/clock.ts'
import { silent } from '../../src/base/log.ts'
import { openDatabase } from '../../src/store/database.ts'
import { type Migration, migrate, migrations } from '../../src/store/migrations.ts'
import { encryptionKey, open, stored } from './fixtures.ts'
import type { Subject } from './suite.ts'

const later: Migration = {
  name: 'later',
  async up({ createTable }) {
    await createTable('hearth_later' as never, { id: ['id', 'key'] })
  },
}

export function describeSchema(subject: Subject): void {
  describe(`the schema on ${subject.name}`, () => {
    it('is made once by several that start at the same moment', async () => {
      const connection = await subject.empty()
      const stores = await Promise.all([1, 2, 3, 4].map(() => open(connection)))
      const stack = await stored(stores[0] ?? assert.fail())
      if (connection !== 'sqlite://')
        for (const store of stores) assert.deepEqual(await store.stack(stack.id), stack)
      await Promise.all(stores.map((store) => store.close()))
    })

    it('is brought up to date, and refused by a program that is older', async () => {
      const connection = await subject.empty()
      const database = await openDatabase({ connection, log: silent })
      await migrate(database, systemClock)
      await Promise.all([1, 2].map(() => migrate(database, systemClock, [...migrations, later])))
      const versions = await database.db
        .selectFrom('hearth_schema')
        .select(['version', 'name'])
        .orderBy('version')
        .execute()
      assert.deepEqual(
        versions.map((row) => `${row.version} ${row.name}`),
        [...migrations, later].map(({ name }, index) => `${index + 1} ${name}`),
      )
      await assert.rejects(
        migrate(database, systemClock),
        /schema version \d+, and this program knows versions up to \d+/,
      )
      await database.close()
      if (connection !== 'sqlite://') await assert.rejects(open(connection), /run a newer Hearth/)
    })

    it('is finished by the next that starts, if one was interrupted in the middle', async () => {
      const connection = await subject.empty()
      const database = await openDatabase({ connection, log: silent })
      const [first] = migrations
      const interrupted: Migration = {
        name: 'first tables',
        async up(schema) {
          let tables = 0
          const createTable: typeof schema.createTable = (...args) => {
            if (++tables > 3) throw new Error('the machine lost power')
            return schema.createTable(...args)
          }
          await first?.up({ ...schema, createTable })
        },
      }
      await assert.rejects(migrate(database, systemClock, [interrupted]), /lost power/)
      await migrate(database, systemClock)
      assert.deepEqual(await database.db.selectFrom('hearth_event').selectAll().execute(), [])
      await database.close()
    })

    it('refuses a database that was encrypted with another key', async () => {
      const connection = await subject.empty()
      if (connection === 'sqlite://') return
      await (await open(connection)).close()
      const another = [...encryptionKey].reverse().join('')
      await assert.rejects(open(connection, { encryptionKey: another }), /another auth_encryption_key/)
      await (await open(connection)).close()
    })
  })
}
