import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CollectionForm, collection } from '../../src/cloud/index.ts'
import { stage } from './fake-cloud.ts'

interface Network {
  readonly id: string
  readonly name: string
}

const networks: CollectionForm = { service: ['network'], path: '/networks', one: 'network', many: 'networks' }

describe('a collection', () => {
  it('wraps what it sends and unwraps what it gets', async () => {
    await using on = await stage()
    on.cloud.on('/network/v2.0/networks', { body: { network: { id: 'n1', name: 'net' } } })
    const net = collection<Network>(await on.session(), networks)
    assert.deepEqual(await net.create({ name: 'net' }), { id: 'n1', name: 'net' })
    assert.equal((await net.get('n 1/x')).id, 'n1')
    await net.update('n1', { name: 'other' })
    await net.delete('n1')
    assert.deepEqual(on.cloud.calls(), [
      'POST /network/v2.0/networks',
      'GET /network/v2.0/networks/n%201%2Fx',
      'PUT /network/v2.0/networks/n1',
      'DELETE /network/v2.0/networks/n1',
    ])
    const bodies = on.cloud.asked.slice(1).map((one) => one.body)
    assert.deepEqual(bodies, [{ network: { name: 'net' } }, '', { network: { name: 'other' } }, ''])
  })

  it('can be without wrapping, with another verb, another list and a microversion', async () => {
    await using on = await stage()
    on.cloud.on('/compute', { body: { id: 'i1', things: [] } })
    const things = collection<Network>(await on.session(), {
      service: ['compute'],
      path: '/things',
      listPath: '/things/detail',
      one: null,
      many: 'things',
      update: 'PATCH',
      microversion: 'compute 2.60',
    })
    await things.create({ a: 1 })
    await things.update('i1', { a: 2 })
    await things.list({ name: 'x' })
    assert.deepEqual(on.cloud.calls(), [
      'POST /compute/v2.1/things',
      'PATCH /compute/v2.1/things/i1',
      'GET /compute/v2.1/things/detail',
    ])
    assert.deepEqual(on.cloud.asked[1]?.body, { a: 1 })
    assert.deepEqual(
      new Set(on.cloud.asked.slice(1).map((one) => one.headers['openstack-api-version'])),
      new Set(['compute 2.60']),
    )
  })

  it('never asks for an ID that would lead elsewhere', async () => {
    await using on = await stage()
    const net = collection<Network>(await on.session(), networks)
    for (const id of ['', '.', '..']) {
      await assert.rejects(net.get(id), { kind: 'not-found' })
      await assert.rejects(net.delete(id), { kind: 'not-found' })
    }
    assert.deepEqual(on.cloud.calls(), [])
  })

  it('tells of several objects by one request, whatever else the list holds', async () => {
    await using on = await stage()
    on.cloud.on('/network', { body: { networks: [{ id: 'n1' }, { id: 'n3' }] } })
    const session = await on.session()
    const byId = collection<Network>(session, { ...networks, some: 'by-id' })
    const newest = collection<Network>(session, { ...networks, some: 'newest' })
    for (const one of [byId, newest]) assert.deepEqual(await one.some?.(['n1', 'n2']), [{ id: 'n1' }])
    assert.deepEqual(
      on.cloud.asked.slice(1).map(({ query }) => query.toString()),
      ['id=n1&id=n2', 'limit=14'],
    )
    assert.equal(collection<Network>(session, networks).some, undefined)
    on.cloud.on('/network', { body: {} })
    await assert.rejects(async () => byId.some?.(['n1']), { kind: 'unavailable' })
  })

  it('is in doubt when a create is answered without the object', async () => {
    await using on = await stage()
    on.cloud.on('/network', { body: { wrong: {} } })
    const net = collection<Network>(await on.session(), networks)
    await assert.rejects(net.create({}), { kind: 'unavailable', doubtful: true })
    await assert.rejects(net.list(), { kind: 'unavailable', message: /without a list of networks/ })
  })

  it('lists all pages, as each service links them', async () => {
    await using on = await stage()
    const links: ((href: string) => object)[] = [
      (href) => ({
        networks_links: [
          { rel: 'previous', href: 'x?marker=no' },
          { rel: 'next', href },
        ],
      }),
      (href) => ({ next: href.replace('http://unreachable', '') }),
      (href) => ({ links: { self: 'x', next: href, previous: null } }),
      (href) => ({ links: [{ rel: 'next', href }] }),
    ]
    const net = collection<Network>(await on.session(), networks)
    for (const link of links) {
      on.cloud.on('/network', ({ query }) => {
        assert.equal(query.get('name'), 'n')
        const at = Number(query.get('marker') ?? 0)
        const items = [{ id: `${at + 1}` }, { id: `${at + 2}` }]
        const next = link(`http://unreachable/x/networks?limit=2&marker=${at + 2}`)
        return { body: at >= 4 ? { networks: [] } : { networks: items, ...next } }
      })
      const found = await net.list({ name: 'n' })
      assert.deepEqual(
        found.map((one) => one.id),
        ['1', '2', '3', '4'],
      )
    }
  })

  it('does not follow a service in a circle', async () => {
    await using on = await stage()
    on.cloud.on('/network', {
      body: { networks: [{ id: 'a' }], networks_links: [{ rel: 'next', href: 'http://x/?marker=a' }] },
    })
    const net = collection<Network>(await on.session(), networks)
    assert.equal((await net.list()).length, 2)
  })
})
