import type { Wait } from '../../client/index.ts'

/** What is being done to a stack. */
export type WatchedAction = NonNullable<Wait['action']>

/** How far each resource of a stack has come. */
export interface Progress {
  readonly action: WatchedAction
  readonly startedAt: number
  /** By path; those that only a listing told of have no times. */
  readonly resources: Map<string, ResourceProgress>
}

export interface ResourceProgress {
  /** `CREATE_IN_PROGRESS` */
  readonly status: string
  /** When it was first seen at this; absent: an event never spoke of it. */
  readonly since?: number
}

/** What one thing seen means to those who look on. */
export interface Step {
  readonly path: string
  readonly status: string
  /** How long the resource was under way, if its beginning was seen. */
  readonly tookMs?: number
}

export const startProgress = (action: WatchedAction, now: number): Progress => ({
  action,
  startedAt: now,
  resources: new Map(),
})

/** Takes in that a resource has a new status; answers with the step if that ended something. */
export function advance(
  { resources }: Progress,
  { path, status }: { readonly path: string; readonly status: string },
  now: number,
): Step | undefined {
  const before = resources.get(path)
  const isSame = before?.status === status && before.since !== undefined
  resources.set(path, isSame ? before : { status, since: now })
  if (isUnderWay(status)) return undefined
  const began = before !== undefined && isUnderWay(before.status) ? before.since : undefined
  return { path, status, ...(began !== undefined && { tookMs: now - began }) }
}

/** Takes in a listing of resources: it tells how many there are, but events know better how they fare. */
export function takeStock(
  { resources }: Progress,
  listed: readonly { readonly path: string; readonly status: string }[],
): void {
  for (const { path, status } of listed) if (!resources.has(path)) resources.set(path, { status })
}

/** Whether a status is on the way to another. */
export const isUnderWay = (status: string): boolean => status.endsWith('_IN_PROGRESS')

/** Whether a status says that something went wrong. */
export const isFailed = (status: string): boolean => status.endsWith('_FAILED')
