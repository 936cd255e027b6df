import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SecurityGroup } from '../../../src/resources/neutron/security-group.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'

const egress = [
  { id: 'e4', security_group_id: 'g', direction: 'egress', ethertype: 'IPv4', protocol: null },
  { id: 'e6', security_group_id: 'g', direction: 'egress', ethertype: 'IPv6', protocol: null },
]

const group = (given: object, live: readonly object[] = egress) =>
  rehearse(SecurityGroup, given as never, {
    'neutron.securityGroups.create': { id: 'g' },
    'neutron.securityGroups.get': { id: 'g', security_group_rules: live },
  })

describe('OS::Neutron::SecurityGroup', () => {
  it('is created without its rules, which are added at once', async () => {
    const one = group({
      description: 'web',
      rules: [{ protocol: 'tcp', port_range_min: 80, port_range_max: 80 }],
    })
    await one.create()
    const rule = {
      security_group_id: 'g',
      direction: 'ingress',
      ethertype: 'IPv4',
      protocol: 'tcp',
      port_range_min: 80,
      port_range_max: 80,
      remote_ip_prefix: null,
    }
    assert.deepEqual(one.requests, [
      ['neutron.securityGroups.create', { name: one.self.physicalName, description: 'web' }],
      ['neutron.securityGroups.get', 'g'],
      ['neutron.securityGroupRules.remove', []],
      ['neutron.securityGroupRules.add', [rule]],
    ])
  })

  it('loses the rules that let everything out when it has an egress rule of its own', async () => {
    const one = group({ rules: [{ direction: 'egress', protocol: 'udp' }] })
    await one.create()
    assert.deepEqual(one.requests[2], ['neutron.securityGroupRules.remove', ['e4', 'e6']])
  })

  it('means itself by a remote group that is not said', async () => {
    const one = group({
      rules: [{ remote_mode: 'remote_group_id' }, { remote_mode: 'remote_group_id', remote_group_id: 'h' }],
    })
    await one.create()
    const added = one.requests[3]?.[1] as readonly { remote_group_id: string }[]
    assert.deepEqual(
      added.map(({ remote_group_id }) => remote_group_id),
      ['g', 'h'],
    )
  })

  it('keeps the rules that a new group has when it says none', async () => {
    const one = group({})
    await one.create()
    assert.equal(one.requests.length, 1)
  })

  it('is not asked about rules when only other things change', async () => {
    const one = group({ description: 'a', stateful: false })
    await one.create()
    one.hush()
    await one.update({})
    assert.deepEqual(one.requests, [
      ['neutron.securityGroups.update', 'g', { description: '', stateful: true }],
    ])
  })

  it('cannot be called default', () => {
    assert.deepEqual(SecurityGroup.validate?.({ name: 'default' }, 'x'), [
      { path: [], message: 'Security groups cannot be assigned the name "default".' },
    ])
  })
})
