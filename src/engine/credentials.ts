import { isMap, type JsonMap } from '../base/json.ts'
import { messageOf } from '../base/problem.ts'
import type { Caller } from '../contract/views.ts'
import type { CredentialRow, StackRow } from '../store/rows.ts'
import type { EngineParts } from './parts.ts'

interface Use {
  /** Other services are asked to act in the caller's name too. Only then may a trust be passed on. */
  readonly passedOn: boolean
  /** The credential that it takes the place of. */
  readonly former?: string | undefined
}

/** What to store so that the engine can act for a caller later; it may take the place of a former one. */
export async function newCredential(
  { access, newId }: EngineParts,
  caller: Caller,
  { passedOn, former }: Use,
): Promise<CredentialRow> {
  const document = await access.defer(caller, passedOn)
  const { token: _token, password: _password, ...who } = caller
  const noted = { caller: caller.userId, who, ...(passedOn && { passedOn }), ...(former && { former }) }
  // The former one is given back when the stack has come through without it.
  return { id: newId(), document: { ...document, ...noted } as JsonMap }
}

/** Whose rights a stack is deployed with: whoever changed it last. `undefined`: that was not noted. */
export async function ownerOf({ store }: EngineParts, stack: StackRow): Promise<Caller | undefined> {
  const root = stack.id === stack.rootId ? stack : await store.stack(stack.rootId)
  const id = root?.credentialId ?? null
  const who = id === null ? undefined : (await store.credential(id))?.document.who
  return isMap(who) ? (who as unknown as Caller) : undefined
}

/** Whether resources of any of these types have other services act for a stack's owner. */
export function passesTrustOn({ registry }: EngineParts, types: Iterable<string>): boolean {
  return [...types].some((name) => {
    const type = registry.find(name)
    return type?.is === 'resource' && type.passesTrustOn === true
  })
}

/**
 * The credential to go on with when a caller changes a stack: that of who changed it last, a good one, and one that can be
 * passed on if that is needed now or was before. `undefined`: the stack has just that.
 */
export async function renewedCredential(
  parts: EngineParts,
  caller: Caller,
  stack: StackRow,
  passedOn = false,
): Promise<CredentialRow | undefined> {
  // Children act by their root's, and what a caller of another project could leave would open the wrong project.
  if (stack.parentId !== null || stack.projectId !== caller.projectId) return undefined
  const present = stack.credentialId === null ? undefined : await parts.store.credential(stack.credentialId)
  const mayBePassedOn = present?.document.passedOn === true
  const isEnough = present?.document.caller === caller.userId && (mayBePassedOn || !passedOn)
  if (isEnough && (await parts.access.opens(present.document, stack.projectId))) return undefined
  return await newCredential(parts, caller, { passedOn: passedOn || mayBePassedOn, former: present?.id })
}

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
