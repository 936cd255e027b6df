import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Subnet } from '../../../src/resources/neutron/subnet.ts'
import { UNKNOWN } from '../../../src/schema/index.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'

const basic = { network: 'net-1', cidr: '10.0.0.0/24' }
const live = {
  id: 'sub-1',
  cidr: '10.0.0.0/24',
  gateway_ip: '10.0.0.1',
  allocation_pools: [{ start: '10.0.0.2', end: '10.0.0.254' }],
}
const cloud = { 'neutron.subnets.create': live, 'neutron.subnets.get': live }

async function created(given: object) {
  const subnet = rehearse(Subnet, { ...basic, ...given }, cloud)
  await subnet.create()
  return subnet
}

async function updated(from: object, to: object) {
  const subnet = await created(from)
  subnet.hush()
  await subnet.update({ ...basic, ...to })
  return subnet.requests.at(-1)?.at(-1)
}

const refusals = (props: object) => (Subnet.validate?.(props, 'thing') ?? []).map(({ message }) => message)

describe('OS::Neutron::Subnet', () => {
  it('is created by one request', async () => {
    const subnet = await created({
      subnetpool: undefined,
      host_routes: [{ destination: '10.9.0.0/16', nexthop: '10.0.0.5' }],
    })
    assert.deepEqual(subnet.requests, [
      [
        'neutron.subnets.create',
        {
          network_id: 'net-1',
          cidr: '10.0.0.0/24',
          name: subnet.self.physicalName,
          ip_version: 4,
          dns_nameservers: [],
          enable_dhcp: true,
          host_routes: [{ destination: '10.9.0.0/16', nexthop: '10.0.0.5' }],
        },
      ],
    ])
  })

  it('has no gateway when that is empty or null, and the one Neutron chooses when that is "auto"', async () => {
    const said = async (gateway_ip: string | null) => {
      const body = (await created({ gateway_ip })).requests[0]?.[1] as Record<string, unknown> | undefined
      return body?.gateway_ip
    }
    for (const empty of ['', null, '~']) assert.equal(await said(empty), null)
    assert.equal(await said('auto'), undefined)
    assert.equal(await said('10.0.0.9'), '10.0.0.9')
  })

  it('cannot have its gateway chosen later', async () => {
    const subnet = await created({})
    await assert.rejects(subnet.update({ ...basic, gateway_ip: 'auto' }), /only a new subnet/)
  })

  it('gives new pools with a new gateway, unless the template says which', async () => {
    assert.deepEqual(await updated({}, { gateway_ip: '10.0.0.254' }), {
      gateway_ip: '10.0.0.254',
      allocation_pools: [{ start: '10.0.0.1', end: '10.0.0.253' }],
    })
    const allocation_pools = [{ start: '10.0.0.5', end: '10.0.0.9' }]
    assert.deepEqual(await updated({ allocation_pools }, { allocation_pools, gateway_ip: '10.0.0.254' }), {
      gateway_ip: '10.0.0.254',
    })
  })

  it('has no pools any more, and empty lists, where the template says them no more', async () => {
    const given = {
      gateway_ip: '10.0.0.1',
      allocation_pools: [{ start: '10.0.0.5', end: '10.0.0.9' }],
      dns_nameservers: ['8.8.8.8'],
      host_routes: [{ destination: '10.9.0.0/16', nexthop: '10.0.0.5' }],
    }
    assert.deepEqual(await updated(given, { gateway_ip: '10.0.0.1' }), {
      allocation_pools: [],
      dns_nameservers: [],
      host_routes: [],
    })
    assert.deepEqual(await updated(given, {}), {
      gateway_ip: null,
      allocation_pools: [],
      dns_nameservers: [],
      host_routes: [],
    })
  })

  it('gets no pools with a new gateway where it has none', async () => {
    const without = { ...live, allocation_pools: [] }
    const subnet = rehearse(Subnet, basic, { ...cloud, 'neutron.subnets.get': without })
    await subnet.create()
    await subnet.update({ ...basic, gateway_ip: '10.0.0.254' })
    assert.deepEqual(subnet.requests.at(-1)?.at(-1), { gateway_ip: '10.0.0.254' })
  })

  it('gets its tags by a call of their own, and no other for them', async () => {
    const subnet = await created({ tags: ['a'] })
    subnet.hush()
    await subnet.update({ ...basic, tags: ['b'] })
    assert.deepEqual(subnet.requests, [['neutron.subnets.setTags', 'sub-1', ['b']]])
  })

  it('takes its addresses from a range or from a pool', () => {
    assert.deepEqual(refusals({ subnetpool: 'p', cidr: '10.0.0.0/24' }), [
      'Cannot define the following properties at the same time: subnetpool, cidr.',
    ])
    assert.deepEqual(refusals({}), [
      'At least one of the following properties must be specified: subnetpool, cidr.',
    ])
    assert.deepEqual(refusals({ prefixlen: 24, cidr: '10.0.0.0/24' }), [
      'Cannot define the following properties at the same time: prefixlen, cidr.',
    ])
    assert.deepEqual(refusals({ subnetpool: 'p', prefixlen: 24 }), [])
  })

  it('has the modes of IPv6 only with IPv6, and the same one twice', () => {
    assert.deepEqual(refusals({ cidr: 'c', ip_version: 4, ipv6_ra_mode: 'slaac' }), [
      'ipv6_ra_mode and ipv6_address_mode are not supported for ipv4.',
    ])
    assert.deepEqual(
      refusals({ cidr: 'c', ip_version: 6, ipv6_ra_mode: 'slaac', ipv6_address_mode: 'dhcpv6-stateful' }),
      ['When both ipv6_ra_mode and ipv6_address_mode are set, they must be equal.'],
    )
    assert.deepEqual(refusals({ cidr: 'c', ip_version: 6, ipv6_ra_mode: 'slaac' }), [])
  })

  it('has an address for its gateway', () => {
    assert.deepEqual(refusals({ cidr: 'c', gateway_ip: 'x' }), [
      'Gateway IP address "x" is in invalid format.',
    ])
    for (const gateway_ip of ['', '~', 'auto', '10.0.0.1', 'fe80::1', UNKNOWN]) {
      assert.deepEqual(refusals({ cidr: 'c', gateway_ip }), [])
    }
  })
})
