import type { ResourceRow, StackRow } from '../../store/rows.ts'
import type { StackDefinition } from '../../template/index.ts'
import type { EngineParts } from '../parts.ts'
import { keptOf } from './kept.ts'

interface Standing {
  readonly stack: StackRow
  readonly definition: StackDefinition
  readonly rows: readonly ResourceRow[]
}

/**
 * The row that stands for each name. Of several it is the one that a deployment goes on with: where it goes back to what
 * had been replaced, that stands for the resource again, and is the one that is told things and asked about.
 */
export function standingRows(
  { registry }: Pick<EngineParts, 'registry'>,
  { stack, definition, rows }: Standing,
): Map<string, ResourceRow> {
  const current = currentRows(rows)
  if (current.size === rows.length) return current
  const kept = keptOf(rows, { definition, registry, templateId: stack.templateId })
  return new Map([...current, ...kept])
}

/** Of several rows of a name, the one that no other has replaced. */
function currentRows(rows: readonly ResourceRow[]): Map<string, ResourceRow> {
  const current = new Map<string, ResourceRow>()
  for (const row of rows) {
    const known = current.get(row.name)
    if (known === undefined || (row.replacedBy === null && row.createdAt >= known.createdAt))
      current.set(row.name, row)
  }
  return current
}
