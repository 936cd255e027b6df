import { StackExists } from '../contract/problems.ts'
import { addEvents, ask, type Room, writeResources } from './batch.ts'
import * as calls from './calls.ts'
import type { Tx } from './database.ts'
import { insertAll } from './insert.ts'
import { credentialRecord } from './records.ts'
import type { CredentialRow, EventRow, ResourceRow } from './rows.ts'
import * as snapshots from './snapshots.ts'
import * as stacks from './stacks.ts'
import type { Targeting } from './store.ts'

type Target = Targeting & { readonly credential?: CredentialRow }

/** Stores a new stack with what it is to become. Throws the problem `StackExists` if its name is taken. */
export async function createStack(
  room: Room,
  { resources = [], ...target }: Target & { readonly resources?: readonly ResourceRow[] },
): Promise<void> {
  const { database } = room
  try {
    const committed = await calls.carryingOut(room, target.call, async (tx) => {
      await stacks.add(database, tx, [target.stack])
      await writeResources(room, tx, new Map(resources.map((row) => [row.id, row])))
      return saveTarget(room, tx, target)
    })
    committed()
  } catch (error) {
    if (database.mishap(error) !== 'duplicate') throw error
    throw StackExists({ stack: target.stack.name }, error)
  }
}

/** Gives a stack something else to become, if nothing was asked of it since its deployment's request was `seen`. */
export async function retarget(room: Room, target: Target & { readonly seen: number }): Promise<boolean> {
  const { stack, seen, call } = target
  const committed = await calls.carryingOut(room, call, async (tx) => {
    if (!(await isAsSeen(tx, { stackId: stack.id, seen }))) return undefined
    await stacks.overwrite(room.database, tx, [stack])
    return saveTarget(room, tx, target)
  })
  committed?.()
  return committed !== undefined
}

/** What is changed of a stack by somebody who does not own its deployment. */
export interface Amendment {
  readonly stackId: string
  readonly seen: number
  readonly resources: readonly ResourceRow[]
  readonly events: readonly EventRow[]
  readonly call?: calls.NotedCall | undefined
}

/** Writes to a stack that nobody works on, if nothing was asked of it since its deployment's request was `seen`. */
export async function amend(room: Room, amendment: Amendment): Promise<boolean> {
  const { stackId, seen, resources, events, call } = amendment
  return await calls.carryingOut(room, call, async (tx) => {
    if (!(await isAsSeen(tx, { stackId, seen, isIdle: true }))) return false
    await writeResources(room, tx, new Map(resources.map((row) => [row.id, row])))
    await addEvents(room.database, tx, events)
    await calls.noteCall(room, tx, call)
    return true
  })
}

interface Seen {
  readonly stackId: string
  /** The number of the request that its deployment had. */
  readonly seen: number
  /** Nobody is to be at work on it either. */
  readonly isIdle?: boolean
}

/** Whether nothing was asked of a stack since it was seen; nothing can be until the transaction ends. */
async function isAsSeen(tx: Tx, { stackId, seen, isIdle = false }: Seen): Promise<boolean> {
  const locking = tx
    .updateTable('hearth_deployment')
    .set((eb) => ({ writes: eb('writes', '+', 1) }))
    .where('stack_id', '=', stackId)
    .where('request', '=', seen)
  const { numUpdatedRows } = await (isIdle ? locking.where('pending', '=', 0) : locking).executeTakeFirst()
  return numUpdatedRows === 1n
}

async function saveTarget(room: Room, tx: Tx, target: Target): Promise<() => void> {
  const { database, templates } = room
  const { stack, template, snapshot, credential, askedAt, origin, events = [], call } = target
  await calls.noteCall(room, tx, call)
  if (credential) await saveCredentials(room, tx, [credential])
  const committed = await templates.save(tx, template ? [template] : [])
  await ask(database, tx, new Map([[stack.id, { askedAt, origin }]]))
  await addEvents(database, tx, events)
  if (snapshot) await snapshots.write(room, tx, new Map([[snapshot.id, snapshot]]))
  return committed
}

/** Stores credentials, encrypted, in place of those of the same ID. */
export async function saveCredentials(
  { database, sealer }: Room,
  tx: Tx,
  rows: readonly CredentialRow[],
): Promise<void> {
  await insertAll(database, tx, 'hearth_credential', {
    rows: rows.map((row) => credentialRecord(row, sealer)),
    clash: { does: 'overwrite', key: ['id'] },
  })
}
