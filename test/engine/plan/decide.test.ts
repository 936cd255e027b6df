import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide, type Recorded } from '../../../src/engine/plan/decide.ts'
import { integer, string, UNKNOWN } from '../../../src/schema/index.ts'

const shape = {
  size: integer('', { updatable: true }),
  weight: integer('', { updatable: true }),
  color: string(''),
  origin: string('', { immutable: true }),
}

const thing: Recorded = {
  type: 'Test::Thing',
  physicalId: 'id',
  action: 'CREATE',
  status: 'COMPLETE',
  properties: { size: 1, color: 'red', origin: 'here' },
  intent: null,
}

const given = { size: 1, color: 'red', origin: 'here' }

const decided = (recorded: Recorded | undefined, properties: object, more: object = {}) =>
  decide(recorded, {
    type: 'Test::Thing',
    properties: { ...properties },
    shape,
    nested: false,
    open: false,
    ...more,
  })

/** As `update size: size changed`. */
function said(recorded: Recorded | undefined, properties: object, more: object = {}): string {
  const { does, because } = decided(recorded, properties, more)
  return `${does}: ${because}`
}

describe('deciding on a resource', () => {
  it('creates what is not there, or was never made (§5)', () => {
    assert.equal(said(undefined, given), 'create: it is not there yet')
    assert.equal(said({ ...thing, physicalId: null, action: 'INIT' }, given), 'create: it is not there yet')
    assert.equal(said({ ...thing, physicalId: null, status: 'FAILED' }, given), 'create: it is not there yet')
  })

  it('replaces what another type began, even if that came to nothing', () => {
    const begun: Recorded = { ...thing, type: 'Test::Other', physicalId: null, status: 'IN_PROGRESS' }
    assert.equal(said(begun, given), 'replace: its type was Test::Other')
    assert.equal(said({ ...begun, action: 'INIT', status: 'COMPLETE' }, given), 'create: it is not there yet')
  })

  it('leaves what has not changed (§5)', () => {
    assert.equal(said(thing, given), 'leave: nothing changed')
  })

  it('updates in place what can be (§5)', () => {
    assert.equal(said(thing, { ...given, size: 2 }), 'update: size changed')
    assert.equal(said(thing, { ...given, size: undefined, weight: 3 }), 'update: size, weight changed')
  })

  it('replaces for a property that can not be changed in place (§5)', () => {
    assert.equal(said(thing, { ...given, color: 'blue' }), "replace: color can't be changed in place")
    assert.equal(said(thing, { size: 2, origin: 'here' }), "replace: color can't be changed in place")
  })

  it('refuses to change what may never change, whatever else would be done (§5)', () => {
    const decision = decided(thing, { ...given, color: 'blue', origin: 'there' })
    assert.ok(decision.does === 'refuse')
    assert.deepEqual(decision.properties, ['origin'])
  })

  it('replaces what is of another type now, or was being deleted (§5)', () => {
    assert.equal(said(thing, given, { type: 'Test::Other' }), 'replace: its type was Test::Thing')
    assert.equal(said({ ...thing, action: 'DELETE' }, given), 'replace: it was being deleted')
  })

  it('mends what failed even if nothing changed', () => {
    const decision = decided({ ...thing, status: 'FAILED' }, given)
    assert.ok(decision.does === 'update' && decision.mend)
    assert.equal(decision.because, 'its create failed')
  })

  it('counts as changed what an update that broke off may have changed', () => {
    const broken: Recorded = {
      ...thing,
      action: 'UPDATE',
      status: 'IN_PROGRESS',
      intent: { does: 'update', since: 1, toward: { ...given, size: 5 } },
    }
    assert.equal(said(broken, given), 'update: size changed')
    assert.equal(said(broken, { ...given, size: 5 }), 'update: size changed')
    assert.equal(said(broken, { ...given, weight: 1 }), 'update: size, weight changed')
  })

  it('does not replace for what no update in place can have touched', () => {
    const intent = { does: 'update', since: 1, toward: { ...given, color: 'RED' } } as const
    assert.equal(said({ ...thing, intent }, given), 'leave: nothing changed')
  })

  it('takes any change of an open type in place', () => {
    assert.equal(
      said(thing, { ...given, whatever: 1 }, { open: true, shape: {} }),
      'update: whatever changed',
    )
  })

  it('tells which values are not known yet', () => {
    const decision = decided(thing, { ...given, size: UNKNOWN, color: 'blue' })
    assert.ok(decision.does === 'replace')
    assert.deepEqual(decision.difference.undecided, ['size'])
    assert.deepEqual(decision.difference.changed, ['size', 'color'])
  })

  it('is not misled by the order of keys, nor by a value that was never given', () => {
    const kept: Recorded = { ...thing, properties: { color: 'red', origin: 'here', size: 1 } }
    assert.equal(said(kept, { ...given, weight: undefined }), 'leave: nothing changed')
  })
})
