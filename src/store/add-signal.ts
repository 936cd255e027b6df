import { addEvents, type Room } from './batch.ts'
import { carryingOut, type NotedCall, noteCall } from './calls.ts'
import type { Tx } from './database.ts'
import { insertAll } from './insert.ts'
import type { EventRow, SignalRow } from './rows.ts'
import { signalRecord } from './signals.ts'

/** Something that a resource is told, and the events that tell of it. */
export interface Arrival {
  readonly resourceId: string
  /** What is kept of it, if anything is. */
  readonly signal?: SignalRow
  readonly events: readonly EventRow[]
  /** It takes the place of an earlier signal of its ID. */
  readonly replaces?: boolean
  /** The call that tells it. Nothing is done for one that was carried out already: `CallCarriedOut` is thrown. */
  readonly call?: NotedCall | undefined
}

/** Stores what a resource that is there was told; answers whether it did. */
export async function addSignal(
  room: Room,
  { resourceId, signal, events, replaces, call }: Arrival,
): Promise<boolean> {
  const { database, sealer } = room
  try {
    return await carryingOut(room, call, async (tx) => {
      if (!(await isThere(tx, resourceId))) return false
      await insertAll(database, tx, 'hearth_signal', {
        rows: signal === undefined ? [] : [signalRecord(signal, sealer)],
        clash: replaces ? { does: 'overwrite', key: ['resource_id', 'id'] } : { does: 'fail' },
      })
      await addEvents(database, tx, events)
      await noteCall(room, tx, call)
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
