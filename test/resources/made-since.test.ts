import assert from 'node:assert/strict'
import { it } from 'node:test'
import { madeSince } from '../../src/resources/made-since.ts'

it('tells what was made since a moment, give or take what clocks differ', () => {
  const since = new Date('2026-03-01T12:00:00Z')
  assert.equal(madeSince('2026-03-01T11:59:58Z', since), true)
  assert.equal(madeSince('2026-03-01T12:00:01.000000', since), true)
  assert.equal(madeSince('2026-03-01T13:00:00+02:00', since), false)
  assert.equal(madeSince('2026-03-01T11:58:00Z', since), false)
  assert.equal(madeSince(undefined, since), false)
})
