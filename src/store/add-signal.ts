import { addEvents, type Room } from './batch.ts'
import type { Tx } from './database.ts'
import { insertAll } from './insert.ts'
import type { EventRow, SignalRow } from './rows.ts'
import { signalRecord } from './signals.ts'

/** A signal that arrived, and the event that tells of it. */
export interface Arrival {
  readonly signal: SignalRow
  readonly events: readonly EventRow[]
  /** It takes the place of an earlier one of its ID. */
  readonly replaces: boolean
}

/** Stores a signal of a resource that is there; answers whether it did. Two at once of one ID never lose one silently. */
export async function addSignal(room: Room, { signal, events, replaces }: Arrival): Promise<boolean> {
  const { database, sealer } = room
  try {
    return await database.transaction(async (tx) => {
      if (!(await isThere(tx, signal.resourceId))) return false
      await insertAll(database, tx, 'hearth_signal', {
        rows: [signalRecord(signal, sealer)],
        clash: replaces ? { does: 'overwrite', key: ['resource_id', 'id'] } : { does: 'fail' },
      })
      await addEvents(database, tx, events)
      return true
    })
  } catch (error) {
    if (database.mishap(error) !== 'duplicate') throw error
    return false
  }
}

async function isThere(tx: Tx, resourceId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('hearth_resource')
    .select('id')
    .where('id', '=', resourceId)
    .executeTakeFirst()
  return row !== undefined
}
