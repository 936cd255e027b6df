import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { integer, list, object, string } from '../../../src/schema/index.ts'
import { fieldList } from '../../../tools/reference/fields.ts'

describe('a declared shape in the reference', () => {
  it('lists what is required first, then by name, with all that is to be known of each', () => {
    const shape = {
      size: integer('How large.', { default: 1, range: { min: 1 }, updatable: true, since: '2.0' }),
      kind: string('What it is.', { oneOf: ['a', 'b'] }),
      type: string('Of which type.', { required: true }),
    }
    assert.equal(
      fieldList(shape, { changes: true }),
      [
        '- `type` (string; required) Of which type.',
        '- `kind` (string; one of `a`, `b`) What it is.',
        '- `size` (integer; default: `1`; at least 1; changes in place; since 2.0) How large.',
        '',
      ].join('\n'),
    )
  })

  it('goes into maps and lists, and leaves out what is hidden', () => {
    const shape = {
      rules: list(object({ port: integer('The port.') }), 'The rules.'),
      former: string('Not to be seen.', { support: 'HIDDEN' }),
    }
    assert.equal(fieldList(shape), '- `rules` (list of maps) The rules.\n  - `port` (integer) The port.\n')
  })
})
