import { type AnyType, nested } from '../../plugin/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import type { StackDefinition } from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import type { Hold, Site } from './site.ts'

/** What a row was made by: as the present template has it, or else the one that it was made with. */
export async function typeOfRow({ site, row }: Hold): Promise<AnyType | undefined> {
  const present = typeIn(site, site.definition, row)
  if (present !== undefined) return present
  const { store, definitions } = site.parts
  const template = row.templateId === site.stack.templateId ? undefined : await store.template(row.templateId)
  const past = template && typeIn(site, definitions.of(site.stack, template), row)
  if (past !== undefined) return past
  const child = row.physicalId === null ? undefined : await store.stack(row.physicalId)
  return child === undefined ? undefined : formerNested
}

function typeIn(
  { parts }: Site,
  definition: StackDefinition,
  { name, type }: ResourceRow,
): AnyType | undefined {
  return typeOf(definition, { name, type, dependsOn: [], deletionPolicy: 'Delete' }, parts.registry)
}

/** Stands for a nested type whose template is no longer to be had: enough to delete what it made. */
const formerNested = nested('', {
  summary: 'A nested stack whose template is no longer known.',
  properties: {},
  attributes: {},
  next: () => ({ template: {} }),
  attribute: async () => undefined,
})
