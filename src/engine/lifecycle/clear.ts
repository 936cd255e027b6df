import type { AnyResource } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import { again } from './again.ts'
import { contextOf } from './context.ts'
import { recoverCreate } from './create.ts'
import { ActionFailed, isLeftToNext } from './failure.ts'
import { hasHook, pauseAt } from './hooks.ts'
import { removeChild } from './nested.ts'
import { NotPassed } from './not-passed.ts'
import { resolveNames, type Values } from './properties.ts'
import { quietReasonOf } from './quiet-reason.ts'
import { removeObject } from './remove.ts'
import { rest } from './rest.ts'
import { typeOfRow } from './row-type.ts'
import { Hold, type Site, touchesCloud } from './site.ts'
import { done, underWay } from './state.ts'
import { removeLastTwins } from './twins.ts'

/** Makes a row go that the stack no longer wants, and its object with it unless it is to be retained. */
export async function clear(site: Site, row: ResourceRow): Promise<void> {
  const hold = new Hold(site, row)
  try {
    const pauses = site.stack.action === 'DELETE' && !site.stack.keepsObjects && row.action !== 'INIT'
    const isBegun = row.action === 'DELETE' && row.status !== 'FAILED'
    const isGone = isBegun && row.status === 'COMPLETE'
    if (pauses && !isBegun) await pauseAt(hold, 'pre-delete')
    if (site.stack.keepsObjects) await letGo(hold)
    else if (!isGone) await (row.deletionPolicy === 'Retain' ? retain(hold) : remove(hold))
    const changed = await settleReplacement(site, row)
    // Of what never was nothing is told, unless something of it had to be deleted.
    if (hold.row.action !== 'INIT') hold.note({ action: 'DELETE', ...done })
    if (pauses && hasHook(hold, 'post-delete')) {
      hold.jot({})
      await pauseAt(hold, 'post-delete')
    }
    site.journal.forget(hold.row, changed === undefined ? [] : [changed])
  } catch (error) {
    throw await failed(hold, error)
  }
}

/** The object stays; that it is let go is told as if it were deleted. */
async function retain(hold: Hold): Promise<void> {
  if (hold.row.action !== 'INIT') hold.jot(begun)
}

async function remove(hold: Hold): Promise<void> {
  const type = await typeOfRow(hold)
  if (type === undefined) {
    if (hold.row.physicalId === null) return
    throw new Error(`The Resource Type (${hold.row.type}) could not be found.`)
  }
  if (type.is === 'nested') await removeNested(hold)
  else await removePlain(type, hold)
}

async function removeNested(hold: Hold): Promise<void> {
  hold.jot(begun)
  await removeChild(hold)
}

/** The object stays as it is; a child stack is abandoned in turn. */
async function letGo(hold: Hold): Promise<void> {
  const type = await typeOfRow(hold)
  if (type?.is === 'nested') await removeNested(hold)
  else await retain(hold)
}

const begun = underWay('DELETE')

async function removePlain(type: AnyResource, hold: Hold): Promise<void> {
  const values = await valuesOf(type, hold)
  // Whether a create that never answered made something has to be known before the row that tells of it is touched.
  await recoverCreate(type, hold, values)
  // What never was whole is no use to anybody later.
  const isWhole = hold.row.action !== 'CREATE' || hold.row.status === 'COMPLETE'
  const deletionPolicy = isWhole ? hold.row.deletionPolicy : 'Delete'
  const intent = { does: 'delete', since: hold.site.parts.clock.now() } as const
  if (touchesCloud(type)) await hold.set({ ...begun, deletionPolicy, intent })
  else hold.jot({ ...begun, deletionPolicy, intent })
  const seconds = type.takes?.({ ...contextOf(type, hold, values), action: 'DELETE' }) ?? 0
  if (seconds > 0) await rest(hold.site, seconds * 1000)
  await removeLastTwins(type, hold, values)
  await removeObject(type, hold, values, deletionPolicy === 'Snapshot')
}

/** The values that a row's object was made with, with names turned into IDs where they still can be. */
export const valuesOf = (type: AnyResource, { site, row }: Hold): Promise<Values> =>
  resolveNames(site, type.properties as Shape, (row.properties ?? {}) as Values, true)

/**
 * When one of a replaced pair goes, the other stands alone; one that stays after all gets back what it gave up. Answers
 * with the row that stays, if it changed. It is recorded with the going of the other: until then both are repeated.
 */
async function settleReplacement(site: Site, gone: ResourceRow): Promise<ResourceRow | undefined> {
  const { rows } = site
  const stays = rows.get(gone.name)
  if (stays === undefined || stays.id === gone.id) return undefined
  if (stays.replacedBy === gone.id) await giveBack(site, stays)
  // Others of the same name may have gone meanwhile.
  const now = rows.get(gone.name) ?? stays
  if (now.replaces !== gone.id && now.replacedBy !== gone.id) return undefined
  const alone: ResourceRow = {
    ...now,
    ...(now.replaces === gone.id && { replaces: null }),
    ...(now.replacedBy === gone.id && { replacedBy: null }),
    updatedAt: site.parts.clock.now(),
  }
  rows.set(gone.name, alone)
  return alone
}

async function giveBack(site: Site, stays: ResourceRow): Promise<void> {
  const hold = new Hold(site, stays)
  const type = await typeOfRow(hold)
  if (type?.is !== 'resource' || type.replacementUndone === undefined) return
  const { actionRetryLimit: most } = site.parts.options
  const context = contextOf(type, hold, await valuesOf(type, hold))
  // Another replacement that failed may hold it yet; it goes too.
  await again(site, { most, passing: ['conflict', 'unavailable', 'rate-limited'] }, async () =>
    type.replacementUndone?.(context),
  )
  const { notes, secrets } = hold.row
  const now = site.rows.get(stays.name)
  if (now?.id === stays.id) site.rows.set(stays.name, { ...now, notes, secrets })
}

async function failed(hold: Hold, error: unknown): Promise<unknown> {
  if (isLeftToNext(error, hold.site.signal)) return error
  const reason = await quietReasonOf(hold, 'DELETE', error)
  if (!(error instanceof NotPassed))
    await hold.set({ action: 'DELETE', status: 'FAILED', statusReason: reason })
  return new ActionFailed('DELETE', reason, error)
}
