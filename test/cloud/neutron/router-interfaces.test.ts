import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { neutron } from '../../../src/cloud/neutron/index.ts'
import { type Asked, type Stage, stage } from '../fake-cloud.ts'

const port = {
  id: 'p1',
  device_id: 'r1',
  device_owner: 'network:router_interface',
  status: 'ACTIVE',
  fixed_ips: [{ subnet_id: 's1', ip_address: '10.0.0.1' }],
}

async function opened(on: Stage, ...ports: object[]) {
  on.cloud.on('/network/v2.0/ports', { body: { ports } })
  on.cloud.on('/network/v2.0/routers/r1/', {
    body: { id: 'r1', port_id: 'p1', subnet_id: 's1', subnet_ids: ['s1'] },
  })
  return neutron.connect(await on.session()).routerInterfaces
}

const last = ({ cloud }: Stage): Asked | undefined => cloud.asked.at(-1)

describe('router interfaces', () => {
  it('are made by a verb on the router, and known by the router and the subnet', async () => {
    await using on = await stage()
    const interfaces = await opened(on)
    assert.deepEqual(await interfaces.create({ router_id: 'r1', subnet_id: 's1' }), {
      id: 'r1:subnet_id=s1',
      router_id: 'r1',
      port_id: 'p1',
      subnet_ids: ['s1'],
    })
    assert.equal(last(on)?.path, '/network/v2.0/routers/r1/add_router_interface')
    assert.deepEqual(last(on)?.body, { subnet_id: 's1' })
  })

  it('are known by the port, where one is given', async () => {
    await using on = await stage()
    const interfaces = await opened(on, port)
    assert.equal((await interfaces.create({ router_id: 'r1', port_id: 'p1' })).id, 'r1:port_id=p1')
    assert.equal((await interfaces.find({ router_id: 'r1', port_id: 'p1' })).port_id, 'p1')
    assert.equal(last(on)?.query.get('id'), 'p1')
  })

  it('are seen by their port', async () => {
    await using on = await stage()
    const interfaces = await opened(on, port)
    assert.deepEqual(await interfaces.get('r1:subnet_id=s1'), {
      id: 'r1:subnet_id=s1',
      router_id: 'r1',
      port_id: 'p1',
      subnet_ids: ['s1'],
      status: 'ACTIVE',
    })
    assert.deepEqual(Object.fromEntries(last(on)?.query ?? []), {
      device_id: 'r1',
      fixed_ips: 'subnet_id=s1',
    })
    assert.deepEqual(
      (await interfaces.list({ router_id: 'r1' })).map(({ id }) => id),
      ['r1:port_id=p1'],
    )
  })

  it('are not there when only the gateway is on the subnet', async () => {
    await using on = await stage()
    const interfaces = await opened(on, { ...port, device_owner: 'network:router_gateway' })
    await assert.rejects(interfaces.get('r1:subnet_id=s1'), {
      kind: 'not-found',
      message: 'Router r1 has no interface with subnet s1.',
    })
    await assert.rejects(interfaces.get('nonsense'), { kind: 'not-found' })
  })

  it('are removed by a verb, and never changed', async () => {
    await using on = await stage()
    const interfaces = await opened(on)
    await interfaces.delete('r1:subnet_id=s1')
    assert.equal(last(on)?.path, '/network/v2.0/routers/r1/remove_router_interface')
    assert.deepEqual(last(on)?.body, { subnet_id: 's1' })
    await assert.rejects(interfaces.update('r1:subnet_id=s1', {}), { kind: 'bad-request' })
  })
})
