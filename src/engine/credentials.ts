import type { JsonMap } from '../base/json.ts'
import { messageOf } from '../base/problem.ts'
import { isCloudError } from '../cloud/error.ts'
import type { Caller } from '../contract/views.ts'
import type { CredentialRow, StackRow } from '../store/rows.ts'
import type { EngineParts } from './parts.ts'

/** What to store so that the engine can act for a caller later; it may take the place of a former one. */
export async function newCredential(
  { access, newId }: EngineParts,
  caller: Caller,
  former?: string,
): Promise<CredentialRow> {
  const document = await access.defer(caller)
  // The former one is given back when the stack has come through without it.
  return { id: newId(), document: { ...document, caller: caller.userId, ...(former && { former }) } }
}

/**
 * The credential to go on with when a caller changes a stack: that of who changed it last, and a good one. `undefined`: the
 * stack has just that.
 */
export async function renewedCredential(
  parts: EngineParts,
  caller: Caller,
  stack: StackRow,
): Promise<CredentialRow | undefined> {
  // Children act by their root's, and what a caller of another project could leave would open the wrong project.
  if (stack.parentId !== null || stack.projectId !== caller.projectId) return undefined
  const present = stack.credentialId === null ? undefined : await parts.store.credential(stack.credentialId)
  if (present?.document.caller === caller.userId && (await isGood(parts, present, stack))) return undefined
  return await newCredential(parts, caller, present?.id)
}

/** Whether a credential gives access. If that can't be told now, it may well do so later. */
async function isGood(
  { access }: EngineParts,
  { document }: CredentialRow,
  stack: StackRow,
): Promise<boolean> {
  try {
    await access.forStack(document, stack.projectId).offers(['identity'])
    return true
  } catch (error) {
    return !isCloudError(error) || !refusals.has(error.kind)
  }
}

const refusals: ReadonlySet<string> = new Set(['unauthorized', 'forbidden', 'not-found'])

/** Gives back what a stack's present credential took the place of; nothing of the stack uses that any more. */
export async function dropFormerCredentials(
  { store, access }: EngineParts,
  { credentialId, projectId }: StackRow,
): Promise<void> {
  const present = credentialId === null ? undefined : await store.credential(credentialId)
  if (present?.document.former === undefined) return
  const { former, ...document } = present.document
  await dropChain({ store, access }, former, projectId)
  await store.saveCredential({ id: present.id, document })
}

/** Gives back a deleted stack's credential, and those before it. That it can't be is no reason to keep the stack. */
export async function dropCredentials({ store, access, log }: EngineParts, stack: StackRow): Promise<void> {
  if (stack.parentId !== null) return
  try {
    await dropChain({ store, access }, stack.credentialId, stack.projectId)
  } catch (error) {
    log.warn({ stack: stack.id, error: messageOf(error) }, 'A credential could not be given back')
  }
}

async function dropChain(
  { store, access }: Pick<EngineParts, 'store' | 'access'>,
  first: JsonMap[string] | undefined,
  projectId: string,
): Promise<void> {
  for (let id = first; typeof id === 'string'; ) {
    const row = await store.credential(id)
    if (row !== undefined) await access.discard(row.document, projectId)
    await store.forgetCredential(id)
    id = row?.document.former
  }
}
