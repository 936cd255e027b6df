import type { AnyResource } from '../../plugin/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import { again } from './again.ts'
import { contextOf, doubtKey } from './context.ts'
import type { Values } from './properties.ts'
import { polled } from './settle.ts'
import type { Hold } from './site.ts'

/** Under which note the ID of what a snapshot made of a resource stands, until it is in the snapshot's document. */
export const keptNote = (snapshotId: string | undefined): string => `snapshot ${snapshotId}`

/** Under which names a document tells the mark of what may have been made, and when that was asked for. */
export const doubtful = { mark: 'snapshot_in_doubt', since: 'snapshot_in_doubt_since' }

/** Has the state of an object kept, and waits until it is. Made once, whatever crashes. */
export async function keepState(type: AnyResource, hold: Hold, values: Values): Promise<void> {
  const { site, row } = hold
  const { snapshot } = type
  if (snapshot === undefined || row.external || row.physicalId === null) return
  const mark = markOf(site.snapshotId, row)
  const { actionRetryLimit: most } = site.parts.options
  const kept = await again(site, { most, passing: ['conflict', 'unavailable', 'rate-limited'] }, () => {
    const context = { ...contextOf(type, hold, values), mark }
    return context.notes.ensure(keptNote(site.snapshotId), {
      make: () => snapshot.begin(context),
      find: () => snapshot.find(context),
    })
  })
  await polled(site, async () =>
    (await snapshot.isKept({ ...contextOf(type, hold, values), kept })) ? true : undefined,
  )
}

const markOf = (snapshotId: string | undefined, { id }: ResourceRow): string => `${snapshotId}.${id}`

/** What a snapshot made of a resource, as the document tells it: its ID, or the mark of what may have been made. */
export function keptIn(snapshotId: string, row: ResourceRow, as: string): Readonly<Record<string, string>> {
  const key = keptNote(snapshotId)
  const kept = row.notes[key]
  if (kept !== undefined) return { [as]: kept }
  const since = row.notes[doubtKey(key)]
  return since === undefined ? {} : { [doubtful.mark]: markOf(snapshotId, row), [doubtful.since]: since }
}

/** A row without the notes of a snapshot; `undefined`: it has none. */
export function withoutKept(snapshotId: string, row: ResourceRow): ResourceRow | undefined {
  const key = keptNote(snapshotId)
  const { [key]: kept, [doubtKey(key)]: doubt, ...notes } = row.notes
  return kept === undefined && doubt === undefined ? undefined : { ...row, notes }
}
