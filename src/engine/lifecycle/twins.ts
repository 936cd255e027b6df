import { isCloudError, unlessGone } from '../../cloud/error.ts'
import type { AnyResource } from '../../plugin/index.ts'
import { again } from './again.ts'
import { homeOf } from './clients.ts'
import { twins } from './find-again.ts'
import type { Values } from './properties.ts'
import type { Hold } from './site.ts'

/** Under which note it stands since when a request may still arrive that was given up for lost. */
const twinNote = 'made in doubt since'

/** Notes, to be recorded with what comes next, that the request that was intended may arrive after all. */
export function noteTwin(hold: Hold): void {
  const { notes, intent } = hold.row
  // The first of several lost requests counts.
  hold.note({ notes: { [twinNote]: String(intent?.since ?? 0), ...notes } })
}

/** Whether a request for the resource was given up for lost. */
export const mayHaveTwin = ({ row }: Hold): boolean => row.notes[twinNote] !== undefined

/**
 * Deletes what a request made that was given up for lost and arrived after all: it is nobody's. If that fails, the note
 * stays for the next action on the resource to see to it.
 */
export async function removeTwins(type: AnyResource, hold: Hold, values: Values): Promise<void> {
  try {
    await deleteTwins(type, hold, values)
  } catch (error) {
    if (!isCloudError(error)) throw error
    const facts = { resource: hold.row.name, error: error.message }
    hold.site.parts.log.warn(facts, 'A twin could not be removed')
  }
}

/** As `removeTwins`, where no action comes after, for the resource goes: it is tried for a while, and fails as that does. */
export async function removeLastTwins(type: AnyResource, hold: Hold, values: Values): Promise<void> {
  const { actionRetryLimit } = hold.site.parts.options
  const patience = {
    most: actionRetryLimit + 3,
    passing: ['conflict', 'unavailable', 'rate-limited'],
  } as const
  await again(hold.site, patience, () => deleteTwins(type, hold, values))
}

async function deleteTwins(type: AnyResource, hold: Hold, values: Values): Promise<void> {
  const since = hold.row.notes[twinNote]
  if (since === undefined) return
  const home = homeOf(hold, type, values)
  for (const { id } of await twins(type, hold, { values, since: Number(since) })) {
    if (home !== undefined) await unlessGone(home.delete(id))
  }
  const { [twinNote]: _done, ...notes } = hold.row.notes
  hold.note({ notes })
}
