import { type AnyType, nested } from '../../plugin/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import type { StackDefinition } from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import type { Hold, Site } from './site.ts'

/** What a row was made by: as the template has it that it was made with, or else the present one. */
export async function typeOfRow({ site, row }: Hold): Promise<AnyType | undefined> {
  const { store, definitions } = site.parts
  const template = row.templateId === site.stack.templateId ? undefined : await store.template(row.templateId)
  const past = template && typeIn(site, definitions.of(site.stack, template), row)
  const known = past ?? typeIn(site, site.definition, row)
  if (known !== undefined) return known
  const child = row.physicalId === null ? undefined : await store.stack(row.physicalId)
  return child?.parentResourceId === row.id ? formerNested : undefined
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
