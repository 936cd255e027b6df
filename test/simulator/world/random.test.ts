import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from '../../../src/simulator/world/random.ts'

test('IDs have the form of UUIDs and do not come twice, even after the state was put away', () => {
  const random = new Random(1)
  const ids = Array.from({ length: 5000 }, () => random.uuid())
  assert.equal(new Set(ids).size, ids.length)
  assert.ok(
    ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
  )
  assert.ok(!ids.includes(new Random(random.state).uuid()))
})
