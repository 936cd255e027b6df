import type { ResourceRow, SnapshotRow, StackRow } from '../../store/rows.ts'
import type { Goal, Leaving } from '../run/run.ts'
import { type Act, acts } from './acts.ts'
import type { Kept } from './kept.ts'

/** What a deployment has to do, and the rows that it does it with. */
export interface Target {
  readonly goal: Goal
  readonly kept: Kept
  /** The rows that have to go, by their IDs. */
  readonly leaving: ReadonlyMap<string, ResourceRow>
  /** The snapshots that have to go, by their IDs. */
  readonly snapshots: ReadonlyMap<string, SnapshotRow>
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
    snapshots: new Map(),
    goal: { wanted, recorded, leaving: leaving.map(leavingOf) },
  }
}

/** What there is has to go, and the snapshots of it, which need nothing and are needed by nothing. */
export function nothingOf(rows: readonly ResourceRow[], snapshots: readonly SnapshotRow[]): Target {
  const target = targetOf(rows, new Map(), new Map())
  const leaving = snapshots.map(({ id }) => ({ id, name: '', needs: [] }))
  return {
    ...target,
    snapshots: new Map(snapshots.map((one) => [one.id, one])),
    goal: { ...target.goal, leaving: [...target.goal.leaving, ...leaving] },
  }
}

/** What to act on: the rows that stand for resources, and for a check those too that should be there and are not. */
export function actingOn(act: Act, needs: ReadonlyMap<string, readonly string[]>, kept: Kept): Target {
  const { order, onFailure, missing } = acts[act]
  const present = new Map([...needs].filter(([name]) => missing === 'told' || kept.has(name)))
  const acting = order === 'needs first' ? present : reversed(present)
  const goesOn = onFailure === 'go on'
  return {
    kept,
    leaving: new Map(),
    snapshots: new Map(),
    goal: { wanted: new Map(), recorded: new Map(), leaving: [], acting, goesOn },
  }
}

function reversed(needs: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const users = new Map([...needs.keys()].map((name) => [name, [] as string[]]))
  for (const [name, all] of needs) for (const need of all) users.get(need)?.push(name)
  return users
}

export const leavingOf = ({ id, name, needs }: ResourceRow): Leaving => ({ id, name, needs })
