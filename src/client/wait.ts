import { type Clock, systemClock } from '../base/clock.ts'
import { Problem } from '../base/problem.ts'
import type { EventRow } from '../contract/rest/index.ts'
import type { HearthClient, StackAddress, StackArgument } from './hearth-client.ts'

/** What to wait for, and what to do meanwhile. */
export interface Wait {
  readonly stack: StackArgument
  /** Without it, any action of the stack that ends will do. */
  readonly action?: 'CREATE' | 'ADOPT' | 'UPDATE' | 'DELETE' | 'SUSPEND' | 'RESUME' | 'CHECK' | 'ROLLBACK'
  /** Only events after this one count: the newest there was before the action was asked for. */
  readonly marker?: string
  /** Hears of new events, oldest first, as they are seen. */
  readonly onEvents?: (events: readonly EventRow[]) => void
  /** Shows `onEvents` those of nested stacks too. */
  readonly nestedDepth?: number
  readonly pollMs?: number
  readonly clock?: Clock
  readonly signal?: AbortSignal
}

/** How it ended. */
export interface Outcome {
  readonly status: 'COMPLETE' | 'FAILED' | 'GONE'
  /** As the stack shows it: `CREATE_COMPLETE`. */
  readonly stackStatus: string
  readonly reason: string
}

/** The ID of the last event of a stack so far: ask before an action, and wait from there. */
export async function newestEvent(client: HearthClient, stack: StackArgument): Promise<string | undefined> {
  const { events } = await client.listEvents(stack, { sort_dir: 'desc', limit: 1 })
  return events[0]?.id
}

/**
 * Follows the events of a stack until its action has ended, well or badly. Where no event tells, the stack itself is
 * asked. A stack that is not there any more counts as gone, which is how a deletion may end.
 */
export async function waitForStack(client: HearthClient, wait: Wait): Promise<Outcome> {
  const { pollMs = 5000, clock = systemClock, signal } = wait
  try {
    const stack = typeof wait.stack === 'string' ? await client.findStack(wait.stack) : wait.stack
    const watch: Watch = { ...wait, stack, marker: wait.marker, quiet: 0 }
    for (;;) {
      const outcome = await look(client, watch)
      if (outcome) return outcome
      await clock.sleep(pollMs, signal)
    }
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return gone
    throw error
  }
}

const gone: Outcome = { status: 'GONE', stackStatus: 'DELETE_COMPLETE', reason: '' }

interface Watch extends Pick<Wait, 'action' | 'onEvents' | 'nestedDepth'> {
  readonly stack: StackAddress
  marker: string | undefined
  /** How many times in a row there was nothing new. */
  quiet: number
}

async function look(client: HearthClient, watch: Watch): Promise<Outcome | undefined> {
  const { stack, action } = watch
  const events = await newEvents(client, watch)
  const ended = events.find(
    (event) => event.physical_resource_id === stack.stack_id && ends(event.resource_status, action),
  )
  if (ended) return outcome(ended.resource_status, ended.resource_status_reason, action)
  watch.quiet = events.length === 0 ? watch.quiet + 1 : 0
  if (watch.quiet < 2) return undefined
  const { stack: shown } = await client.showStack(stack, { resolveOutputs: false })
  if (!ends(shown.stack_status, action)) return undefined
  await newEvents(client, watch)
  return outcome(shown.stack_status, shown.stack_status_reason, action)
}

async function newEvents(client: HearthClient, watch: Watch): Promise<readonly EventRow[]> {
  const { events } = await client.listEvents(watch.stack, {
    sort_dir: 'asc',
    ...(watch.marker !== undefined && { marker: watch.marker }),
    ...(watch.nestedDepth !== undefined && { nested_depth: watch.nestedDepth }),
  })
  if (events.length > 0) watch.onEvents?.(events)
  watch.marker = events.at(-1)?.id ?? watch.marker
  return events
}

/** A rollback or a deletion ends any other action too. */
function ends(status: string, action: Wait['action']): boolean {
  if (!/_(COMPLETE|FAILED)$/.test(status)) return false
  return action === undefined || status.startsWith(`${action}_`) || /^(ROLLBACK|DELETE)_/.test(status)
}

/** Only what was waited for is a success. */
function outcome(stackStatus: string, reason: string, action: Wait['action']): Outcome {
  const well = action === undefined ? stackStatus.endsWith('_COMPLETE') : stackStatus === `${action}_COMPLETE`
  return { status: well ? 'COMPLETE' : 'FAILED', stackStatus, reason }
}
