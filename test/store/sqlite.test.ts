import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import { aResource, change, open, owned, stored } from './fixtures.ts'

const folder = mkdtempSync(join(tmpdir(), 'hearth-sqlite-'))
after(() => rmSync(folder, { recursive: true }))

it('makes a file, and its folder, that only its owner can read', async () => {
  const path = join(folder, 'state', 'deep', 'store.db')
  const store = await open(`sqlite:///${path}`)
  await stored(store)
  for (const file of [path, `${path}-wal`]) assert.equal(statSync(file).mode & 0o077, 0)
  assert.equal(statSync(join(folder, 'state')).mode & 0o077, 0)
  await store.close()
})

it('says where a file can not be made', async () => {
  writeFileSync(join(folder, 'file'), '')
  await assert.rejects(open(`sqlite:///${folder}/file/store.db`), /mkdir.*file/)
})

it('keeps all in memory if it is told no file', async () => {
  const [store, another] = await Promise.all([open('sqlite://'), open('sqlite://')])
  const { stack, owner } = await owned(store)
  const writes = Array.from({ length: 100 }, () =>
    store.write(change(owner, { resources: [aResource(stack.id)] })),
  )
  await Promise.all([...writes, store.stack(stack.id)])
  assert.equal((await store.resources(stack.id)).length, 100)
  assert.equal(await another.stack(stack.id), undefined)
  await Promise.all([store.close(), another.close()])
})
