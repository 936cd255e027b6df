import type { ResourceRow, StackRow } from '../../store/rows.ts'
import type { Goal, Leaving } from '../run/run.ts'

/** What a deployment has to do, and the rows that stay while it does it. */
export interface Target {
  readonly goal: Goal
  /** For each wanted resource the row that stands for it, if there is one. */
  readonly kept: ReadonlyMap<string, ResourceRow>
}

/** Whether nothing is wanted any more: the stack is deleted, or goes back to before its creation. */
export const wantsNothing = ({ action, previousTemplateId }: StackRow): boolean =>
  action === 'DELETE' || (action === 'ROLLBACK' && previousTemplateId === null)

/** Compares the rows there are with the resources that are wanted. `needs` are those of every wanted resource. */
export function targetOf(
  stack: StackRow,
  rows: readonly ResourceRow[],
  needs: ReadonlyMap<string, readonly string[]>,
): Target {
  const wanted = wantsNothing(stack) ? new Map<string, readonly string[]>() : needs
  const kept = new Map<string, ResourceRow>()
  for (const row of rows) {
    if (!wanted.has(row.name)) continue
    const best = kept.get(row.name)
    if (best === undefined || isBetter(row, best, stack)) kept.set(row.name, row)
  }
  const leaving = rows.filter((row) => kept.get(row.name)?.id !== row.id).map(leavingOf)
  return {
    kept,
    goal: { wanted, leaving, recorded: new Map([...kept].map(([name, row]) => [name, row.needs])) },
  }
}

export const leavingOf = ({ id, name, needs }: ResourceRow): Leaving => ({ id, name, needs })

/** Of several objects of one name, the one to go on with: sound before failed, of the wanted template before others. */
function isBetter(a: ResourceRow, b: ResourceRow, { templateId }: StackRow): boolean {
  const difference = score(a, templateId) - score(b, templateId)
  return difference === 0 ? a.createdAt > b.createdAt : difference > 0
}

function score({ status, action, replacedBy, templateId }: ResourceRow, wantedTemplateId: string): number {
  return (
    (action === 'DELETE' ? -50 : 0) +
    (status === 'FAILED' ? -30 : 0) +
    (templateId === wantedTemplateId ? 10 : 0) +
    (replacedBy !== null ? -1 : 0)
  )
}
