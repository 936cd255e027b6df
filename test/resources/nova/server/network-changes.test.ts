import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isDetached, startDetaching } from '../../../../src/resources/nova/server/network-changes.ts'
import { refusal } from '../../../cloud/told-session.ts'
import { changes, inTurn, live, nic, played } from './stage.ts'

/** Changes the networks of a server that has these interfaces, before anything and after it was told to detach some. */
async function changed(
  from: object[] | undefined,
  to: object[] | undefined,
  { has, later = has, more = {} }: { has: object[]; later?: object[]; more?: object },
) {
  const server = played({ networks: from }, { 'nova.servers.interfaces': inTurn(has, later), ...more })
  await server.update({ image: 'debian', flavor: 'small', user_data_format: 'RAW', networks: to })
  return changes(server)
}

const a = nic('p1', 'net-a')

describe("a server's networks", () => {
  it('change where an entry is content with nothing there', async () => {
    assert.deepEqual(await changed([{ network: 'net-a' }], [{ port: 'p7' }], { has: [a], later: [] }), [
      ['nova.servers.detachInterface', 'id-1', 'p1'],
      ['nova.servers.attachInterface', 'id-1', { port_id: 'p7' }],
    ])
  })

  it('stay as they are where they are only said in another way', async () => {
    const same = [{ network: 'net-a', fixed_ip: '10.0.0.4' }]
    assert.deepEqual(await changed([{ network: 'net-a' }], same, { has: [a] }), [])
    assert.deepEqual(await changed(undefined, [{ network: 'net-a' }], { has: [a] }), [])
  })

  it('get a port of their own, and lose it', async () => {
    const server = played(
      { networks: [{ network: 'net-a' }] },
      { 'nova.servers.interfaces': inTurn([a], [], [nic('port-1', 'net-1')]) },
    )
    const given = { image: 'debian', flavor: 'small', user_data_format: 'RAW' }
    await server.update({ ...given, networks: [{ subnet: 'sub-1', tag: 't' }] })
    assert.deepEqual(
      changes(server).map(([call]) => call),
      ['nova.servers.detachInterface', 'neutron.ports.create', 'nova.servers.attachInterface'],
    )
    assert.deepEqual(changes(server).at(-1), [
      'nova.servers.attachInterface',
      'id-1',
      { port_id: 'port-1', tag: 't' },
    ])
    server.hush()
    await server.update({ ...given, networks: [{ network: 'net-a' }] })
    assert.deepEqual(changes(server), [
      ['nova.servers.detachInterface', 'id-1', 'port-1'],
      ['neutron.ports.delete', 'port-1'],
      ['nova.servers.attachInterface', 'id-1', { net_id: 'net-a' }],
    ])
  })

  it('keep a port of their own where its network is all that is still said, and lose it with that', async () => {
    const own = nic('port-1', 'net-1')
    const server = played(
      { networks: [{ subnet: 'sub-1' }] },
      { 'nova.servers.interfaces': inTurn([own], [own], [own], []) },
    )
    await server.create()
    server.hush()
    const given = { image: 'debian', flavor: 'small', user_data_format: 'RAW' }
    await server.update({ ...given, networks: [{ network: 'net-1' }] })
    assert.deepEqual(changes(server), [])
    await server.update({ ...given, networks: [{ network: 'net-a' }] })
    assert.deepEqual(changes(server), [
      ['nova.servers.detachInterface', 's1', 'port-1'],
      ['neutron.ports.delete', 'port-1'],
      ['nova.servers.attachInterface', 's1', { net_id: 'net-a' }],
    ])
  })

  it('have a port of their own changed in place', async () => {
    const entry = (up: boolean) => ({ subnet: 'sub-1', port_extra_properties: { admin_state_up: up } })
    const server = played(
      { networks: [entry(true)] },
      { 'nova.servers.interfaces': [nic('port-1', 'net-1')] },
    )
    await server.create()
    server.hush()
    await server.update({
      image: 'debian',
      flavor: 'small',
      user_data_format: 'RAW',
      networks: [entry(false)],
    })
    assert.deepEqual(changes(server), [
      ['neutron.ports.update', 'port-1', { admin_state_up: false, 'binding:vnic_type': 'normal' }],
    ])
  })

  it('give floating IPs to those that have them now', async () => {
    const p = nic('p7', 'net-a')
    assert.deepEqual(
      await changed([{ port: 'p7', floating_ip: 'f1' }], [{ port: 'p7', floating_ip: 'f2' }], { has: [p] }),
      [
        ['neutron.floatingIps.update', 'f1', { port_id: null }],
        ['neutron.floatingIps.update', 'f2', { port_id: 'p7' }],
      ],
    )
  })

  it('that are no longer said become the one that Nova chooses', async () => {
    assert.deepEqual(await changed([{ network: 'net-a' }], undefined, { has: [a], later: [] }), [
      ['nova.servers.detachInterface', 'id-1', 'p1'],
      ['nova.servers.attachInterface', 'id-1', {}],
    ])
    assert.deepEqual(
      await changed([{ network: 'net-a' }], [{ allocate_network: 'none' }], { has: [a], later: [] }),
      [['nova.servers.detachInterface', 'id-1', 'p1']],
    )
  })

  it('are the one there is for `auto`', async () => {
    const networks = (...own: object[]) => ({
      'neutron.networks.list': ({ shared }: { shared: boolean }) =>
        shared ? [{ id: 'ext', 'router:external': true }] : own,
    })
    const auto = [{ allocate_network: 'auto' }]
    assert.deepEqual(
      await changed([{ allocate_network: 'none' }], auto, { has: [], more: networks({ id: 'net-a' }) }),
      [['nova.servers.attachInterface', 'id-1', { net_id: 'net-a' }]],
    )
    await assert.rejects(
      changed([{ port: 'p' }], auto, { has: [], more: networks({ id: 'a' }, { id: 'b' }) }),
      /Multiple possible networks found/,
    )
    const none = { ...networks(), 'neutron.autoAllocatedNetwork': 'made' }
    assert.deepEqual((await changed([{ port: 'p' }], auto, { has: [], more: none })).at(-1), [
      'nova.servers.attachInterface',
      'id-1',
      { net_id: 'made' },
    ])
  })

  it('put an interface that Nova makes into the security groups', async () => {
    const server = played({ networks: [], security_groups: ['web'] })
    await server.update({
      image: 'debian',
      flavor: 'small',
      user_data_format: 'RAW',
      security_groups: ['web'],
      networks: [{ network: 'net-a' }],
    })
    assert.deepEqual(changes(server).at(-1), [
      'neutron.ports.update',
      'made',
      { security_groups: ['web-id'] },
    ])
  })
})

describe('interfaces on their way off', () => {
  it('are waited for', async () => {
    const server = played(
      {},
      { 'nova.servers.interfaces': inTurn([a], []), 'nova.servers.detachInterface': refusal('not-found') },
    )
    assert.equal(await isDetached({ ...server.context(), live: live() }), true)
    await startDetaching(server.context(), ['p1'])
    assert.equal(await isDetached({ ...server.context(), live: live() }), false)
    assert.equal(await isDetached({ ...server.context(), live: live() }), true)
    server.hush()
    assert.equal(await isDetached({ ...server.context(), live: live() }), true)
    assert.deepEqual(server.requests, [])
  })
})
