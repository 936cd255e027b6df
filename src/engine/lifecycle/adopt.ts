import type { AnyResource } from '../../plugin/index.ts'
import { homeOf } from './clients.ts'
import type { Made, Wanted } from './make.ts'
import { remember } from './remember.ts'
import type { Hold } from './site.ts'

/** Takes an object that is already there (`external_id`) for the resource. It is only looked at, never changed or deleted. */
export async function adopt(hold: Hold, wanted: Wanted<AnyResource>, externalId: string): Promise<Made> {
  const { type, resource, metadata } = wanted
  if (hold.row.physicalId === externalId && hold.row.status === 'COMPLETE') return { row: hold.row }
  if (hold.row.physicalId !== null && hold.row.physicalId !== externalId) {
    throw new Error('NotSupported: Update to property external_id is not supported.')
  }
  const begun = { action: 'ADOPT', status: 'IN_PROGRESS', statusReason: 'state changed' } as const
  void hold.set({ ...begun, type: resource.type, deletionPolicy: 'Retain', metadata }).catch(() => {})
  const live = await homeOf(hold.site.session, type)?.get(externalId)
  hold.note({ physicalId: externalId, properties: {} })
  const remembered = await remember(hold, wanted, live)
  void hold.set({ ...remembered, status: 'COMPLETE', templateId: hold.site.stack.templateId }).catch(() => {})
  return { row: hold.row }
}
