import type { JsonMap } from '../../base/json.ts'
import type { ResourceRow, SnapshotRow, StackRow } from '../../store/rows.ts'
import type { Change, Ownership, Store } from '../../store/store.ts'
import { documentOf, type Named, plainIn } from '../document.ts'
import { keptIn, keptNote, withoutKept } from '../lifecycle/keep-state.ts'
import type { EngineParts } from '../parts.ts'
import type { Loaded } from './prepare.ts'

/** The snapshot that is being taken of a stack. While it is made there are none. */
export async function snapshotUnderWay(
  store: Pick<Store, 'snapshots'>,
  { id, action }: StackRow,
): Promise<SnapshotRow | undefined> {
  if (action === 'CREATE' || action === 'ADOPT') return undefined
  return (await store.snapshots(id, 'IN_PROGRESS')).find((one) => one.action === 'CREATE')
}

/** Whether something else was asked of the stack while a snapshot was taken. */
export const isOverdue = ({ stack, snapshot }: Loaded): boolean =>
  snapshot !== undefined && stack.action !== 'SNAPSHOT'

/** Ends a snapshot that came to nothing. What it kept so far stands in its document, and goes when it is deleted. */
export async function giveUpSnapshot(
  parts: EngineParts,
  owner: Ownership,
  { stack, snapshot }: Loaded,
): Promise<void> {
  if (snapshot === undefined) return
  const failed: StackRow = {
    ...stack,
    action: 'SNAPSHOT',
    status: 'FAILED',
    statusReason: `Stack SNAPSHOT cancelled: ${stack.action} was asked for`,
  }
  await parts.store.write({ owner, ...(await endOfSnapshot(parts, failed, { snapshot, left: [] })) })
}

interface Ended {
  readonly snapshot: SnapshotRow
  /** Rows of the stack that are written with it. */
  readonly left: readonly ResourceRow[]
}

/** What is to be written when a snapshot was taken, or failed: its document, and no more of the notes that led to it. */
export async function endOfSnapshot(
  parts: EngineParts,
  stack: StackRow,
  { snapshot, left }: Ended,
): Promise<Pick<Change, 'snapshots' | 'forgottenSnapshots' | 'resources'>> {
  const { status, statusReason } = stack
  const children: string[] = []
  const rows = await parts.store.resources(stack.id)
  const resourceIn = async ({ store }: EngineParts, named: Named): Promise<JsonMap> => {
    if (named.type?.is !== 'nested') return keptPlain(snapshot.id, named)
    const child = await store.snapshot(named.row?.notes[keptNote(snapshot.id)] ?? '')
    // One that is not taken yet stays its child's own.
    if (child === undefined || child.document === null) return {}
    children.push(child.id)
    return child.document
  }
  const document = await documentOf(parts, stack, { rows, resourceIn })
  const written = new Map(left.map((row) => [row.id, row]))
  for (const row of rows) {
    const clean = withoutKept(snapshot.id, written.get(row.id) ?? row)
    if (clean !== undefined) written.set(row.id, clean)
  }
  return {
    snapshots: [
      { ...snapshot, status: status === 'COMPLETE' ? 'COMPLETE' : 'FAILED', statusReason, document },
    ],
    forgottenSnapshots: children,
    resources: [...written.values()],
  }
}

/** What was kept before under the same name belongs to another snapshot. */
function keptPlain(snapshotId: string, named: Named): JsonMap {
  const { type, row } = named
  const plain = plainIn(named)
  if (row === undefined || type?.is !== 'resource' || type.snapshot === undefined) return plain
  const { [type.snapshot.as]: _, ...own } = plain.resource_data as JsonMap
  const names = [keptNote(snapshotId), `${keptNote(snapshotId)}?`]
  const data = Object.entries(own).filter(([key]) => !names.includes(key))
  return {
    ...plain,
    resource_data: { ...Object.fromEntries(data), ...keptIn(snapshotId, row, type.snapshot.as) },
  }
}
