import type { Call } from '../kit/call.ts'
import { conflict, notFound } from '../kit/refusal.ts'
import { kind, type Row } from '../world/table.ts'
import { oneOf, text, uuid } from './checks.ts'
import type { Collection, Fields } from './collection.ts'
import { networks, ports, securityGroups } from './kinds.ts'
import { qosPolicies } from './qos.ts'
import { againstPolicy, invalidInput } from './refusals.ts'
import { addressScopes, subnetPools } from './subnet-pools.ts'
import { type RbacPolicy, rbacPolicies } from './visibility.ts'

const shareable: Readonly<Record<string, { readonly name: string }>> = {
  network: networks,
  qos_policy: qosPolicies,
  security_group: securityGroups,
  address_scope: addressScopes,
  subnetpool: subnetPools,
}

export const rbacPolicyCollection: Collection<RbacPolicy> = {
  kind: rbacPolicies,
  one: 'rbac_policy',
  many: 'rbac_policies',
  path: 'rbac-policies',
  noSuch: (id) => notFound(`RBAC policy of type unknown with ID ${id} not found`, 'RbacPolicyNotFound'),
  attributes: {
    object_type: { required: true, ...text() },
    object_id: { required: true, ...uuid },
    action: { required: true, ...oneOf(['access_as_shared', 'access_as_external']) },
    target_tenant: { required: true, put: true, ...text() },
  },
  filters: ['object_type', 'object_id', 'action', 'target_tenant'],
  quota: 'rbac_policy',
  make: makePolicy,
  remove({ world }, row) {
    if (row.object_type !== 'network' || row.action !== 'access_as_shared') return
    const network = world.of(networks).get(row.object_id)
    const used = world
      .of(ports)
      .where('network_id', row.object_id)
      .some(({ project_id: user }) => {
        if (user === '' || user === network?.project_id || network?.shared) return false
        return row.target_tenant === '*' || row.target_tenant === user
      })
    if (!used) return
    throw conflict(
      `RBAC policy on object ${row.object_id} cannot be removed because other objects depend on it.\nDetails: Callback neutron.plugins.ml2.plugin.Ml2Plugin.validate_network_rbac_policy_change failed with "Unable to reconfigure sharing settings for network ${row.object_id}. Multiple tenants are using it."`,
      'RbacPolicyInUse',
    )
  },
  view: (_world, row) => ({ ...row }),
}

function makePolicy(call: Call, fields: Fields): RbacPolicy {
  const { world, caller } = call
  const type = String(fields.object_type)
  const home = shareable[type]
  if (home === undefined) throw invalidInput(`'${type}' is not a valid RBAC object type`)
  const target = String(fields.target_tenant)
  if (!caller.admin && (target === '*' || fields.action === 'access_as_external')) {
    throw againstPolicy('create_rbac_policy', 'target_tenant')
  }
  const object = world
    .of(kind<Row & { readonly project_id: string }>(home.name))
    .get(String(fields.object_id))
  if (object === undefined || (!caller.admin && object.project_id !== caller.projectId)) {
    throw notFound(`Object ${String(fields.object_id)} not found.`, 'ObjectNotFound')
  }
  const wanted = {
    object_type: type,
    object_id: object.id,
    action: String(fields.action),
    target_tenant: target,
  }
  const same = world.of(rbacPolicies).where('object_id', object.id)
  if (same.some((each) => each.action === wanted.action && each.target_tenant === target)) {
    throw conflict('An RBAC policy already exists with those values.', 'DuplicateRbacPolicy')
  }
  return world
    .of(rbacPolicies)
    .add({ id: world.random.uuid(), project_id: String(fields.project_id), ...wanted })
}
