import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { keptOf } from '../../../src/engine/plan/kept.ts'
import type { ResourceRow } from '../../../src/store/index.ts'
import { defined, thing, thingOn, types } from '../templates.ts'

let moment = 0

function row(name: string, id: string, part: Partial<ResourceRow> = {}): ResourceRow {
  return {
    ...{ id, name, stackId: 'stack', type: 'Test::Thing', physicalId: id, reference: id, statusReason: '' },
    ...{ action: 'CREATE', status: 'COMPLETE', properties: { color: 'red' }, sealed: false, metadata: {} },
    ...{ attributes: {}, deletionPolicy: 'Delete', notes: {}, secrets: {}, needs: [], templateId: 'first' },
    ...{
      external: false,
      replaces: null,
      replacedBy: null,
      intent: null,
      createdAt: ++moment,
      updatedAt: moment,
    },
    ...part,
  }
}

const blue = { color: 'blue' }

/** Which of these rows are kept when the things are to have this color; the wanted template is the third. */
function chosen(rows: readonly ResourceRow[], color: string): readonly string[] {
  const definition = defined({ a: thing({ color }), b: thingOn(['a'], {}) })
  return [...keptOf(rows, { definition, registry: types, templateId: 'third' }).values()].map(({ id }) => id)
}

describe('choosing the rows to go on with', () => {
  it('takes the one there is, and none that is not wanted', () => {
    assert.deepEqual(chosen([row('a', 'a1'), row('z', 'z1')], 'red'), ['a1'])
  })

  it('goes on with a replacement, even one that has not begun (§6)', () => {
    const pair = [row('a', 'old', { replacedBy: 'new' })]
    const replacement = {
      replaces: 'old',
      templateId: 'third',
      status: 'IN_PROGRESS',
      properties: blue,
    } as const
    assert.deepEqual(chosen([...pair, row('a', 'new', replacement)], 'blue'), ['new'])
    const begun = { ...replacement, physicalId: null, action: 'INIT', properties: null } as const
    assert.deepEqual(chosen([...pair, row('a', 'new', begun)], 'blue'), ['new'])
  })

  it('goes back to what was there before when that is wanted again (§6)', () => {
    const pair = [
      row('a', 'old', { replacedBy: 'new' }),
      row('a', 'new', { properties: blue, templateId: 'second' }),
    ]
    assert.deepEqual(chosen(pair, 'red'), ['old'])
    assert.deepEqual(chosen(pair, 'blue'), ['new'])
    assert.deepEqual(chosen(pair, 'green'), ['new'])
  })

  it('does not go back to what is being deleted, or what failed (§6)', () => {
    const fresh = row('a', 'new', { properties: blue })
    assert.deepEqual(chosen([row('a', 'old', { action: 'DELETE', replacedBy: 'new' }), fresh], 'red'), [
      'new',
    ])
    assert.deepEqual(chosen([row('a', 'old', { status: 'FAILED', replacedBy: 'new' }), fresh], 'red'), [
      'new',
    ])
  })

  it('goes on with a replacement though the old one differs only in what could change in place otherwise', () => {
    const size = { physicalId: null, status: 'IN_PROGRESS', templateId: 'third', replaces: 'old' } as const
    const rows = [
      row('a', 'old', { properties: { size: 1 }, replacedBy: 'new' }),
      row('a', 'new', { ...size, properties: { size: 13 } }),
    ]
    const definition = defined({ a: thing({ size: 13 }) })
    assert.equal(keptOf(rows, { definition, registry: types, templateId: 'third' }).get('a')?.id, 'new')
  })

  it('prefers what is sound to a replacement that failed (§6)', () => {
    const failed = row('a', 'new', { properties: blue, status: 'FAILED', templateId: 'second' })
    assert.deepEqual(chosen([row('a', 'old', { replacedBy: 'new' }), failed], 'green'), ['old'])
  })

  it('looks at what was chosen of the others before it says what fits', () => {
    const rows = [
      row('b', 'b-old', { properties: { base: ['a-old'] }, replacedBy: 'b-new' }),
      row('b', 'b-new', {
        properties: { base: ['a-new'] },
        replaces: 'b-old',
        templateId: 'second',
        type: 'Test::Other',
      }),
      row('a', 'a-old', { replacedBy: 'a-new' }),
      row('a', 'a-new', { properties: blue, replaces: 'a-old', templateId: 'second' }),
    ]
    assert.deepEqual(chosen(rows, 'red'), ['a-old', 'b-old'])
  })
})
