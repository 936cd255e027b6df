import { unlessGone } from '../../cloud/error.ts'
import type { AnyResource } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import { contextOf } from './context.ts'
import { resolveNames } from './properties.ts'
import { Hold } from './site.ts'
import { freshRow, type Wanted } from './wanted.ts'

/** Puts a new row in the place of a resource's; from then on it is known that one replaces the other. */
export async function replacementOf(hold: Hold, { resource, type, needs }: Wanted): Promise<ResourceRow> {
  const { row: old, site } = hold
  const fresh = { ...freshRow(site, resource.name, needs), replaces: old.id }
  const replaced = { ...old, replacedBy: fresh.id, updatedAt: fresh.updatedAt }
  hold.row = fresh
  const recorded = site.journal.recordAll([replaced, fresh])
  // If the old object has to give something up, it must be known by then for whom.
  if (type.is === 'resource' && type.beforeReplaced !== undefined) await recorded
  return replaced
}

/** Has what is being replaced give up what its replacement will need; an earlier, failed replacement too. Safe to repeat. */
export async function leavePlace({ row, site }: Hold, type: AnyResource): Promise<void> {
  if (row.replaces === null || row.physicalId !== null || type.beforeReplaced === undefined) return
  const namesakes = await site.parts.store.resources(site.stack.id, [row.name])
  for (const other of namesakes) {
    if (other.id === row.id || other.physicalId === null || other.type !== row.type) continue
    const before = await resolveNames(site, type.properties as Shape, other.properties ?? {}, true)
    await unlessGone(type.beforeReplaced(contextOf(type, new Hold(site, other), before)))
  }
}
