import { isUuid } from '../../base/ids.ts'
import { EntityNotFound, StackNotFound } from '../../contract/problems.ts'
import type { Caller, StackIdentity } from '../../contract/views.ts'
import type { StackRow, TemplateRow } from '../../store/rows.ts'
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

/** The stack that a caller names by ID or by name. */
export async function lookUp(
  { store }: EngineParts,
  caller: Caller,
  nameOrId: string,
): Promise<StackIdentity> {
  const byId = isUuid(nameOrId) ? await store.stack(nameOrId) : undefined
  const stack = byId ?? (await store.stackByName(caller.projectId, nameOrId))
  if (stack === undefined || (stack.projectId !== caller.projectId && !caller.isAdmin))
    throw StackNotFound({ stack: nameOrId })
  return identityOf(stack)
}

export async function templateOf({ store }: EngineParts, { id, templateId }: StackRow): Promise<TemplateRow> {
  const template = await store.template(templateId)
  if (template === undefined) throw EntityNotFound({ entity: 'Template', name: `of stack ${id}` })
  return template
}
