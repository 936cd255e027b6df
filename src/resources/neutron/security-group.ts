import { neutron, type RuleBody } from '../../cloud/neutron/index.ts'
import { physicalName, refuseIf, resource } from '../../plugin/index.ts'
import { boolean, type Infer, integer, list, object, string } from '../../schema/index.ts'
import { mustSet, onUnlessSaid } from './common.ts'
import { protocols, ruleChanges } from './security-rules.ts'

const ruleFields = {
  direction: string('Which way the traffic goes, as the machine sees it.', {
    default: 'ingress',
    oneOf: ['ingress', 'egress'],
  }),
  ethertype: string('The version of IP.', { default: 'IPv4', oneOf: ['IPv4', 'IPv6'] }),
  port_range_min: integer('The first port; of ICMP, the type.', { range: { min: 0, max: 65535 } }),
  port_range_max: integer('The last port; of ICMP, the code.', { range: { min: 0, max: 65535 } }),
  protocol: string('The protocol, by name or number. Left out, any.', { oneOf: protocols }),
  remote_mode: string('Whether the other side is told by its addresses or by its security group.', {
    default: 'remote_ip_prefix',
    oneOf: ['remote_ip_prefix', 'remote_group_id'],
  }),
  remote_group_id: string(
    'The name or ID of the security group of the other side; this group itself, if left out.',
    {
      finds: neutron.find.securityGroup,
    },
  ),
  remote_ip_prefix: string('The addresses of the other side. Left out, any.', { format: 'net_cidr' }),
  description: string('What the rule is for.', { since: '27.0.0' }),
}

type Rule = Infer<typeof ruleFields>

/** A security group: the traffic that the ports in it let through. */
export const SecurityGroup = resource('OS::Neutron::SecurityGroup', {
  summary: 'The traffic that ports let through, as a group of rules.',
  since: '2014.1',
  uses: { neutron },
  extension: 'security-group',
  lives: neutron.collection('securityGroups'),

  properties: {
    name: string('A name for the group. It need not be unique.', { default: physicalName, updatable: true }),
    description: string('What the group is for.', {
      updatable: true,
      live: { field: 'description', to: (text: string | null) => text ?? '' },
    }),
    rules: list(
      object(ruleFields),
      'The rules of the group. One for egress takes the place of the two that let everything out.',
      { default: [], updatable: true, ownCall: true, live: false },
    ),
    stateful: boolean('Whether answers to what was let through are let through too.', {
      updatable: true,
      since: '27.0.0',
      live: { field: 'stateful', to: onUnlessSaid },
    }),
  },

  attributes: {},

  validate: ({ name }) =>
    refuseIf(name === 'default', 'Security groups cannot be assigned the name "default".'),

  async sync({ neutron, id, changed: { rules }, before }) {
    if (rules === undefined || !mustSet(rules, before.rules)) return
    const inGroup = (some: readonly Rule[] = []) => some.map((rule) => bodyOf(rule, id))
    const { security_group_rules: live } = await neutron.securityGroups.get(id)
    const { remove, add } = ruleChanges(id, live, { before: inGroup(before.rules), wanted: inGroup(rules) })
    await neutron.securityGroupRules.remove(remove.map((rule) => rule.id))
    await neutron.securityGroupRules.add(add)
  },
})

/** A rule as Neutron takes it. One that is to be by group and names none is about the group itself. */
function bodyOf(
  { remote_mode: mode, remote_group_id: group, remote_ip_prefix: prefix, ...rule }: Rule,
  id: string,
): RuleBody {
  const remote =
    mode === 'remote_group_id' ? { remote_group_id: group || id } : { remote_ip_prefix: prefix ?? null }
  return { ...rule, ...remote, security_group_id: id }
}
