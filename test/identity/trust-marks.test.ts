import assert from 'node:assert/strict'
import { it } from 'node:test'
import { trustMarks } from '../../src/identity/trust-marks.ts'

const made = Date.UTC(2026, 5, 1, 9, 30, 15)

it('a trust ends at a moment that says when its site made it, and that is far away', () => {
  for (const site of ['here', 'there', '', 'a site of which nobody knows']) {
    const marks = trustMarks(site)
    const end = marks.endFor(made)
    assert.match(end, /^[2-6]\d{3}-\d\d-\d\dT09:30:15\.\d{6}Z$/)
    assert.equal(marks.madeAt(end), made)
  }
})

it('ends of other trusts say nothing', () => {
  const marks = trustMarks('here')
  const others = Array.from({ length: 1000 }, (_, i) => trustMarks(`site ${i}`).endFor(made))
  for (const end of [...others, null, '', '2027-01-01T00:00:00.000000Z', 'never'])
    assert.equal(marks.madeAt(end), undefined, String(end))
})
