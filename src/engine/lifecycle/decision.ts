import type { AnyType } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import type { World } from '../../template/index.ts'
import { formerTypeOf, stoodFor } from '../definition/types.ts'
import { type Decision, decide, kindOf } from '../plan/decide.ts'
import { rewritten } from '../plan/rewritten.ts'
import type { Site } from './site.ts'
import type { Wanted } from './wanted.ts'

/** Decides on one resource by what is recorded of it; `undefined`: nothing is. */
export function decisionOn(
  site: Site,
  row: ResourceRow | undefined,
  wanted: Pick<Wanted, 'type' | 'resource' | 'values' | 'rewritten'>,
): Decision {
  const { type, resource, values } = wanted
  return decide(row, {
    type: resource.type,
    properties: values,
    shape: type.properties as Shape,
    ...kindOf(type),
    formerly: row && formerTypeOf(site.parts.registry, row, resource.type),
    rewritten: wanted.rewritten,
    stoodFor: row && meantBefore(site, row, type),
  })
}

/** What the name of a resource's type meant when its row was made, if that was something else than it means now. */
export const meantBefore = ({ parts, former }: Site, row: ResourceRow, type: AnyType): string | undefined =>
  stoodFor(parts.registry, former.get(row.templateId), row, type)

/** What else is written differently of a resource than when its row was made by a template: see `rewritten`. */
export function rewrittenSince(
  { former, definition }: Site,
  row: ResourceRow | undefined,
  world: World,
): readonly string[] {
  if (row === undefined) return []
  const before = former.get(row.templateId)
  return before === undefined ? [] : rewritten({ name: row.name, before, after: definition, world })
}
