import assert from 'node:assert/strict'
import { it } from 'node:test'
import { trustMarks } from '../../src/identity/trust-marks.ts'

it('trusts end at seconds that say for which site they are, each at another, and far away', () => {
  for (const site of ['here', 'there', '', 'a site of which nobody knows']) {
    const marks = trustMarks(site)
    const ends = Array.from({ length: 20 }, () => marks.newEnd())
    for (const end of ends) {
      assert.match(end, /^[2-6]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.000000Z$/)
      assert.ok(marks.isOwn(end), end)
    }
    assert.ok(new Set(ends).size > 15)
  }
})

it('ends of other trusts say nothing', () => {
  const marks = trustMarks('here')
  const others = Array.from({ length: 1000 }, (_, i) => trustMarks(`site ${i}`).newEnd())
  for (const end of [...others, null, '', '2027-01-01T00:00:00.000000Z', 'never'])
    assert.ok(!marks.isOwn(end), String(end))
})
