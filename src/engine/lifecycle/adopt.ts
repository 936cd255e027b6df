import type { AnyResource } from '../../plugin/index.ts'
import { homeOf } from './clients.ts'
import { ChangeForbidden } from './failure.ts'
import { remember, rememberMore } from './remember.ts'
import type { Hold } from './site.ts'
import type { Made, Wanted } from './wanted.ts'

/** Takes an object that is already there (`external_id`) for the resource. It is only looked at, never changed or deleted. */
export async function adopt(hold: Hold, wanted: Wanted<AnyResource>, externalId: string): Promise<Made> {
  const { type, resource, metadata } = wanted
  const { physicalId, external, status } = hold.row
  if (physicalId !== null && !(external && physicalId === externalId)) throw refused(hold)
  const begun = { action: 'ADOPT', status: 'IN_PROGRESS', statusReason: 'state changed' } as const
  const said = { type: resource.type, deletionPolicy: 'Retain', metadata } as const
  if (physicalId !== null && status === 'COMPLETE') {
    const attributes = await rememberMore(hold, wanted)
    if (attributes !== undefined) void hold.set({ ...said, attributes }).catch(() => {})
    return { row: hold.row }
  }
  void hold.set({ ...begun, ...said }).catch(() => {})
  const live = await homeOf(hold, type)?.get(externalId)
  hold.note({ physicalId: externalId, external: true, properties: {} })
  const remembered = await remember(hold, wanted, live)
  void hold.set({ ...remembered, status: 'COMPLETE', templateId: hold.site.stack.templateId }).catch(() => {})
  return { row: hold.row }
}

/** A resource that was only looked at so far can't become one to change and delete. */
export function refuseAdopted(hold: Hold): void {
  if (hold.row.external) throw refused(hold)
}

function refused({ row: { name, type } }: Hold): ChangeForbidden {
  const what = `Update to property external_id of ${name} (${type})`
  return new ChangeForbidden('NotSupported', `${what} is not supported.`)
}
