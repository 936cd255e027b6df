import type { AnyResource } from '../../plugin/index.ts'
import type { Act } from '../plan/acts.ts'
import { check, isCheckable, notSupported } from './check.ts'
import { valuesOf } from './clear.ts'
import { contextOf } from './context.ts'
import { ActionFailed, ChangeForbidden, isLeftToNext } from './failure.ts'
import { keepState, keptNote } from './keep-state.ts'
import { passOn } from './nested.ts'
import { quietReasonOf } from './quiet-reason.ts'
import { typeOfRow } from './row-type.ts'
import { Hold, type Site, touchesCloud } from './site.ts'
import { done, underWay } from './state.ts'
import { noteSleep, turn } from './turn.ts'
import { freshRow } from './wanted.ts'

/** Acts on one resource as it is. Throws `ActionFailed` once its failure is recorded. Safe to repeat. */
export async function act(site: Site, name: string, action: Act): Promise<void> {
  const hold = new Hold(
    site,
    site.rows.get(name) ?? freshRow(site, name, site.definition.needs.get(name) ?? []),
  )
  if (isDone(hold, action)) return
  try {
    refuseState(hold, action)
    await perform(hold, action)
    site.rows.set(name, hold.row)
  } catch (error) {
    throw await failed(hold, action, error)
  }
}

/** Whether it was done for this very request already, before a crash. */
const isDone = ({ row, site }: Hold, action: Act): boolean =>
  row.action === action &&
  row.status === 'COMPLETE' &&
  (action === 'SNAPSHOT' ? keptNote(site.snapshotId) in row.notes : row.updatedAt >= site.askedAt)

async function perform(hold: Hold, action: Act): Promise<void> {
  const type = await typeOfRow(hold)
  if (type === undefined) throw new Error(`The Resource Type (${hold.row.type}) could not be found.`)
  if (type.is === 'resource' && action === 'CHECK' && !isCheckable(type)) return leaveUnchecked(hold)
  if (type.is === 'resource' && action === 'SUSPEND') noteSleep(type, hold)
  const begun = underWay(action)
  // What only looks changes nothing that could be lost.
  if (type.is === 'resource' && touchesCloud(type) && action !== 'CHECK') await hold.set(begun)
  else hold.jot(begun)
  if (type.is === 'nested') await passOn(hold, action)
  else await actOnObject(type, hold, action)
  hold.jot(done)
}

async function actOnObject(type: AnyResource, hold: Hold, action: Act): Promise<void> {
  const values = await valuesOf(type, hold)
  switch (action) {
    case 'CHECK':
      return await check(type, hold, contextOf(type, hold, values))
    case 'SNAPSHOT':
      return await keepState(type, hold, values)
    case 'SUSPEND':
    case 'RESUME':
      return await turn(type, hold, { action, values })
  }
}

/** Nothing can be said of it but that; and nothing at all of what was never made. */
function leaveUnchecked(hold: Hold): void {
  if (hold.row.action === 'INIT') return
  const statusReason = `${notSupported} ${hold.row.type}`
  hold.jot({ action: 'CHECK', status: 'COMPLETE', statusReason })
}

/** Refuses to act on a resource that is not in a state for it; that changes nothing of the resource. */
function refuseState({ row: { action, status } }: Hold, act: Act): void {
  if (act === 'SUSPEND') {
    const isStable = action !== 'DELETE' && (action === 'SUSPEND' || status === 'COMPLETE')
    if (!isStable) throw invalid({ action, status }, act)
  }
  if (act === 'RESUME') {
    const isSuspended = action === 'RESUME' || (action === 'SUSPEND' && status === 'COMPLETE')
    if (!isSuspended) throw invalid({ action, status }, act)
  }
}

const invalid = ({ action, status }: { action: string; status: string }, act: Act): ChangeForbidden =>
  new ChangeForbidden('Error', `State ('${action}', '${status}') invalid for ${act.toLowerCase()}`)

async function failed(hold: Hold, action: Act, error: unknown): Promise<unknown> {
  const { site, row } = hold
  if (isLeftToNext(error, site.signal)) return error
  const reason = await quietReasonOf(hold, action, error)
  if (!(error instanceof ChangeForbidden)) {
    await hold.set({ action, status: 'FAILED', statusReason: reason })
    site.rows.set(row.name, hold.row)
  }
  return new ActionFailed(action, reason, error)
}
