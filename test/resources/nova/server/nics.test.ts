import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { namedNetworks, nicsOf } from '../../../../src/resources/nova/server/nics.ts'
import { changes, played } from './stage.ts'

const nics = (networks?: object[]) => nicsOf(played(networks ? { networks } : {}).context())

describe("a new server's interfaces", () => {
  it('are left to Nova when nothing is said', async () => {
    assert.equal(await nics(), undefined)
    assert.equal(await nics([]), undefined)
  })

  it('may be named by a word', async () => {
    assert.equal(await nics([{ allocate_network: 'none' }]), 'none')
    assert.equal(namedNetworks([{ allocate_network: 'auto' }]), 'auto')
  })

  it('are networks, ports, and ports that are made for them', async () => {
    const entries = [
      { network: 'n1', fixed_ip: '10.0.0.9', tag: 't' },
      { port: 'p9' },
      { uuid: 'n2' },
      { subnet: 'sub-1' },
    ]
    assert.deepEqual(await nics(entries), [
      { uuid: 'n1', fixed_ip: '10.0.0.9', tag: 't' },
      { port: 'p9' },
      { uuid: 'n2' },
      { port: 'port-1' },
    ])
  })

  it('have their floating IPs before the server boots', async () => {
    const server = played({
      networks: [
        { port: 'p9', floating_ip: 'f1' },
        { subnet: 'sub-1', fixed_ip: '10.0.0.9', floating_ip: 'f2' },
      ],
    })
    await nicsOf(server.context())
    assert.deepEqual(
      changes(server).filter(([call]) => call === 'neutron.floatingIps.update'),
      [
        ['neutron.floatingIps.update', 'f1', { port_id: 'p9' }],
        ['neutron.floatingIps.update', 'f2', { port_id: 'port-1', fixed_ip_address: '10.0.0.9' }],
      ],
    )
  })
})
