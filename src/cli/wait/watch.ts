import { Problem } from '../../base/problem.ts'
import type { HearthClient, Outcome, StackAddress } from '../../client/index.ts'
import type { EventRow, ResourceReply } from '../../contract/rest/index.ts'
import { type EventPaths, eventPaths, isOfStack, logLine } from '../events/event-log.ts'
import type { Context } from '../kit/context.ts'
import { Failed } from '../kit/failure.ts'
import { plainText } from '../render/width.ts'
import { resourcePaths } from '../resource-paths.ts'
import type { Paint } from '../terminal.ts'
import { elapsed, frame } from './frame.ts'
import { eagerClock } from './pace.ts'
import {
  advance,
  isFailed,
  isUnderWay,
  type Progress,
  startProgress,
  takeStock,
  type WatchedAction,
} from './progress.ts'
import { liveView, plainView, type View } from './view.ts'

/** What to watch. */
export interface Watch {
  readonly stack: StackAddress
  readonly action: WatchedAction
  /** The newest event before the action was asked for; absent: all events belong to it. */
  readonly marker?: string | undefined
  /** How many seconds lie between two questions at most. */
  readonly poll?: number | undefined
}

/** How a watched stack ended, and the resources that were seen to fail on the way, if only for a while. */
export interface Watched {
  readonly outcome: Outcome
  readonly failures: readonly SeenFailure[]
}

export interface SeenFailure {
  readonly path: string
  readonly status: string
  readonly reason: string
}

/** How deep to look into stacks inside the stack. */
const allLevels = 20

/**
 * Shows what happens to a stack until it has come to its end, on a terminal as a live view and otherwise as a log. The
 * user may stop watching with Ctrl-C, which does nothing to the stack.
 */
export async function watchStack(context: Context, client: HearthClient, watch: Watch): Promise<Watched> {
  const { terminal, clock } = context
  const { err } = terminal
  const stopped = new AbortController()
  const progress = startProgress(watch.action, clock.now())
  const draw = (room: { columns: number; rows: number }) =>
    frame(progress, { now: clock.now(), room, paint: err.paint })
  const view = err.isTerminal ? liveView(err, draw) : plainView(err)
  const ticker = setInterval(view.refresh, 1000).unref()
  const stopListening = terminal.onInterrupt(() => stopped.abort())
  try {
    const end = follow({ context, client, watch, progress, view, signal: stopped.signal })
    return await Promise.race([end, untilAborted(stopped.signal)])
  } catch (error) {
    if (!stopped.signal.aborted) throw error
    view.close()
    err.write(partingWords(watch))
    throw new Failed(130)
  } finally {
    clearInterval(ticker)
    stopListening()
    view.close()
  }
}

/** Rejects at once when the signal is given, however long an answer of the service is still to come. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  )
}

interface Following {
  readonly context: Context
  readonly client: HearthClient
  readonly watch: Watch
  readonly progress: Progress
  readonly view: View
  readonly signal: AbortSignal
}

async function follow({ context, client, watch, progress, view, signal }: Following): Promise<Watched> {
  const { waitForStack } = await import('../../client/index.ts')
  const { stack, action, poll = 2 } = watch
  const observer = observe({ context, client, watch, progress, view })
  await observer.takeStock()
  const wait = {
    stack,
    nestedDepth: allLevels,
    pollMs: poll * 1000,
    clock: eagerClock(context.clock),
    signal,
    onEvents: observer.onEvents,
  }
  let outcome = await waitForStack(client, {
    ...wait,
    action,
    ...(watch.marker !== undefined && { marker: watch.marker }),
  })
  while (outcome.status === 'FAILED' && (await goesOn(context, client, stack))) {
    const marker = observer.newest()
    outcome = await waitForStack(client, { ...wait, ...(marker !== undefined && { marker }) })
  }
  return { outcome, failures: observer.failures }
}

/**
 * Whether a failure was not the end: the stack is on the way back to where it was, or somebody has asked for something
 * else meanwhile. The change of state can be a moment behind the event.
 */
async function goesOn(context: Context, client: HearthClient, stack: StackAddress): Promise<boolean> {
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      const { stack: shown } = await client.showStack(stack, { resolveOutputs: false })
      if (isUnderWay(shown.stack_status)) return true
      if (shown.disable_rollback || !/^(CREATE|UPDATE)_FAILED$/.test(shown.stack_status)) return false
      await context.clock.sleep(300)
    }
    return false
  } catch (error) {
    // Gone by now, which those who wait for its events will see.
    if (error instanceof Problem && error.status === 404) return true
    throw error
  }
}

interface Observer {
  onEvents(events: readonly EventRow[]): void
  /** Learns how many resources there are, if anyone will be shown. */
  takeStock(): Promise<void>
  newest(): string | undefined
  readonly failures: readonly SeenFailure[]
}

function observe({ context, client, watch, progress, view }: Omit<Following, 'signal'>): Observer {
  const { err } = context.terminal
  const paths = eventPaths()
  let newest = watch.marker
  const failures: SeenFailure[] = []
  let isListing = false
  const stock = async () => {
    if (!err.isTerminal || isListing) return
    isListing = true
    const resources = await resourcesOf(client, watch.stack)
    isListing = false
    resources.forEach(paths.learn)
    const pathOf = resourcePaths(watch.stack.stack_name, resources)
    takeStock(
      progress,
      resources.map((resource) => ({ path: pathOf(resource), status: resource.resource_status })),
    )
    view.refresh()
  }
  return {
    takeStock: stock,
    newest: () => newest,
    failures,
    onEvents(events) {
      newest = events.at(-1)?.id ?? newest
      const known = progress.resources.size
      view.log(
        events.flatMap((event) =>
          linesFor(event, {
            paths,
            failures,
            progress,
            now: context.clock.now(),
            paint: err.paint,
            live: err.isTerminal,
          }),
        ),
      )
      if (progress.resources.size > known) void stock()
    },
  }
}

/** What can be listed. It is only to show how much there is to do, so that a listing which fails is no failure. */
async function resourcesOf(client: HearthClient, stack: StackAddress): Promise<readonly ResourceReply[]> {
  try {
    return (await client.listResources(stack, { nested_depth: allLevels })).resources
  } catch {
    return []
  }
}

interface Telling {
  readonly paths: EventPaths
  readonly failures: SeenFailure[]
  readonly progress: Progress
  readonly now: number
  readonly paint: Paint
  readonly live: boolean
}

/** A log gets every event; under the eyes of a user, resources on the way are in the picture and only ends scroll by. */
function linesFor(
  event: EventRow,
  { paths, failures, progress, now, paint, live }: Telling,
): readonly string[] {
  const path = paths.pathOf(event)
  const line = plainText(logLine(event, path))
  if (isOfStack(event)) return live && path.includes('.') ? [] : [line]
  const { resource_status: status, resource_status_reason: reason } = event
  const step = advance(progress, { path, status }, now)
  if (isFailed(status)) failures.push({ path, status, reason })
  if (!live) return [line]
  if (step === undefined) return []
  const took = step.tookMs === undefined ? '' : `  ${paint('dim', elapsed(step.tookMs))}`
  return [`${paint(isFailed(step.status) ? 'red' : 'green', line)}${took}`]
}

function partingWords({ stack, action }: Watch): string {
  const name = stack.stack_name
  const going = {
    CREATE: 'The creation',
    ADOPT: 'The adoption',
    UPDATE: 'The update',
    DELETE: 'The deletion',
    SUSPEND: 'The suspension',
    RESUME: 'The resumption',
    CHECK: 'The check',
    ROLLBACK: 'The rollback',
  }[action]
  const undo = action === 'CREATE' ? `To undo it: hearth stack delete ${name}\n` : ''
  return `\n${going} of ${name} goes on without you.\nTo look again: hearth stack event list ${name} --follow\n${undo}`
}
