import { pythonText } from '../kit/python.ts'
import { badRequest } from '../kit/refusal.ts'
import type { SecurityGroupRule } from './kinds.ts'

const named = [
  'ah',
  'dccp',
  'egp',
  'esp',
  'gre',
  'hopopt',
  'icmp',
  'igmp',
  'ip',
  'ipip',
  'ipv6-encap',
  'ipv6-frag',
  'ipv6-icmp',
  'icmpv6',
  'ipv6-nonxt',
  'ipv6-opts',
  'ipv6-route',
  'ospf',
  'pgm',
  'rsvp',
  'sctp',
  'tcp',
  'udp',
  'udplite',
  'vrrp',
]
const withPorts = ['dccp', 'sctp', 'tcp', 'udp', 'udplite', '33', '132', '6', '17', '136']
const ofIcmp = ['icmp', '1', 'icmpv6', 'ipv6-icmp', '58']
const onlyV6 = ['ipv6-encap', 'ipv6-frag', 'ipv6-icmp', 'icmpv6', 'ipv6-nonxt', 'ipv6-opts', 'ipv6-route']

/** A protocol as Neutron keeps it: a name it knows, a number from 0 to 255, or none. */
export function protocolOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  const text = String(value).toLowerCase()
  if (named.includes(text)) return text
  if (/^\d+$/.test(text) && Number(text) <= 255) return text
  if (text === '' || text === 'any') return text === 'any' ? null : refuse(text)
  return refuse(text)
}

function refuse(protocol: string): never {
  throw badRequest(
    `Security group rule protocol ${protocol} not supported. Only protocol values ${pythonText([null, ...named])} and integer representations [0 to 255] are supported.`,
    'SecurityGroupRuleInvalidProtocol',
  )
}

export function ethertypeOf(value: unknown): unknown {
  if (typeof value !== 'string') return value
  return ['IPv4', 'IPv6'].find((each) => each.toLowerCase() === value.toLowerCase()) ?? value
}

/** Refuses ports that make no sense for the protocol. */
export function mustHaveFittingPorts(rule: SecurityGroupRule): void {
  const { protocol, port_range_min: least, port_range_max: most } = rule
  if (least === null && most === null) return
  if (protocol === null) {
    throw badRequest(
      'Must also specify protocol if port range is given.',
      'SecurityGroupProtocolRequiredWithPorts',
    )
  }
  if (ofIcmp.includes(protocol)) {
    mustBeIcmp(rule)
    return
  }
  if (!withPorts.includes(protocol)) {
    throw badRequest(
      `Ports cannot be specified for protocol ${protocol}. Ports are only supported for dccp, sctp, tcp, udp, udplite.`,
      'SecurityGroupInvalidProtocolForPort',
    )
  }
  if (least === 0 || most === 0) throw badRequest('Invalid value for port 0', 'SecurityGroupInvalidPortValue')
  if (least === null || most === null || least > most) {
    throw badRequest(
      'For TCP/UDP protocols, port_range_min must be <= port_range_max',
      'SecurityGroupInvalidPortRange',
    )
  }
}

function mustBeIcmp({ port_range_min: type, port_range_max: code }: SecurityGroupRule): void {
  for (const [attr, field, value] of [
    ['port_range_min', 'type', type],
    ['port_range_max', 'code', code],
  ] as const) {
    if (value !== null && value > 255) {
      throw badRequest(
        `Invalid value for ICMP ${field} (${attr}) ${value}. It must be 0 to 255.`,
        'SecurityGroupInvalidIcmpValue',
      )
    }
  }
  if (type === null && code !== null) {
    throw badRequest(
      `ICMP code (port-range-max) ${code} is provided but ICMP type (port-range-min) is missing.`,
      'SecurityGroupMissingIcmpType',
    )
  }
}

/** Refuses a protocol that is not of the rule's IP version. */
export function badProtocol({ protocol, ethertype }: SecurityGroupRule): void {
  if (protocol === null || ethertype === 'IPv6' || !onlyV6.includes(protocol)) return
  throw badRequest(
    `Invalid ethertype ${ethertype} for protocol ${protocol}.`,
    'SecurityGroupEthertypeConflictWithProtocol',
  )
}
