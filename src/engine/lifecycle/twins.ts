import { isCloudError } from '../../cloud/error.ts'
import type { AnyResource } from '../../plugin/index.ts'
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

/** Deletes what a request made that was given up for lost and arrived after all: it is nobody's. */
export async function removeTwins(type: AnyResource, hold: Hold, values: Values): Promise<void> {
  const since = hold.row.notes[twinNote]
  if (since === undefined) return
  const home = homeOf(hold.site.session, type)
  try {
    for (const { id } of await twins(type, hold, { values, since: Number(since) })) await home?.delete(id)
  } catch (error) {
    if (!isCloudError(error)) throw error
    // The note stays, for the next action on the resource to see to it.
    if (error.kind !== 'not-found') {
      hold.site.parts.log.warn(
        { resource: hold.row.name, error: error.message },
        'A twin could not be removed',
      )
      return
    }
  }
  const { [twinNote]: _done, ...notes } = hold.row.notes
  hold.note({ notes })
}
