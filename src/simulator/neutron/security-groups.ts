import type { Call } from '../kit/call.ts'
import { badRequest, conflict } from '../kit/refusal.ts'
import type { World } from '../world/world.ts'
import { addressGroupCollection } from './address-groups.ts'
import { blockOf, textOfBlock } from './addresses.ts'
import { type Attributes, bool, freeText, oneOf, shownOnly, text } from './checks.ts'
import { type Collection, type Fields, seen, standardOf } from './collection.ts'
import {
  ports,
  type SecurityGroup,
  type SecurityGroupRule,
  securityGroupRules,
  securityGroups,
} from './kinds.ts'
import { badProtocol, ethertypeOf, mustHaveFittingPorts, protocolOf } from './protocols.ts'
import { noSuch } from './refusals.ts'
import { sharedWith } from './visibility.ts'

const times: Attributes = { revision_number: shownOnly, created_at: shownOnly, updated_at: shownOnly }

export const securityGroupCollection: Collection<SecurityGroup> = {
  kind: securityGroups,
  one: 'security_group',
  many: 'security_groups',
  path: 'security-groups',
  noSuch: noSuch.securityGroup,
  attributes: {
    name: freeText,
    description: freeText,
    stateful: { put: true, fallback: true, ...bool },
    security_group_rules: shownOnly,
    shared: shownOnly,
    tags: shownOnly,
    ...times,
  },
  filters: ['name', 'stateful', 'shared'],
  quota: 'security_group',
  before: (call) => ensureDefaultGroup(call.world, call.caller.projectId),
  mayShow: ({ world, caller }, row) => sharedWith(world, row.id, caller.projectId),
  make(call, fields) {
    if (fields.name === 'default')
      throw conflict('Default security group already exists.', 'SecurityGroupDefaultAlreadyExists')
    return makeGroup(call.world, fields)
  },
  amend(call, row, changes) {
    if (row.name === 'default' && changes.name !== undefined && changes.name !== 'default') {
      throw conflict('Updating default security group not allowed.', 'SecurityGroupCannotUpdateDefault')
    }
    if (changes.stateful !== undefined && changes.stateful !== row.stateful) mustBeUnused(call.world, row)
    return changes as Partial<SecurityGroup>
  },
  remove(call, row) {
    mustBeUnused(call.world, row)
    if (row.name === 'default' && !call.caller.admin) {
      throw conflict(
        'Insufficient rights for removing default security group.',
        'SecurityGroupCannotRemoveDefault',
      )
    }
    const rules = call.world.of(securityGroupRules)
    for (const rule of rules.where('security_group_id', row.id)) rules.remove(rule.id)
    for (const rule of rules.filter((each) => each.remote_group_id === row.id)) rules.remove(rule.id)
  },
  view(world, row) {
    const rules = world.of(securityGroupRules).where('security_group_id', row.id)
    return { ...row, shared: false, security_group_rules: rules.map((rule) => ruleInGroup(world, rule)) }
  },
}

function mustBeUnused(world: World, row: SecurityGroup): void {
  const used = world.of(ports).find((port) => port.security_groups.includes(row.id))
  if (used !== undefined) throw conflict(`Security Group ${row.id} in use.`, 'SecurityGroupInUse')
}

/** A rule shows a little more inside its group than alone. */
function ruleInGroup(world: World, rule: SecurityGroupRule): object {
  return { ...viewRule(world, rule), tenant_id: rule.project_id, tags: rule.tags }
}

function makeGroup(world: World, fields: Fields): SecurityGroup {
  const group = world.of(securityGroups).add({
    ...standardOf(world, String(fields.project_id)),
    revision_number: 1,
    name: String(fields.name ?? ''),
    description: String(fields.description ?? ''),
    stateful: fields.stateful !== false,
  })
  for (const ethertype of ['IPv4', 'IPv6']) addRule(world, group, { ethertype, direction: 'egress' })
  return group
}

function addRule(world: World, group: SecurityGroup, fields: Partial<SecurityGroupRule>): SecurityGroupRule {
  return world.of(securityGroupRules).add({
    ...standardOf(world, group.project_id),
    security_group_id: group.id,
    ethertype: 'IPv4',
    direction: 'ingress',
    protocol: null,
    port_range_min: null,
    port_range_max: null,
    remote_ip_prefix: null,
    remote_group_id: null,
    remote_address_group_id: null,
    ...fields,
  })
}

/** The group that every project has, made if it is not there yet. */
export function defaultGroup(world: World, projectId: string): SecurityGroup {
  const known = world
    .of(securityGroups)
    .where('project_id', projectId)
    .find((group) => group.name === 'default')
  if (known !== undefined) return known
  const group = makeGroup(world, {
    project_id: projectId,
    name: 'default',
    description: 'Default security group',
  })
  for (const ethertype of ['IPv4', 'IPv6']) addRule(world, group, { ethertype, remote_group_id: group.id })
  return group
}

export function ensureDefaultGroup(world: World, projectId: string): void {
  if (projectId !== '') defaultGroup(world, projectId)
}

export const securityGroupRuleCollection: Collection<SecurityGroupRule> = {
  kind: securityGroupRules,
  one: 'security_group_rule',
  many: 'security_group_rules',
  path: 'security-group-rules',
  noSuch: noSuch.rule,
  attributes: {
    security_group_id: { required: true, ...text(36) },
    direction: { required: true, ...oneOf(['ingress', 'egress']) },
    ethertype: { fallback: 'IPv4', convert: ethertypeOf, ...oneOf(['IPv4', 'IPv6']) },
    protocol: { fallback: null, convert: protocolOf },
    port_range_min: { fallback: null, convert: portOf },
    port_range_max: { fallback: null, convert: portOf },
    remote_ip_prefix: { fallback: null, convert: prefixOf },
    remote_group_id: { fallback: null },
    remote_address_group_id: { fallback: null },
    description: { put: true, fallback: '', ...text() },
    normalized_cidr: shownOnly,
    ...times,
  },
  filters: [
    'security_group_id',
    'direction',
    'ethertype',
    'protocol',
    'port_range_min',
    'port_range_max',
    'remote_ip_prefix',
    'remote_group_id',
    'remote_address_group_id',
  ],
  quota: 'security_group_rule',
  mayShow: (call, row) =>
    call.world.of(securityGroups).get(row.security_group_id)?.project_id === call.caller.projectId,
  make: makeRule,
  view: viewRule,
}

function viewRule(_world: World, row: SecurityGroupRule): Fields {
  const { tags: _tags, ...rest } = row
  const block = row.remote_ip_prefix === null ? undefined : blockOf(row.remote_ip_prefix)
  return { ...rest, normalized_cidr: block === undefined ? null : textOfBlock(block) }
}

function portOf(value: unknown): number | null {
  if (value === null || value === undefined) return null
  const number = Number(value)
  if (!Number.isInteger(number) || value === '' || typeof value === 'boolean') {
    throw badRequest(`Invalid value for port ${String(value)}`, 'SecurityGroupInvalidPortValue')
  }
  if (number < 0 || number > 65535)
    throw badRequest(`Invalid value for port ${String(value)}`, 'SecurityGroupInvalidPortValue')
  return number
}

function prefixOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  const block = blockOf(value)
  if (block === undefined)
    throw badRequest(`Invalid CIDR ${String(value)} given as IP prefix.`, 'InvalidCIDR')
  return String(value).includes('/') ? String(value) : `${String(value)}/${block.prefix}`
}

function makeRule(call: Call, fields: Fields): SecurityGroupRule {
  const { world } = call
  const group = seen(call, securityGroupCollection, String(fields.security_group_id))
  const rule = { ...fields } as unknown as SecurityGroupRule
  mustHaveFittingPorts(rule)
  badProtocol(rule)
  const remotes = [rule.remote_ip_prefix, rule.remote_group_id, rule.remote_address_group_id].filter(
    (each) => each !== null,
  )
  if (remotes.length > 1) {
    throw badRequest(
      'Only one of remote_ip_prefix or remote_group_id or remote_address_group_id may be provided.',
      'SecurityGroupMultipleRemoteEntites',
    )
  }
  if (rule.remote_group_id !== null) seen(call, securityGroupCollection, String(rule.remote_group_id))
  if (rule.remote_address_group_id !== null)
    seen(call, addressGroupCollection, String(rule.remote_address_group_id))
  const version = rule.remote_ip_prefix === null ? undefined : blockOf(rule.remote_ip_prefix)?.version
  if (version !== undefined && `IPv${version}` !== rule.ethertype) {
    throw badRequest(
      `Conflicting value ethertype ${rule.ethertype} for CIDR ${rule.remote_ip_prefix}`,
      'SecurityGroupRuleParameterConflict',
    )
  }
  const same = world
    .of(securityGroupRules)
    .where('security_group_id', group.id)
    .find((each) => saysTheSame(each, rule))
  if (same !== undefined)
    throw conflict(`Security group rule already exists. Rule id is ${same.id}.`, 'SecurityGroupRuleExists')
  return addRule(world, group, { ...rule, project_id: String(fields.project_id) })
}

const telling = [
  'direction',
  'ethertype',
  'port_range_min',
  'port_range_max',
  'remote_group_id',
  'remote_address_group_id',
] as const

function saysTheSame(a: SecurityGroupRule, b: SecurityGroupRule): boolean {
  return telling.every((name) => a[name] === b[name]) && sameProtocol(a, b) && blockText(a) === blockText(b)
}

const blockText = ({ remote_ip_prefix: prefix }: SecurityGroupRule): string => {
  const block = prefix === null ? undefined : blockOf(prefix)
  return block === undefined || block.prefix === 0 ? '' : textOfBlock(block)
}

const numbers: Readonly<Record<string, string>> = {
  icmp: '1',
  tcp: '6',
  udp: '17',
  'ipv6-icmp': '58',
  icmpv6: '58',
  sctp: '132',
}

const sameProtocol = (a: SecurityGroupRule, b: SecurityGroupRule): boolean =>
  (numbers[a.protocol ?? ''] ?? a.protocol) === (numbers[b.protocol ?? ''] ?? b.protocol)
