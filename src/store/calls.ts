import type { JsonMap } from '../base/json.ts'
import { CallCarriedOut } from '../contract/problems.ts'
import type { Database, Tx } from './database.ts'
import type { Sealer } from './fernet.ts'

/** A call that changed something. */
export interface NotedCall {
  readonly id: string
  readonly carriedOutAt: number
  /** What it is answered with, where nobody could tell afterwards. */
  readonly answer?: JsonMap
}

interface Room {
  readonly database: Database
  readonly sealer: Sealer
}

/** Notes with a change which call it carries out. A call that is noted already is a duplicate: nothing is changed then. */
export async function noteCall({ sealer }: Room, tx: Tx, call: NotedCall | undefined): Promise<void> {
  if (call === undefined) return
  const { id, carriedOutAt, answer } = call
  const sealed = answer === undefined ? null : sealer.seal(JSON.stringify(answer))
  await tx.insertInto('hearth_call').values({ id, carried_out_at: carriedOutAt, answer: sealed }).execute()
}

/** Makes a change that notes a call, in one transaction. Throws `CallCarriedOut` if the call is noted already. */
export async function carryingOut<T>(
  room: Room,
  call: NotedCall | undefined,
  change: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await room.database.transaction(change)
  } catch (error) {
    if (call !== undefined && room.database.mishap(error) === 'duplicate') {
      if ((await carriedOut(room, call.id)) !== undefined) throw CallCarriedOut({})
    }
    throw error
  }
}

/** The call of an ID, if it was carried out. */
export async function carriedOut({ database, sealer }: Room, id: string): Promise<NotedCall | undefined> {
  const found = await database.read((db) =>
    db.selectFrom('hearth_call').selectAll().where('id', '=', id).executeTakeFirst(),
  )
  if (found === undefined) return undefined
  const answer = found.answer !== null && { answer: JSON.parse(sealer.unseal(found.answer)) as JsonMap }
  return { id, carriedOutAt: found.carried_out_at, ...answer }
}

/** Forgets calls that nobody makes again any more. */
export async function forgetCalls({ transaction }: Database, before: number): Promise<void> {
  await transaction((tx) => tx.deleteFrom('hearth_call').where('carried_out_at', '<', before).execute())
}
