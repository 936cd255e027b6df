import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { subnetsOf } from '../../../../src/resources/nova/server/needs.ts'
import { UNKNOWN } from '../../../../src/schema/index.ts'

const thing = (name: string, type: string, props: object) => ({ name, type, props: { ...props }, needs: [] })

const subnets = [
  thing('sub_a', 'OS::Neutron::Subnet', { network: 'net_a' }),
  thing('sub_b', 'OS::Neutron::Subnet', { network: 'net_b' }),
  thing('sub_x', 'OS::Neutron::Subnet', { network: UNKNOWN }),
]

const siblings = {
  get: (name: string) => subnets.find((one) => one.name === name),
  ofType: (type: string) => subnets.filter((one) => one.type === type),
}

const needs = (networks: unknown) => subnetsOf(thing('web', 'OS::Nova::Server', { networks }), siblings)

describe('a server needs', () => {
  it('the subnets on its networks, and those on a network that is not known', () => {
    assert.deepEqual(needs([{ network: 'net_a' }]), ['sub_a', 'sub_x'])
  })

  it('every subnet if it does not say its network', () => {
    assert.deepEqual(needs([{ network: 'net_a' }, { port: 'p' }]), ['sub_a', 'sub_b', 'sub_x'])
    assert.deepEqual(needs([{ network: UNKNOWN }]), ['sub_a', 'sub_b', 'sub_x'])
  })

  it('none if it says no networks', () => {
    assert.deepEqual(needs(undefined), [])
    assert.deepEqual(needs(UNKNOWN), [])
  })
})
