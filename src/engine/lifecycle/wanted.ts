import type { JsonMap } from '../../base/json.ts'
import type { AnyType } from '../../plugin/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import type { ResourceDefinition } from '../../template/index.ts'
import { ChangeForbidden, ChangeRefused } from './failure.ts'
import type { Values } from './properties.ts'
import type { Hold, Site } from './site.ts'

/** A resource as the template wants it, evaluated: what it needs is there. */
export interface Wanted<T extends AnyType = AnyType> {
  readonly type: T
  readonly resource: ResourceDefinition
  readonly values: Values
  readonly metadata: JsonMap
  readonly needs: readonly string[]
  /** What else is written differently of it than when it was made: see `rewritten`. */
  readonly rewritten: readonly string[]
}

/** What making a resource came to: the row that stands for it now, and the one that it replaced. */
export interface Made {
  readonly row: ResourceRow
  readonly replaced?: ResourceRow
}

/** A row for a resource that is still to be made; a replacement gets one of its own. */
export function freshRow(site: Site, name: string, needs: readonly string[]): ResourceRow {
  const { parts, stack, definition } = site
  const now = parts.clock.now()
  return {
    id: parts.newId(),
    stackId: stack.id,
    name,
    type: definition.resources.get(name)?.type ?? '',
    physicalId: null,
    external: false,
    action: 'INIT',
    status: 'COMPLETE',
    statusReason: '',
    properties: null,
    sealed: definition.usesHidden(name),
    metadata: {},
    attributes: {},
    reference: null,
    deletionPolicy: definition.resources.get(name)?.deletionPolicy ?? 'Delete',
    notes: {},
    secrets: {},
    needs,
    templateId: stack.templateId,
    replaces: null,
    replacedBy: null,
    intent: null,
    createdAt: now,
    updatedAt: now,
  }
}

/** What a resource needs while it is on its way from one to the other: the change may have come to any point. */
export const needsMeanwhile = ({ row }: Hold, { needs }: Wanted): readonly string[] => [
  ...new Set([...row.needs, ...needs]),
]

/** Whether what is recorded of a resource holds, or may come to hold, the value of a hidden parameter. */
export const holdsHidden = ({ site, row }: Hold, { resource }: Wanted): boolean =>
  row.sealed || site.definition.usesHidden(resource.name)

/** Some of the changed properties may never change. */
export function refusedChange(
  { name, type }: ResourceDefinition,
  properties: readonly string[],
): ChangeRefused {
  const what = `Update to properties ${[...properties].sort().join(', ')} of ${name} (${type})`
  return new ChangeRefused('NotSupported', `${what} is not supported.`)
}

/** Refuses what the stack's environment forbids to be done to a resource. */
export function restrict({ site, row }: Hold, action: 'update' | 'replace'): void {
  if (!site.definition.environment.restrictedActionsOf(row.name).includes(action)) return
  throw new ChangeForbidden('ResourceActionRestricted', `${action} is restricted for resource.`)
}
