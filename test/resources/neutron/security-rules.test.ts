import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RuleBody, SecurityGroupRule } from '../../../src/cloud/neutron/index.ts'
import { ruleChanges, ruleKey } from '../../../src/resources/neutron/security-rules.ts'

const rule = (more: Partial<RuleBody> = {}): RuleBody => ({
  security_group_id: 'g',
  direction: 'ingress',
  ethertype: 'IPv4',
  ...more,
})
const live = (id: string, more: Partial<RuleBody> = {}): SecurityGroupRule =>
  ({ id, protocol: null, ...rule(more) }) as SecurityGroupRule

const out4 = live('e4', { direction: 'egress' })
const out6 = live('e6', { direction: 'egress', ethertype: 'IPv6' })

function changes(
  present: readonly SecurityGroupRule[],
  before: readonly RuleBody[],
  wanted: readonly RuleBody[],
) {
  const { remove, add } = ruleChanges('g', present, { before, wanted })
  return { remove: remove.map(({ id }) => id), add }
}

describe('two rules', () => {
  const alike: readonly (readonly [string, Partial<RuleBody>, Partial<RuleBody>])[] = [
    ['a protocol by number and by name', { protocol: 'tcp' }, { protocol: '6' }],
    [
      'the names of the ICMP of IPv6',
      { ethertype: 'IPv6', protocol: 'icmp' },
      { ethertype: 'IPv6', protocol: 'ipv6-icmp' },
    ],
    ['all ports and none', { port_range_min: 1, port_range_max: 65535 }, {}],
    ['all addresses and none', { remote_ip_prefix: '0.0.0.0/0' }, { remote_ip_prefix: null }],
    [
      'ways to write a prefix',
      { remote_ip_prefix: '2001:DB8:0::/32' },
      { remote_ip_prefix: '2001:db8::/32' },
    ],
  ]
  for (const [what, one, other] of alike) {
    it(`are the same to Neutron: ${what}`, () => assert.equal(ruleKey(rule(one)), ruleKey(rule(other))))
  }

  it('are different in any other field', () => {
    const different = [
      {},
      { direction: 'egress' },
      { ethertype: 'IPv6' },
      { protocol: 'udp' },
      { remote_group_id: 'h' },
    ] as const
    assert.equal(new Set(different.map((more) => ruleKey(rule(more)))).size, different.length)
  })
})

describe('the rules of a group', () => {
  const tcp = rule({ protocol: 'tcp' })
  const udp = rule({ protocol: 'udp' })
  const outUdp = rule({ direction: 'egress', protocol: 'udp' })

  it('are added to those of a new group', () => {
    assert.deepEqual(changes([out4, out6], [], [tcp, udp, tcp]), { remove: [], add: [tcp, udp] })
  })

  it('are those that the site gives a new group, if the template says none', () => {
    assert.deepEqual(changes([live('own', { protocol: 'tcp' })], [], []), { remove: [], add: [] })
  })

  it('stay when they stay, and go when they go', () => {
    const present = [out4, out6, live('t', { protocol: 'tcp' })]
    assert.deepEqual(changes(present, [tcp], [tcp, udp]), { remove: [], add: [udp] })
    assert.deepEqual(changes(present, [tcp], [udp]), { remove: ['t'], add: [udp] })
  })

  it('are left alone when somebody else added them', () => {
    const present = [out4, out6, live('other', { protocol: 'gre' }), live('t', { protocol: 'tcp' })]
    assert.deepEqual(changes(present, [tcp], []), { remove: ['t'], add: [] })
  })

  it('let nothing out but what they say, and everything again when they say nothing', () => {
    assert.deepEqual(changes([out4, out6], [], [outUdp]), { remove: ['e4', 'e6'], add: [outUdp] })
    const restored = [rule({ direction: 'egress' }), rule({ direction: 'egress', ethertype: 'IPv6' })]
    const present = [live('u', { direction: 'egress', protocol: 'udp' })]
    assert.deepEqual(changes(present, [outUdp], []), { remove: ['u'], add: restored })
  })

  it('are others when their description is another', () => {
    const said = rule({ protocol: 'tcp', description: 'ssh' })
    assert.deepEqual(changes([out4, out6, live('t', { protocol: 'tcp' })], [tcp], [said]), {
      remove: ['t'],
      add: [said],
    })
  })

  it('can be set twice', () => {
    const present = [live('u', { direction: 'egress', protocol: 'udp' })]
    assert.deepEqual(changes(present, [], [outUdp]), { remove: [], add: [] })
  })
})
