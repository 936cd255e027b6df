import type { World } from '../world/world.ts'
import { assignments, groups, projects, type Role, roles } from './kinds.ts'

/** What a role can be held on. */
export interface Target {
  readonly projectId?: string | undefined
  readonly domainId?: string | undefined
  readonly system?: boolean | undefined
}

/** Holding the first is holding the second, too. */
const implied: Readonly<Record<string, string>> = { admin: 'member', member: 'reader' }

/** All the roles that a user holds on a target: their own, those of their groups, inherited and implied ones. */
export function rolesOf(world: World, userId: string, target: Target): Role[] {
  const theirGroups = world.of(groups).filter((group) => group.members.includes(userId))
  const held = [
    ...world.of(assignments).where('user_id', userId),
    ...theirGroups.flatMap((group) => world.of(assignments).where('group_id', group.id)),
  ]
  const domainOfProject = target.projectId && world.of(projects).get(target.projectId)?.domain_id
  const direct = held.filter(
    (each) =>
      (!each.inherited && target.projectId !== undefined && each.project_id === target.projectId) ||
      (!each.inherited && target.domainId !== undefined && each.domain_id === target.domainId) ||
      (each.inherited && domainOfProject !== undefined && each.domain_id === domainOfProject) ||
      (each.system === true && target.system === true),
  )
  return withImplied(
    world,
    direct.flatMap((each) => world.of(roles).get(each.role_id) ?? []),
  )
}

/** The roles, and those that holding them implies; each once. */
export function withImplied(world: World, held: readonly Role[]): Role[] {
  const all = new Map(held.map((role) => [role.id, role]))
  for (const role of all.values()) {
    const next = implied[role.name]
    const other = next === undefined ? undefined : roleNamed(world, next)
    if (other !== undefined) all.set(other.id, other)
  }
  return [...all.values()]
}

export function roleNamed(world: World, name: string): Role | undefined {
  return world.of(roles).find((role) => role.name === name)
}
