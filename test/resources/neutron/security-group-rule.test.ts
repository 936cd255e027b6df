import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SecurityGroupRule } from '../../../src/resources/neutron/security-group-rule.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'

const basic = { security_group: 'g', port_range_min: 80, port_range_max: 80 }
const live = {
  id: 'rule-1',
  security_group_id: 'g',
  direction: 'ingress',
  ethertype: 'IPv4',
  protocol: '6',
  port_range_min: 80,
  port_range_max: 80,
  created_at: '2026-03-01T12:00:01Z',
}

describe('OS::Neutron::SecurityGroupRule', () => {
  it('is created by one request', async () => {
    const rule = rehearse(SecurityGroupRule, { ...basic, remote_group: 'h' })
    await rule.create()
    assert.deepEqual(rule.requests, [
      [
        'neutron.securityGroupRules.create',
        {
          security_group_id: 'g',
          direction: 'ingress',
          ethertype: 'IPv4',
          port_range_min: 80,
          port_range_max: 80,
          protocol: 'tcp',
          remote_group_id: 'h',
        },
      ],
    ])
  })

  it('is found again by what it allows', async () => {
    const found = (given: object) => {
      const answers = { 'neutron.securityGroupRules.list': [live] }
      const rule = rehearse(SecurityGroupRule, { ...basic, ...given }, answers)
      return SecurityGroupRule.find?.({ ...rule.context(), since: new Date('2026-03-01T12:00:00Z') })
    }
    assert.equal(await found({}), live)
    assert.equal(await found({ remote_ip_prefix: '0.0.0.0/0' }), live)
    assert.equal(await found({ remote_group: 'h' }), undefined)
    assert.equal(await found({ port_range_max: 81 }), undefined)
  })

  it('names the other side in one way, and ports in order unless they are a type and a code', () => {
    const refusals = (props: object) => SecurityGroupRule.validate?.(props, 'x').map(({ message }) => message)
    assert.deepEqual(refusals({ remote_group: 'h', remote_ip_prefix: '10.0.0.0/8' }), [
      'Cannot define the following properties at the same time: remote_group, remote_ip_prefix.',
    ])
    const backwards = { port_range_min: 9, port_range_max: 8 }
    assert.deepEqual(refusals({ ...backwards, protocol: 'tcp' }), [
      'The minimum port number must be less than or equal to the maximum port number.',
    ])
    assert.deepEqual(refusals({ ...backwards, protocol: 'icmp' }), [])
  })
})
