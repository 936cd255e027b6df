import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CloudError } from '../../../src/cloud/error.ts'
import { Net } from '../../../src/resources/neutron/net.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'

const made = { 'neutron.networks.create': { id: 'net-1' } }

describe('OS::Neutron::Net', () => {
  it('is created by one request, with its value_specs in it', async () => {
    const net = rehearse(Net, { value_specs: { mtu: 9000 }, qos_policy: 'gold' }, made)
    await net.create()
    assert.deepEqual(net.requests, [
      [
        'neutron.networks.create',
        {
          name: net.self.physicalName,
          mtu: 9000,
          admin_state_up: true,
          shared: false,
          qos_policy_id: 'gold',
        },
      ],
    ])
  })

  it('gets its tags and DHCP agents by calls of their own', async () => {
    const net = rehearse(Net, { tags: ['a'], dhcp_agent_ids: ['d1'] }, made)
    await net.create()
    assert.deepEqual(net.requests.slice(1), [
      ['neutron.networks.setDhcpAgents', 'net-1', ['d1']],
      ['neutron.networks.setTags', 'net-1', ['a']],
    ])
    net.hush()
    await net.update({})
    assert.deepEqual(net.requests, [
      ['neutron.networks.setDhcpAgents', 'net-1', []],
      ['neutron.networks.setTags', 'net-1', []],
    ])
  })

  it('leaves the agents to Neutron when the list is empty from the start', async () => {
    const net = rehearse(Net, { dhcp_agent_ids: [], tags: [] }, made)
    await net.create()
    assert.equal(net.requests.length, 1)
  })

  it('sends what changed, and of the value_specs only the entries that did', async () => {
    const net = rehearse(Net, { value_specs: { mtu: 1400, vlan: 1 }, admin_state_up: true }, made)
    await net.create()
    net.hush()
    await net.update({ value_specs: { mtu: 1500, vlan: 1 }, admin_state_up: false })
    assert.deepEqual(net.requests, [
      ['neutron.networks.update', 'net-1', { mtu: 1500, admin_state_up: false }],
    ])
  })

  it('goes back to what Neutron has by default when properties are taken away', async () => {
    const net = rehearse(
      Net,
      { name: 'own', qos_policy: 'q', dns_domain: 'a.org.', port_security_enabled: false },
      made,
    )
    await net.create()
    net.hush()
    await net.update({})
    assert.deepEqual(net.requests, [
      [
        'neutron.networks.update',
        'net-1',
        { name: net.self.physicalName, port_security_enabled: true, qos_policy_id: null, dns_domain: '' },
      ],
    ])
  })

  it('has segments, if the user may know them', async () => {
    const told = rehearse(Net, {}, { 'neutron.networks.segments': [{ id: 's' }] })
    assert.deepEqual(await Net.compute?.segments?.(told.context()), [{ id: 's' }])
    const forbidden = new CloudError('no', { kind: 'forbidden', service: 'network' })
    const untold = rehearse(Net, {}, { 'neutron.networks.segments': forbidden })
    assert.equal(await Net.compute?.segments?.(untold.context()), null)
  })
})
