import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AnyResource, Sibling, Siblings } from '../../../src/plugin/index.ts'
import { FloatingIP } from '../../../src/resources/neutron/floating-ip.ts'
import { FloatingIPAssociation } from '../../../src/resources/neutron/floating-ip-association.ts'
import { Port } from '../../../src/resources/neutron/port.ts'
import { Router } from '../../../src/resources/neutron/router.ts'
import { UNKNOWN } from '../../../src/schema/index.ts'

type Props = Readonly<Record<string, unknown>>

/** A stack of resources: name → type, properties, and what the template makes it depend on. */
function stack(
  resources: Readonly<Record<string, readonly [type: string, props: Props, ...needs: string[]]>>,
) {
  const all: readonly Sibling[] = Object.entries(resources).map(([name, [type, props, ...needs]]) => {
    return { name, type: `OS::Neutron::${type}`, props, needs }
  })
  const siblings: Siblings = {
    get: (name) => all.find((one) => one.name === name),
    ofType: (type) => all.filter((one) => one.type === type),
  }
  return (type: AnyResource, name: string) => type.needs?.(siblings.get(name) as Sibling, siblings)
}

describe('a port', () => {
  it('waits for all subnets on its network', () => {
    const needs = stack({
      port: ['Port', { network: 'net' }, 'net'],
      one: ['Subnet', { network: 'net' }, 'net'],
      two: ['Subnet', { network: 'net' }, 'net'],
      other: ['Subnet', { network: 'elsewhere' }],
      unknown: ['Subnet', { network: UNKNOWN }],
    })
    assert.deepEqual(needs(Port, 'port'), ['one', 'two'])
  })

  it('waits for none as long as its network is not known', () => {
    const needs = stack({ port: ['Port', { network: UNKNOWN }], sub: ['Subnet', { network: UNKNOWN }] })
    assert.deepEqual(needs(Port, 'port'), [])
  })
})

describe('a router', () => {
  it("waits for the subnets on its gateway's network", () => {
    const needs = stack({
      router: ['Router', { external_gateway_info: { network: 'ext' } }],
      inner: ['Router', {}],
      sub: ['Subnet', { network: 'ext' }],
    })
    assert.deepEqual(needs(Router, 'router'), ['sub'])
    assert.deepEqual(needs(Router, 'inner'), [])
  })
})

describe('a floating IP', () => {
  it('waits for the router that leads to its network', () => {
    const needs = stack({
      fip: ['FloatingIP', { floating_network: 'ext' }],
      router: ['Router', { external_gateway_info: { network: 'ext' } }],
      other: ['Router', { external_gateway_info: { network: 'elsewhere' } }],
    })
    assert.deepEqual(needs(FloatingIP, 'fip'), ['router'])
  })

  it('waits for the interface on the subnet that its port has an address of', () => {
    const needs = stack({
      fip: ['FloatingIP', { floating_network: 'ext', port_id: 'port' }, 'port'],
      port: [
        'Port',
        { network: 'net', fixed_ips: [{ ip_address: '10.0.0.4' }, { subnet: 'sub' }] },
        'net',
        'sub',
      ],
      there: ['RouterInterface', { router: 'r', subnet: 'sub' }, 'sub'],
      elsewhere: ['RouterInterface', { router: 'r', subnet: 'other' }, 'other'],
    })
    assert.deepEqual(needs(FloatingIP, 'fip'), ['there'])
  })

  it('waits for the interfaces on any subnet of the network of a port without addresses of its own', () => {
    const needs = stack({
      fip: ['FloatingIP', { floating_network: 'ext', port_id: 'port' }, 'port'],
      port: ['Port', { network: 'net' }, 'net'],
      net: ['Net', {}],
      sub: ['Subnet', { network: 'net' }, 'net'],
      other: ['Subnet', { network: 'elsewhere' }],
      there: ['RouterInterface', { router: 'r', subnet: 'id-of-sub' }, 'sub'],
      elsewhere: ['RouterInterface', { router: 'r', subnet: 'other' }, 'other'],
      outside: ['RouterInterface', { router: 'r', subnet: 'not-of-the-stack' }],
    })
    assert.deepEqual(needs(FloatingIP, 'fip'), ['there'])
  })

  it('waits for interfaces on subnets from outside the stack when the network is from there too', () => {
    const needs = stack({
      fip: ['FloatingIP', { floating_network: 'ext', port_id: 'port' }, 'port'],
      port: ['Port', { network: 'shared' }],
      outside: ['RouterInterface', { router: 'r', subnet: 'not-of-the-stack' }],
      inside: ['RouterInterface', { router: 'r', subnet: 'sub' }, 'sub'],
      sub: ['Subnet', { network: 'own' }],
    })
    assert.deepEqual(needs(FloatingIP, 'fip'), ['outside'])
  })

  it('waits for none when it leads nowhere', () => {
    const needs = stack({
      fip: ['FloatingIP', { floating_network: 'ext' }],
      port: ['Port', { network: 'net' }],
      there: ['RouterInterface', { router: 'r', subnet: 'sub' }],
    })
    assert.deepEqual(needs(FloatingIP, 'fip'), [])
  })
})

describe('the association of a floating IP', () => {
  it('waits for the interface to its port', () => {
    const needs = stack({
      association: ['FloatingIPAssociation', { floatingip_id: 'fip', port_id: 'port' }, 'fip', 'port'],
      port: ['Port', { network: 'net', fixed_ips: [{ subnet: 'sub' }] }],
      there: ['RouterInterface', { router: 'r', subnet: 'sub' }, 'sub'],
    })
    assert.deepEqual(needs(FloatingIPAssociation, 'association'), ['there'])
  })
})
