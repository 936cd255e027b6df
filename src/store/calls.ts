import type { Database, Tx } from './database.ts'

/** Notes with a change which call it carries out. A call that is noted already is a duplicate: nothing is changed then. */
export async function noteCall(tx: Tx, id: string, carriedOutAt: number): Promise<void> {
  await tx.insertInto('hearth_call').values({ id, carried_out_at: carriedOutAt }).execute()
}

/** Whether a call was carried out. */
export async function wasCarriedOut({ read }: Database, id: string): Promise<boolean> {
  const found = await read((db) =>
    db.selectFrom('hearth_call').select('id').where('id', '=', id).executeTakeFirst(),
  )
  return found !== undefined
}

/** Forgets calls that nobody makes again any more. */
export async function forgetCalls({ transaction }: Database, before: number): Promise<void> {
  await transaction((tx) => tx.deleteFrom('hearth_call').where('carried_out_at', '<', before).execute())
}
