import type { ResourceRow, StackRow } from '../../store/rows.ts'
import type { Goal, Leaving } from '../run/run.ts'
import type { Kept } from './kept.ts'

/** What a deployment has to do, and the rows that it does it with. */
export interface Target {
  readonly goal: Goal
  readonly kept: Kept
  /** The rows that have to go, by their IDs. */
  readonly leaving: ReadonlyMap<string, ResourceRow>
}

/** Whether nothing is wanted any more: the stack is deleted, or goes back to before its creation. */
export const wantsNothing = ({ action, previousTemplateId }: StackRow): boolean =>
  action === 'DELETE' || (action === 'ROLLBACK' && previousTemplateId === null)

/** Sets the resources that are wanted, each with its needs, against the rows there are. */
export function targetOf(
  rows: readonly ResourceRow[],
  wanted: ReadonlyMap<string, readonly string[]>,
  kept: Kept,
): Target {
  const leaving = rows.filter((row) => kept.get(row.name)?.id !== row.id)
  const recorded = new Map([...kept].map(([name, row]) => [name, row.needs]))
  return {
    kept,
    leaving: new Map(leaving.map((row) => [row.id, row])),
    goal: { wanted, recorded, leaving: leaving.map(leavingOf) },
  }
}

export const leavingOf = ({ id, name, needs }: ResourceRow): Leaving => ({ id, name, needs })
