import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { requestOf, resource } from '../../src/plugin/index.ts'
import { boolean, list, map, object, string } from '../../src/schema/index.ts'

const Thing = resource('Test::Thing', {
  summary: 'A thing.',
  uses: {},
  properties: {
    name: string('Its name.', { updatable: true }),
    network: string('Its network.', { live: 'network_id', updatable: true }),
    domain: string('Its domain.', { live: { field: 'dns', to: (value: string | null) => value ?? '' } }),
    quiet: boolean('What the request does not show.', { live: false }),
    tags: list(string('A tag.'), 'Its tags.', { ownCall: true }),
    addresses: list(object({ subnet: string('A subnet.', { live: 'subnet_id' }) }), 'Its addresses.'),
    gateway: object({ network: string('A network.', { live: 'network_id' }) }, 'Its gateway.'),
    more: map('What else it is told.', { default: {}, spread: ['secret'] }),
  },
  attributes: {},
})

describe('a request', () => {
  it('has the properties under the names that the cloud gives them, also inside maps and lists', () => {
    const body = requestOf(Thing, {
      name: 'n',
      network: 'net-1',
      domain: 'd',
      quiet: true,
      tags: ['a'],
      addresses: [{ subnet: 's' }],
      gateway: { network: 'g' },
    })
    assert.deepEqual(body, {
      name: 'n',
      network_id: 'net-1',
      dns: 'd',
      addresses: [{ subnet_id: 's' }],
      gateway: { network_id: 'g' },
    })
  })

  it('says null for what is taken away, of a list that it is empty, and of the rest what its translation says', () => {
    assert.deepEqual(requestOf(Thing, { network: null, addresses: null, domain: null }), {
      network_id: null,
      addresses: [],
      dns: '',
    })
  })

  it('has the entries of spread maps, but for those that were applied already', () => {
    const more = { mtu: 1400, color: { shade: 'red' } }
    assert.deepEqual(requestOf(Thing, { name: 'n', more }), { name: 'n', mtu: 1400, color: { shade: 'red' } })
    assert.deepEqual(requestOf(Thing, { more }, { more: { mtu: 1500, color: { shade: 'red' } } }), {
      mtu: 1400,
    })
    assert.deepEqual(requestOf(Thing, { more: null }, { more }), {})
  })

  it('is what the type makes of it', () => {
    const own = { ...Thing, request: (_props: object, body: object) => ({ ...body, extra: true }) }
    assert.deepEqual(requestOf(own, { name: 'n' }), { name: 'n', extra: true })
  })
})

describe('a spread map', () => {
  it('may not say what a property says, nor what nobody may say', () => {
    assert.deepEqual(Thing.validate?.({ more: { name: 'x', secret: 1, mtu: 1 } }, 'thing'), [
      { path: ['more'], message: 'name, secret not allowed in more' },
    ])
    assert.deepEqual(Thing.validate?.({ more: { mtu: 1 } }, 'thing'), [])
  })
})
