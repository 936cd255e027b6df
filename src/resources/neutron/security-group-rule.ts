import { neutron } from '../../cloud/neutron/index.ts'
import { notTogether, refuseIf, resource } from '../../plugin/index.ts'
import { integer, string } from '../../schema/index.ts'
import { mayBeMadeSince } from './common.ts'
import { protocols, ruleKey } from './security-rules.ts'

/** A rule of a security group. Rules cannot be changed, so every change replaces it. */
export const SecurityGroupRule = resource('OS::Neutron::SecurityGroupRule', {
  summary: 'One rule of a security group: traffic that it lets through.',
  since: '7.0.0',
  uses: { neutron },
  extension: 'security-group',
  lives: neutron.collection('securityGroupRules'),

  properties: {
    security_group: string('The name or ID of the group that the rule is of.', {
      required: true,
      finds: neutron.find.securityGroup,
      live: 'security_group_id',
    }),
    description: string('What the rule is for.'),
    direction: string('Which way the traffic goes, as the machine sees it.', {
      default: 'ingress',
      oneOf: ['ingress', 'egress'],
    }),
    ethertype: string('The version of IP.', { default: 'IPv4', oneOf: ['IPv4', 'IPv6'] }),
    port_range_min: integer('The first port; of ICMP, the type.', { range: { min: 0, max: 65535 } }),
    port_range_max: integer('The last port; of ICMP, the code.', { range: { min: 0, max: 65535 } }),
    protocol: string('The protocol, by name or number.', { default: 'tcp', oneOf: protocols }),
    remote_group: string('The name or ID of the security group of the other side.', {
      finds: neutron.find.securityGroup,
      live: 'remote_group_id',
    }),
    remote_ip_prefix: string('The addresses of the other side. Left out, any.', { format: 'net_cidr' }),
  },

  attributes: {},

  validate: (props) => [
    ...notTogether(props, 'remote_group', 'remote_ip_prefix'),
    ...refuseIf(
      isBackwards(props),
      'The minimum port number must be less than or equal to the maximum port number.',
    ),
  ],

  /** A group never has the same rule twice. */
  async find({ neutron, props, since }) {
    const { security_group, remote_group, ...rest } = props
    const key = ruleKey({ ...rest, ...(remote_group !== undefined && { remote_group_id: remote_group }) })
    const rules = await neutron.securityGroupRules.list({ security_group_id: security_group })
    return rules.find((rule) => ruleKey(rule) === key && mayBeMadeSince(rule, since))
  },
})

interface Ports {
  readonly protocol?: string | number
  readonly port_range_min?: unknown
  readonly port_range_max?: unknown
}

/** Of ICMP the two are a type and a code, which have no order. */
function isBackwards({ protocol, port_range_min: min, port_range_max: max }: Ports): boolean {
  if (['icmp', 'icmpv6', 'ipv6-icmp'].includes(String(protocol))) return false
  return typeof min === 'number' && typeof max === 'number' && max < min
}
