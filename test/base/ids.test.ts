import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hexId, isUuid, shortId, uuid } from '../../src/base/ids.ts'

test('a UUID is one with dashes or without, in any case', () => {
  assert.ok(isUuid(uuid()))
  assert.ok(isUuid(hexId()))
  assert.ok(isUuid('7CD68E33-3C1A-44B4-8D45-7EE3EDA33C1B'))
  for (const text of ['', 'web', '7cd68e33', `${uuid()}0`]) assert.ok(!isUuid(text), text)
})

test('a short ID has twelve characters, and is always the same for the same UUID', () => {
  const id = uuid()
  assert.match(shortId(id), /^[a-z2-7]{12}$/)
  assert.equal(shortId(id), shortId(id))
  assert.notEqual(shortId(id), shortId(uuid()))
})
