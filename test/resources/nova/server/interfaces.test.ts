import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Interface } from '../../../../src/cloud/nova/index.ts'
import { planInterfaces, type Wanted } from '../../../../src/resources/nova/server/interfaces.ts'

const nic = (port: string, net: string, address = '10.0.0.4'): Interface => ({
  port_id: port,
  net_id: net,
  mac_addr: 'fa:16:3e:00:00:01',
  port_state: 'ACTIVE',
  fixed_ips: [{ ip_address: address, subnet_id: `${net}-subnet` }],
})

const onNetwork = (index: number, network: string, entry: Wanted['entry'] = {}): Wanted => ({
  index,
  network,
  entry,
})

function planned(interfaces: readonly Interface[], wanted: readonly Wanted[], managed = interfaces) {
  const { kept, attach, detach } = planInterfaces(interfaces, wanted, (one) => managed.includes(one))
  return {
    kept: [...kept].map(([{ index }, { port_id }]) => [index, port_id]),
    attach: attach.map(({ index }) => index),
    detach: detach.map(({ port_id }) => port_id),
  }
}

describe("a server's interfaces", () => {
  it('stay where an entry is content with them', () => {
    const wanted = [onNetwork(0, 'a'), onNetwork(1, 'b', { fixed_ip: '10.0.0.9' })]
    assert.deepEqual(planned([nic('p1', 'a'), nic('p2', 'b', '10.0.0.9')], wanted), {
      kept: [
        [1, 'p2'],
        [0, 'p1'],
      ],
      attach: [],
      detach: [],
    })
  })

  it('come and go where none is content', () => {
    assert.deepEqual(planned([nic('p1', 'a')], [onNetwork(0, 'a', { fixed_ip: '10.0.0.77' })]), {
      kept: [],
      attach: [0],
      detach: ['p1'],
    })
  })

  it('go first to the entries that leave the least choice', () => {
    const interfaces = [nic('p1', 'a', '10.0.0.4'), nic('p2', 'a', '10.0.0.5')]
    const wanted = [
      onNetwork(0, 'a'),
      { ...onNetwork(1, 'a'), subnet: 'a-subnet' },
      onNetwork(2, 'a', { fixed_ip: '10.0.0.4' }),
      { index: 3, entry: {}, port: 'p2' },
    ]
    assert.deepEqual(planned(interfaces, wanted).kept, [
      [3, 'p2'],
      [2, 'p1'],
    ])
  })

  it('are on the subnet that is wanted', () => {
    const other = { ...onNetwork(0, 'a'), subnet: 'other-subnet' }
    assert.deepEqual(planned([nic('p1', 'a')], [other]).attach, [0])
  })

  it('are never taken for a port that has more said of it', () => {
    const measured = onNetwork(0, 'a', { port_extra_properties: { admin_state_up: true } as never })
    assert.deepEqual(planned([nic('p1', 'a')], [measured]).attach, [0])
    assert.deepEqual(planned([nic('p1', 'a')], [{ ...measured, port: 'p1' }]).attach, [])
  })

  it('stay if others attached them', () => {
    const interfaces = [nic('p1', 'a'), nic('theirs', 'b')]
    assert.deepEqual(planned(interfaces, [], [nic('p1', 'a')]).detach, [])
    assert.deepEqual(planned(interfaces, [], interfaces.slice(0, 1)).detach, ['p1'])
  })
})
