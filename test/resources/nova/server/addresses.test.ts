import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addressesOf, firstAddress, networksOf } from '../../../../src/resources/nova/server/addresses.ts'
import { refusal } from '../../../cloud/told-session.ts'
import { live, played } from './stage.ts'

const subnet = { id: 'sub-1' }
const network = { id: 'net-1', name: 'private' }
const mac = 'fa:16:3e:00:00:01'
const cloud = {
  'neutron.ports.list': [
    {
      id: 'p1',
      network_id: 'net-1',
      mac_address: mac,
      fixed_ips: [{ subnet_id: 'sub-1', ip_address: '10.0.0.4' }],
    },
  ],
  'neutron.networks.get': network,
  'neutron.networks.list': [network],
  'neutron.subnets.get': subnet,
  'neutron.floatingIps.list': [
    { floating_ip_address: '172.24.4.9', fixed_ip_address: '10.0.0.4' },
    { floating_ip_address: '172.24.4.8', fixed_ip_address: '10.0.0.5' },
  ],
  'nova.servers.get': live({
    addresses: {
      private: [{ addr: '10.0.0.4' }, { addr: '172.24.4.9' }],
      empty: [],
      alpha: [{ addr: 'fd00::4' }],
    },
  }),
}

const context = (more: object = {}) => played({}, { ...cloud, ...more }).context()

describe("a server's addresses", () => {
  it('are told with all that belongs to them, by the name and by the ID of their network', async () => {
    const list = [
      {
        addr: '172.24.4.9',
        version: 4,
        'OS-EXT-IPS-MAC:mac_addr': mac,
        'OS-EXT-IPS:type': 'floating',
        port: null,
      },
      {
        addr: '10.0.0.4',
        version: 4,
        'OS-EXT-IPS-MAC:mac_addr': mac,
        'OS-EXT-IPS:type': 'fixed',
        port: 'p1',
        subnets: [subnet],
        network,
      },
    ]
    assert.deepEqual(await addressesOf(context()), { private: list, 'net-1': list })
  })

  it('are told by the ID of a network that the user may not look at', async () => {
    const forbidden = {
      'neutron.networks.get': refusal('not-found'),
      'neutron.floatingIps.list': refusal('forbidden'),
    }
    assert.deepEqual(Object.keys(await addressesOf(context(forbidden))), ['net-1'])
  })

  it('are told alone too', async () => {
    const found = await networksOf(context())
    assert.deepEqual(found.private, ['10.0.0.4', '172.24.4.9'])
    assert.deepEqual(Object.keys(found), ['private', 'empty', 'alpha', 'net-1'])
    const twins = { 'neutron.networks.list': [network, network] }
    assert.deepEqual(Object.keys(await networksOf(context(twins))), ['private', 'empty', 'alpha'])
  })

  it('have a first one, of the last network by name', async () => {
    assert.equal(await firstAddress(context()), '10.0.0.4')
    assert.equal(await firstAddress(context({ 'nova.servers.get': live() })), '')
  })
})
