import { isMap } from '../../base/json.ts'
import { answer, type Call, created, nothing, param, type Route, route } from '../kit/call.ts'
import { badRequest, conflict, notFound } from '../kit/refusal.ts'
import { kind, type Row } from '../world/table.ts'
import type { World } from '../world/world.ts'
import {
  type Attributes,
  bool,
  changedValues,
  freeText,
  integer,
  newValues,
  oneOf,
  shownOnly,
} from './checks.ts'
import { type Collection, seen, standardOf, touched } from './collection.ts'
import { floatingIps, networks, ports, type Standard } from './kinds.ts'
import { againstPolicy } from './refusals.ts'

export interface QosPolicy extends Standard {
  readonly name: string
  readonly shared: boolean
  readonly is_default: boolean
}

interface QosRule extends Row {
  readonly policy_id: string
  readonly type: string
  readonly values: Readonly<Record<string, unknown>>
}

export const qosPolicies = kind<QosPolicy>('qos_policies')
export const qosRules = kind<QosRule>('qos_rules', ['policy_id'])

export const qosPolicyCollection: Collection<QosPolicy> = {
  kind: qosPolicies,
  one: 'policy',
  many: 'policies',
  path: 'qos/policies',
  noSuch: (id) => notFound(`QoS policy ${id} could not be found.`, 'QosPolicyNotFound'),
  attributes: {
    name: { ...freeText, required: true },
    description: freeText,
    shared: { put: true, fallback: false, ...bool },
    is_default: { put: true, fallback: false, ...bool },
    rules: shownOnly,
    revision_number: shownOnly,
    tags: shownOnly,
    created_at: shownOnly,
    updated_at: shownOnly,
  },
  filters: ['name', 'shared', 'is_default'],
  adminOnly: 'changes',
  mayShow: (_call, row) => row.shared,
  make: ({ world }, fields) =>
    world.of(qosPolicies).add({
      ...standardOf(world, String(fields.project_id)),
      name: String(fields.name),
      description: String(fields.description ?? ''),
      shared: fields.shared === true,
      is_default: fields.is_default === true,
    }),
  remove({ world }, row) {
    const port = world.of(ports).find((each) => each.qos_policy_id === row.id)
    const network = world.of(networks).find((each) => each.qos_policy_id === row.id)
    const floating = world.of(floatingIps).find((each) => each.qos_policy_id === row.id)
    const user = port
      ? `port ${port.id}`
      : network
        ? `network ${network.id}`
        : floating && `floatingip ${floating.id}`
    if (user) throw conflict(`QoS Policy ${row.id} is used by ${user}.`, 'QosPolicyInUse')
    for (const rule of world.of(qosRules).where('policy_id', row.id)) world.of(qosRules).remove(rule.id)
  },
  view: (world, row) => ({
    ...row,
    rules: world
      .of(qosRules)
      .where('policy_id', row.id)
      .map(({ id, type, values }) => ({ ...values, id, qos_policy_id: row.id, type })),
  }),
}

const direction = { put: true, fallback: 'egress', ...oneOf(['egress', 'ingress']) }
const anyDirection = { put: true, fallback: 'egress', ...oneOf(['egress', 'ingress', 'any']) }
const marks = [0, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 44, 46, 48, 56]

/** Every type of rule, and what is said of it. */
const ruleTypes: Readonly<Record<string, Attributes>> = {
  bandwidth_limit: {
    max_kbps: { put: true, required: true, ...integer },
    max_burst_kbps: { put: true, fallback: 0, ...integer },
    direction,
  },
  dscp_marking: { dscp_mark: { put: true, required: true, ...integer, ...oneOf(marks) } },
  minimum_bandwidth: { min_kbps: { put: true, required: true, ...integer }, direction },
  minimum_packet_rate: { min_kpps: { put: true, required: true, ...integer }, direction: anyDirection },
  packet_rate_limit: {
    max_kpps: { put: true, required: true, ...integer },
    max_burst_kpps: { put: true, fallback: 0, ...integer },
    direction,
  },
}

export const qosRoutes: readonly Route[] = [
  route('GET /v2.0/qos/rule-types', () =>
    answer({ rule_types: Object.keys(ruleTypes).map((type) => ({ type })) }),
  ),
  ...Object.entries(ruleTypes).flatMap(([type, attributes]) => ruleRoutes(type, attributes)),
]

function ruleRoutes(type: string, attributes: Attributes): Route[] {
  const one = `${type}_rule`
  const base = `/v2.0/qos/policies/:policy/${one}s`
  const policyOf = (call: Call) => seen(call, qosPolicyCollection, param(call, 'policy'))
  const view = ({ id, values }: QosRule) => ({ ...values, id })

  function ruleOf(call: Call): QosRule {
    const rule = call.world.of(qosRules).get(param(call))
    if (rule?.policy_id === param(call, 'policy') && rule.type === type) return rule
    throw notFound(
      `QoS rule ${param(call)} for policy ${param(call, 'policy')} could not be found.`,
      'QosRuleNotFound',
    )
  }

  function add(call: Call) {
    const policy = policyOf(call)
    onlyAdmin(call, `create_policy_${one}`)
    const values = newValues(bodyIn(call.body, one), attributes)
    const all = call.world.of(qosRules).where('policy_id', policy.id)
    const same = all.find((each) => each.type === type && each.values.direction === values.direction)
    if (same !== undefined) {
      throw conflict(
        `Rule ${type} conflicts with rule ${same.id} which already exists in QoS Policy ${policy.id}.`,
        'QoSRulesConflict',
      )
    }
    bump(call.world, policy)
    return created({
      [one]: view(
        call.world.of(qosRules).add({ id: call.world.random.uuid(), policy_id: policy.id, type, values }),
      ),
    })
  }

  return [
    route(`GET ${base}`, (call) => {
      const all = call.world.of(qosRules).where('policy_id', policyOf(call).id)
      return answer({ [`${one}s`]: all.filter((each) => each.type === type).map(view) })
    }),
    route(`POST ${base}`, add),
    route(`GET ${base}/:id`, (call) => {
      policyOf(call)
      return answer({ [one]: view(ruleOf(call)) })
    }),
    route(`PUT ${base}/:id`, (call) => {
      const policy = policyOf(call)
      onlyAdmin(call, `update_policy_${one}`)
      const rule = ruleOf(call)
      const values = { ...rule.values, ...changedValues(bodyIn(call.body, one), attributes) }
      bump(call.world, policy)
      return answer({ [one]: view(call.world.of(qosRules).change(rule.id, { values }) ?? rule) })
    }),
    route(`DELETE ${base}/:id`, (call) => {
      const policy = policyOf(call)
      onlyAdmin(call, `delete_policy_${one}`)
      call.world.of(qosRules).remove(ruleOf(call).id)
      bump(call.world, policy)
      return nothing()
    }),
  ]
}

function onlyAdmin(call: Call, action: string): void {
  if (!call.caller.admin) throw againstPolicy(action)
}

function bump(world: World, policy: QosPolicy): void {
  world.of(qosPolicies).change(policy.id, touched(world, policy))
}

function bodyIn(body: unknown, one: string): Readonly<Record<string, unknown>> {
  const given = isMap(body) ? body[one] : undefined
  if (!isMap(given)) throw badRequest(`Unable to find '${one}' in request body`)
  const { tenant_id: _tenant, project_id: _project, ...values } = given
  return values
}
