import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { systemClock } from '../../src/base/clock.ts'
import { silent } from '../../src/base/log.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { fernet } from '../../src/store/fernet.ts'
import { migrate } from '../../src/store/migrations.ts'
import { Templates } from '../../src/store/templates.ts'
import { aStack, aTemplate, encryptionKey } from './fixtures.ts'

const minute = 60_000
let now = 0
const clock = { now: () => now, sleep: () => Promise.resolve() }

let database: Database
before(async () => {
  database = await openDatabase({ connection: 'sqlite://', log: silent })
  await migrate(database, systemClock)
})
after(() => database.close())

const opened = () => new Templates(database, fernet(encryptionKey), clock)
const storedFiles = () => database.read((db) => db.selectFrom('hearth_files').select('content').execute())

async function save(templates: Templates, files: Record<string, string>) {
  const stack = aStack()
  const row = aTemplate(stack, { files })
  const committed = await database.transaction((tx) => templates.save(tx, [row]))
  committed()
  return row
}

it('drops files that nothing refers to, an hour after their last use', async () => {
  const templates = opened()
  const first = await save(templates, { name: 'first' })
  const second = await save(templates, { name: 'first' })
  const other = await save(templates, { name: 'other' })
  assert.equal((await storedFiles()).length, 2)

  now += 90 * minute
  await templates.forget(first.stackId, [])
  await templates.forget(other.stackId, [])
  now += 20 * minute
  await templates.forget(first.stackId, [])
  assert.equal((await storedFiles()).length, 1, 'first is still referred to, other is not')

  now += 90 * minute
  await templates.forget(second.stackId, [])
  now += 20 * minute
  await templates.forget(second.stackId, [])
  assert.deepEqual(await storedFiles(), [])
})

it('keeps files that were used lately, though nothing refers to them yet', async () => {
  const templates = opened()
  const old = await save(templates, { name: 'shared' })
  now += 90 * minute
  const again = await save(opened(), { name: 'shared' })
  await templates.forget(old.stackId, [])
  await templates.forget(again.stackId, [])
  now += 20 * minute
  await templates.forget(old.stackId, [])
  assert.equal((await storedFiles()).length, 1)
})
