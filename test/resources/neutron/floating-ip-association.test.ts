import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FloatingIPAssociation } from '../../../src/resources/neutron/floating-ip-association.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'

const basic = { floatingip_id: 'f1', port_id: 'p1' }
const association = (given: object, leadsTo?: string | null) =>
  rehearse(FloatingIPAssociation, given as never, {
    'neutron.floatingIps.get': { id: 'f1', port_id: leadsTo },
  })

describe('OS::Neutron::FloatingIPAssociation', () => {
  it('has the ID of the resource', async () => {
    const one = association({ ...basic, fixed_ip_address: '10.0.0.4' })
    assert.equal(await one.create(), one.self.uuid)
    assert.deepEqual(one.requests, [
      ['neutron.floatingIps.update', 'f1', { port_id: 'p1', fixed_ip_address: '10.0.0.4' }],
    ])
  })

  it('is found again where the floating IP leads to the port', async () => {
    const find = (leadsTo: string | null) =>
      FloatingIPAssociation.find?.({ ...association(basic, leadsTo).context(), since: new Date(0) })
    assert.deepEqual(await find('p1'), { id: association(basic).self.uuid })
    assert.equal(await find(null), undefined)
  })

  it('is in order while the floating IP leads to the port', async () => {
    await FloatingIPAssociation.check?.(association(basic, 'p1').context())
    await assert.rejects(async () => FloatingIPAssociation.check?.(association(basic, null).context()), {
      message: "'port_id': expected 'p1', got 'null'",
    })
  })

  it('frees the floating IP that it leaves for another', async () => {
    const one = association(basic, 'p1')
    await one.create()
    one.hush()
    await one.update({ floatingip_id: 'f2', port_id: 'p2' })
    assert.deepEqual(one.requests, [
      ['neutron.floatingIps.get', 'f1'],
      ['neutron.floatingIps.update', 'f1', { port_id: null }],
      ['neutron.floatingIps.update', 'f2', { port_id: 'p2' }],
    ])
  })

  it('leads to another port in place', async () => {
    const one = association(basic, 'p1')
    await one.create()
    one.hush()
    await one.update({ ...basic, port_id: 'p2' })
    assert.deepEqual(one.requests, [['neutron.floatingIps.update', 'f1', { port_id: 'p2' }]])
  })

  it('leaves a floating IP alone that leads elsewhere by now', async () => {
    const moved = association(basic, 'p9')
    await moved.delete()
    assert.deepEqual(moved.requests, [['neutron.floatingIps.get', 'f1']])
    const own = association(basic, 'p1')
    await own.delete()
    assert.deepEqual(own.requests.at(-1), ['neutron.floatingIps.update', 'f1', { port_id: null }])
  })
})
