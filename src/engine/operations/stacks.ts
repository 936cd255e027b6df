import { isUuid } from '../../base/ids.ts'
import { EntityNotFound, StackNotFound } from '../../contract/problems.ts'
import type { Caller, StackIdentity } from '../../contract/views.ts'
import type { StackRow, TemplateRow } from '../../store/rows.ts'
import type { StackDefinition } from '../../template/index.ts'
import type { EngineParts } from '../parts.ts'

export const identityOf = ({ projectId, name, id }: StackRow): StackIdentity => ({ projectId, name, id })

/** The stack of an identity, the deleted included: ID, name and project must agree, or there is none. */
export async function stackOf(
  { store }: EngineParts,
  { projectId, name, id }: StackIdentity,
): Promise<StackRow> {
  const stack = await store.stack(id)
  if (stack === undefined || stack.projectId !== projectId || stack.name !== name)
    throw StackNotFound({ stack: name })
  return stack
}

/** As `stackOf`, for what can only be done to a stack that is not deleted. */
export async function liveStackOf(parts: EngineParts, identity: StackIdentity): Promise<StackRow> {
  const stack = await stackOf(parts, identity)
  if (stack.deletedAt !== null) throw StackNotFound({ stack: identity.name })
  return stack
}

/**
 * As `liveStackOf`, for what the users of a stack may do too: their project, which they name, is that of all stacks of one tree,
 * and leads to no other.
 */
export async function stackOfUser(parts: EngineParts, identity: StackIdentity): Promise<StackRow> {
  const users = await parts.store.stackProjectOf(identity.projectId)
  const stack = users && (await parts.store.stack(identity.id))
  const isOwn = stack?.rootId === users?.rootId && stack?.name === identity.name && stack.deletedAt === null
  return isOwn && stack !== undefined ? stack : await liveStackOf(parts, identity)
}

/** The stack that a caller names by ID or by name. */
export async function lookUp(parts: EngineParts, caller: Caller, nameOrId: string): Promise<StackIdentity> {
  const { store } = parts
  const byId = isUuid(nameOrId) ? await store.stack(nameOrId) : undefined
  const stack = byId ?? (await store.stackByName(caller.projectId, nameOrId))
  if (stack !== undefined && (stack.projectId === caller.projectId || caller.isAdmin))
    return identityOf(stack)
  const users = await store.stackProjectOf(caller.projectId)
  const tree = users === undefined ? [] : await store.tree(users.rootId)
  const own = tree.find(({ id, name }) => id === nameOrId || name === nameOrId)
  if (own === undefined) throw StackNotFound({ stack: nameOrId })
  // Stacks are named by the caller's own project.
  return { ...identityOf(own), projectId: caller.projectId }
}

export async function templateOf({ store }: EngineParts, { id, templateId }: StackRow): Promise<TemplateRow> {
  const template = await store.template(templateId)
  if (template === undefined) throw EntityNotFound({ entity: 'Template', name: `of stack ${id}` })
  return template
}

/** What a stack is meant to be. */
export async function definitionOf(parts: EngineParts, stack: StackRow): Promise<StackDefinition> {
  return parts.definitions.of(stack, await templateOf(parts, stack))
}
