import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FloatingIP } from '../../../src/resources/neutron/floating-ip.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'

const basic = { floating_network: 'ext' }
const since = new Date('2026-03-01T12:00:00Z')
const young = { id: 'fip-1', created_at: '2026-03-01T12:00:01Z' }

const floating = (given: object = {}, listed: readonly object[] = []) =>
  rehearse(
    FloatingIP,
    { ...basic, ...given },
    { 'neutron.floatingIps.create': { id: 'fip-1' }, 'neutron.floatingIps.list': listed },
  )

describe('OS::Neutron::FloatingIP', () => {
  it('bears a description that leads back to it, for it has no name', async () => {
    const fip = floating({ port_id: 'p1', floating_subnet: 's1' })
    await fip.create()
    const description = `hearth resource ${fip.self.uuid}`
    assert.deepEqual(fip.requests, [
      [
        'neutron.floatingIps.create',
        { description, floating_network_id: 'ext', subnet_id: 's1', port_id: 'p1' },
      ],
    ])
  })

  it('keeps a description of its own', async () => {
    const fip = floating({ value_specs: { description: 'mine' } })
    await fip.create()
    assert.deepEqual(fip.requests, [
      ['neutron.floatingIps.create', { description: 'mine', floating_network_id: 'ext' }],
    ])
  })

  it('is found again by its description, if it was made since', async () => {
    const fip = floating({}, [young, { id: 'old', created_at: '2025-01-01T00:00:00Z' }])
    assert.deepEqual(await FloatingIP.find?.({ ...fip.context(), since }), [young])
    assert.deepEqual(fip.requests, [
      [
        'neutron.floatingIps.list',
        { floating_network_id: 'ext', description: `hearth resource ${fip.self.uuid}` },
      ],
    ])
  })

  it('leads elsewhere, or nowhere, in place', async () => {
    const fip = floating({ port_id: 'p1' })
    await fip.create()
    fip.hush()
    await fip.update({ ...basic, port_id: 'p1', fixed_ip_address: '10.0.0.4' })
    await fip.update({ ...basic, port_id: 'p2' })
    await fip.update(basic)
    assert.deepEqual(fip.requests, [
      ['neutron.floatingIps.update', 'fip-1', { port_id: 'p1', fixed_ip_address: '10.0.0.4' }],
      ['neutron.floatingIps.update', 'fip-1', { port_id: 'p2' }],
      ['neutron.floatingIps.update', 'fip-1', { port_id: null }],
    ])
  })

  it('keeps its address when its DNS name changes, which Neutron takes only at first', async () => {
    const fip = floating({ dns_name: 'a' })
    await fip.create()
    fip.hush()
    await fip.update({ ...basic, dns_name: 'b' })
    assert.deepEqual(fip.requests, [])
  })

  it('needs a port for a fixed address', () => {
    assert.deepEqual(FloatingIP.validate?.({ fixed_ip_address: '10.0.0.4' }, 'fip'), [
      { path: [], message: 'fixed_ip_address cannot be specified without port_id.' },
    ])
  })
})
