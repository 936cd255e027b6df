import { kind, type Row } from '../world/table.ts'
import type { World } from '../world/world.ts'

/** A share of an object with another project, or with all. */
export interface RbacPolicy extends Row {
  readonly project_id: string
  readonly object_type: string
  readonly object_id: string
  readonly action: string
  readonly target_tenant: string
}

export const rbacPolicies = kind<RbacPolicy>('rbac_policies', ['object_id'])

/** Whether an object was shared with a project by a policy of its own. */
export function sharedWith(
  world: World,
  objectId: string,
  projectId: string,
  action = 'access_as_shared',
): boolean {
  return world
    .of(rbacPolicies)
    .where('object_id', objectId)
    .some(
      (each) => each.action === action && (each.target_tenant === '*' || each.target_tenant === projectId),
    )
}
