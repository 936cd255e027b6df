import type { RuleBody, SecurityGroupRule } from '../../cloud/neutron/index.ts'

const protocolNumbers: Readonly<Record<string, number>> = {
  ah: 51,
  dccp: 33,
  egp: 8,
  esp: 50,
  gre: 47,
  icmp: 1,
  icmpv6: 58,
  igmp: 2,
  'ipv6-encap': 41,
  'ipv6-frag': 44,
  'ipv6-icmp': 58,
  'ipv6-nonxt': 59,
  'ipv6-opts': 60,
  'ipv6-route': 43,
  ospf: 89,
  pgm: 113,
  rsvp: 46,
  sctp: 132,
  tcp: 6,
  udp: 17,
  udplite: 136,
  vrrp: 112,
}

/** The protocols that a rule may name, by number or by name. */
export const protocols: readonly (string | number)[] = [...Array(256).keys(), ...Object.keys(protocolNumbers)]

/** What tells one rule of a group from another: to Neutron, rules with the same key are the same rule. */
export function ruleKey(rule: Omit<RuleBody, 'security_group_id'>): string {
  const ports = [rule.port_range_min ?? null, rule.port_range_max ?? null]
  const allPorts = ports[0] === 1 && ports[1] === 65535
  return JSON.stringify([
    rule.direction,
    rule.ethertype,
    protocolNumber(rule),
    ...(allPorts ? [null, null] : ports),
    prefixOf(rule.remote_ip_prefix),
    rule.remote_group_id ?? null,
  ])
}

/** IPv6 has its own ICMP, and Neutron takes the name or number of the other for it. */
function protocolNumber({ protocol, ethertype }: Pick<RuleBody, 'protocol' | 'ethertype'>): number | null {
  if (protocol === undefined || protocol === null) return null
  const number = protocolNumbers[protocol] ?? Number(protocol)
  return number === 1 && ethertype === 'IPv6' ? 58 : number
}

/** As Neutron writes it; the prefix of all addresses says no more than none does. */
function prefixOf(prefix: string | null | undefined): string | null {
  const [address = '', length] = (prefix ?? '').split('/')
  const written = address.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address
  const whole = `${written}/${length}`
  return address === '' || whole === '0.0.0.0/0' || whole === '::/0' ? null : whole
}

/** Letting everything out: what Neutron gives a new group, and an egress rule of its own takes away. */
const defaultEgress: readonly Omit<RuleBody, 'security_group_id'>[] = [
  { direction: 'egress', ethertype: 'IPv4' },
  { direction: 'egress', ethertype: 'IPv6' },
]

interface Rules {
  readonly before: readonly RuleBody[]
  readonly wanted: readonly RuleBody[]
}

/**
 * Which rules of a group to remove and which to add, so that it has those wanted instead of those before. Rules that
 * somebody else added to the group are left alone.
 */
export function ruleChanges(groupId: string, live: readonly SecurityGroupRule[], { before, wanted }: Rules) {
  const defaults = defaultEgress.map((rule) => ({ ...rule, security_group_id: groupId }))
  const kept = byIdentity(hasEgress(wanted) ? wanted : [...wanted, ...defaults])
  const had = byIdentity(hasEgress(before) ? before : [...before, ...defaults])
  const due = byIdentity(hasEgress(before) && !hasEgress(wanted) ? [...wanted, ...defaults] : wanted)
  const present = byIdentity(live)
  return {
    remove: live.filter((rule) => had.has(identity(rule)) && !kept.has(identity(rule))),
    add: [...due].filter(([key]) => !present.has(key)).map(([, rule]) => rule),
  }
}

const hasEgress = (rules: readonly RuleBody[]): boolean =>
  rules.some(({ direction }) => direction === 'egress')

/** A rule can't be changed, so that one with another description is another rule. */
const identity = (rule: RuleBody): string => `${ruleKey(rule)} ${rule.description ?? ''}`

const byIdentity = (rules: readonly RuleBody[]): ReadonlyMap<string, RuleBody> =>
  new Map(rules.map((rule) => [identity(rule), rule]))
