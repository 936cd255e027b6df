import { messageOf } from '../base/problem.ts'
import type { StackRow } from '../store/rows.ts'
import type { EngineParts } from './parts.ts'

/** The project for the users of a tree of stacks: its name leads back to the owner's project and the root of the tree. */
const nameOf = ({ projectId, rootId }: StackRow): string => `${projectId}-${rootId}`.slice(0, 64)

/** The project in which a stack's users are; it is made when the first of them is. That there is one is noted before. */
export async function projectForUsers({ store, users }: EngineParts, stack: StackRow): Promise<string> {
  if (!users.hasDomain) return stack.projectId
  const { rootId } = stack
  const known = await store.stackProject(rootId)
  if (known?.projectId) return known.projectId
  if (known === undefined) await store.saveStackProject({ rootId, projectId: null })
  const projectId = await users.ensureProject(nameOf(stack))
  await store.saveStackProject({ rootId, projectId })
  return projectId
}

/** Deletes the project of a stack that is gone. Answers why it could not be, which keeps the stack. */
export async function dropProject(
  { store, users, log }: EngineParts,
  stack: StackRow,
): Promise<string | undefined> {
  if (stack.parentId !== null) return undefined
  const known = await store.stackProject(stack.id)
  if (known === undefined) return undefined
  try {
    // An abandoned stack's users still signal, to whoever adopts it.
    if (!stack.keepsObjects && users.hasDomain)
      await users.removeProject(known.projectId ?? (await users.ensureProject(nameOf(stack))))
    await store.forgetStackProject(stack.id)
    return undefined
  } catch (error) {
    log.warn({ stack: stack.id, error: messageOf(error) }, 'The project of a stack could not be deleted')
    return `Error deleting project: ${messageOf(error)}`
  }
}
