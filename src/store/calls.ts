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

/** Throws `CallCarriedOut` if that is why a change failed. */
export async function refuseDuplicate(room: Room, error: unknown, call?: NotedCall): Promise<void> {
  if (call === undefined || room.database.mishap(error) !== 'duplicate') return
  if ((await carriedOut(room, call.id)) !== undefined) throw CallCarriedOut({})
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
