import type { ResourceRow, StackRow } from '../../store/rows.ts'
import type { StackDefinition } from '../../template/index.ts'
import type { EngineParts } from '../parts.ts'

/** By template: what the rows of a stack were made by. */
export type Former = ReadonlyMap<string, StackDefinition>

/** The definitions that these rows were made by, but for the one that is wanted now. */
export async function formerDefinitions(
  { store, definitions }: EngineParts,
  stack: Pick<StackRow, 'id' | 'name' | 'projectId'>,
  { rows, wantedTemplateId }: { readonly rows: Iterable<ResourceRow>; readonly wantedTemplateId?: string },
): Promise<Former> {
  const ids = new Set([...rows].map(({ templateId }) => templateId))
  const former = new Map<string, StackDefinition>()
  for (const id of ids) {
    const template = id === wantedTemplateId ? undefined : await store.template(id)
    if (template !== undefined) former.set(id, definitions.of(stack, template))
  }
  return former
}

/** With more than this to read for every action, what is left as it is counts as made by the newest. */
export const mostFormer = 8
