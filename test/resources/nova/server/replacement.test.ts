import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { freeInterfaces, giveInterfacesBack } from '../../../../src/resources/nova/server/replacement.ts'
import { refusal } from '../../../cloud/told-session.ts'
import { changes, inTurn, live, nic, played } from './stage.ts'

const both = [nic('port-1', 'net-1'), nic('novas', 'net-2', '10.2.0.5')]

async function freed(answers: object = {}) {
  const server = played(
    { networks: [{ subnet: 'sub-1' }] },
    { 'nova.servers.interfaces': inTurn(both, []), ...answers },
  )
  await server.create()
  server.hush()
  await freeInterfaces(server.context())
  return server
}

describe('a server that is replaced', () => {
  it('gives up its interfaces, and the addresses of its own ports', async () => {
    assert.deepEqual(changes(await freed()), [
      ['nova.servers.detachInterface', 's1', 'port-1'],
      ['nova.servers.detachInterface', 's1', 'novas'],
      ['neutron.ports.update', 'port-1', { fixed_ips: [] }],
    ])
  })

  it('gives up only its own ports if it is broken or gone', async () => {
    for (const answer of [live({ status: 'ERROR' }), refusal('not-found')]) {
      assert.deepEqual(changes(await freed({ 'nova.servers.get': answer })), [
        ['neutron.ports.delete', 'port-1'],
      ])
    }
  })

  it('gets everything back when it stays after all', async () => {
    const ports = (id: string) => {
      if (id === 'novas') throw refusal('not-found')
      return { id, fixed_ips: [] }
    }
    const server = await freed({ 'neutron.ports.get': ports })
    await freeInterfaces(server.context())
    server.hush()
    await giveInterfacesBack(server.context())
    assert.deepEqual(changes(server), [
      ['neutron.ports.update', 'port-1', { fixed_ips: both[0]?.fixed_ips }],
      ['nova.servers.attachInterface', 's1', { port_id: 'port-1' }],
      ['nova.servers.attachInterface', 's1', { net_id: 'net-2', fixed_ips: [{ ip_address: '10.2.0.5' }] }],
    ])
    server.hush()
    await giveInterfacesBack(server.context())
    assert.deepEqual(server.requests, [])
  })

  it('keeps those that an update gave it since', async () => {
    const server = await freed()
    await server.update({
      image: 'debian',
      flavor: 'small',
      user_data_format: 'RAW',
      networks: [{ port: 'port-9' }],
    })
    server.hush()
    await giveInterfacesBack(server.context())
    assert.deepEqual(server.requests, [])
  })
})
