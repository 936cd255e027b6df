import { type AnyResource, expectField } from '../../plugin/index.ts'
import { homeOf } from './clients.ts'
import type { HandlerContext } from './context.ts'
import { type Settles, settleAs } from './settle.ts'
import type { Hold } from './site.ts'

/** Whether there is anything to look at. */
export const isCheckable = ({ check, examine, lives }: AnyResource): boolean =>
  check !== undefined || examine !== undefined || lives !== undefined

/** How the reason of a resource begins of whose kind there is nothing to look at. */
export const notSupported = 'CHECK not supported for'

/** Throws what is wrong with a resource's object: as its type says, or that it is not there, or that it failed. */
export async function check(type: AnyResource, hold: Hold, context: HandlerContext): Promise<void> {
  const { physicalId, name } = hold.row
  if (physicalId === null) throw new Error(`Resource ${name} not created yet.`)
  if (type.check !== undefined) {
    await type.check(context)
    return
  }
  if (type.examine !== undefined) {
    await type.examine.begin(context)
    const settles = (type.examine.settles ?? type.settles) as Settles | undefined
    await settleAs(settles, { type, hold, values: context.props })
    return
  }
  const live = (await homeOf(hold, type)?.get(physicalId)) as Record<string, unknown> | undefined
  const settles = type.settles as Settles | undefined
  if (settles === undefined || live === undefined) return
  const status = live[settles.on]
  if (settles.failed.includes(status)) expectField(settles.on, settles.ready, status)
}
