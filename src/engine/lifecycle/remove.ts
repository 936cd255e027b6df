import { isCloudError, unlessGone } from '../../cloud/error.ts'
import type { AnyResource } from '../../plugin/index.ts'
import { again } from './again.ts'
import { homeOf } from './clients.ts'
import { contextOf } from './context.ts'
import type { Values } from './properties.ts'
import { untilGone } from './settle.ts'
import type { Hold } from './site.ts'

/** Deletes a resource's object and waits until it is gone. One that is gone already is as good as deleted. */
export async function removeObject(
  type: AnyResource,
  hold: Hold,
  values: Values,
  snapshotFirst = false,
): Promise<void> {
  const context = contextOf(type, hold, values)
  if (hold.row.physicalId === null) {
    await type.abandon?.(context)
    return
  }
  await patiently(hold, async () => {
    if (snapshotFirst && type.snapshotThenDelete !== undefined)
      await unlessGone(type.snapshotThenDelete(context))
    else if (type.delete !== undefined) await unlessGone(type.delete(context))
    else
      await homeOf(hold, type)
        ?.delete(hold.row.physicalId ?? '')
        .catch(ignoreGone)
  })
  if (!isGoneAtOnce(type, hold)) await untilGone(type, hold, values)
}

/** Whether the cloud answers a deletion only when it is done. A type that deletes in a way of its own may do more. */
const isGoneAtOnce = (type: AnyResource, hold: Hold): boolean =>
  homeOf(hold, type)?.deletesAtOnce === true && type.delete === undefined && type.gone === undefined

function ignoreGone(error: unknown): void {
  if (!isCloudError(error, 'not-found')) throw error
}

/** What still uses the object may be on its way out, or the cloud be away: that is tried again for a while. */
async function patiently({ site }: Hold, work: () => Promise<void>): Promise<void> {
  const { actionRetryLimit } = site.parts.options
  await again(
    site,
    { most: actionRetryLimit + 3, passing: ['conflict', 'unavailable', 'rate-limited'] },
    work,
  )
}
