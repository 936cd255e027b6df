import type { AnyResource } from '../../plugin/index.ts'
import { check, isCheckable, notSupported } from './check.ts'
import { contextOf } from './context.ts'
import { ChangeForbidden } from './failure.ts'
import { remember, rememberMore } from './remember.ts'
import type { Hold } from './site.ts'
import { done, underWay } from './state.ts'
import type { Made, Wanted } from './wanted.ts'

/** Takes an object that is already there (`external_id`) for the resource. It is only looked at, never changed or deleted. */
export async function adopt(hold: Hold, wanted: Wanted<AnyResource>, externalId: string): Promise<Made> {
  const { type, resource, metadata } = wanted
  const { physicalId, external, status } = hold.row
  if (physicalId !== null && !(external && physicalId === externalId)) throw refused(hold)
  const said = { type: resource.type, deletionPolicy: 'Retain', metadata } as const
  if (physicalId !== null && status === 'COMPLETE') {
    const attributes = await rememberMore(hold, wanted)
    if (attributes !== undefined) hold.jot({ ...said, attributes })
    return { row: hold.row }
  }
  hold.jot({ ...underWay('ADOPT'), ...said })
  const taken = { physicalId: externalId, external: true, properties: {}, status: 'COMPLETE' } as const
  hold.jot({ ...taken, templateId: hold.site.stack.templateId })
  const checked = await lookedAt(hold, type)
  const remembered = await remember(hold, wanted, undefined)
  hold.jot({ ...remembered, ...checked })
  return { row: hold.row }
}

/** Checks what was taken, as far as its type can: that it is there, and is in order. Answers with what to record of that. */
async function lookedAt(hold: Hold, type: AnyResource): Promise<Partial<Hold['row']>> {
  if (!isCheckable(type))
    return { action: 'CHECK', status: 'COMPLETE', statusReason: `${notSupported} ${hold.row.type}` }
  hold.jot(underWay('CHECK'))
  await check(type, hold, contextOf(type, hold, {}))
  return done
}

/** A resource that was only looked at so far can't become one to change and delete. */
export function refuseAdopted(hold: Hold): void {
  if (hold.row.external) throw refused(hold)
}

function refused({ row: { name, type } }: Hold): ChangeForbidden {
  const what = `Update to property external_id of ${name} (${type})`
  return new ChangeForbidden('NotSupported', `${what} is not supported.`)
}
