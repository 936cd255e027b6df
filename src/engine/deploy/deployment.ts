import { messageOf } from '../../base/problem.ts'
import type { StackAction } from '../../contract/views.ts'
import type { StackRow } from '../../store/rows.ts'
import { type Ownership, OwnershipLost } from '../../store/store.ts'
import { Stopping } from '../lifecycle/failure.ts'
import type { EngineParts } from '../parts.ts'
import { conclude, type Outcome } from './conclude.ts'
import { drive } from './drive.ts'
import { giveUpSnapshot, isOverdue, snapshotUnderWay } from './end-snapshot.ts'
import { type Loaded, prepare } from './prepare.ts'

/** How a deployment left this engine: it is done, for good where the stack is gone; another engine has it; or any may take it. */
export type Leave = 'done' | 'gone' | 'lost' | 'released'

/** A stack's deployment while this engine owns it. */
export interface Deployment {
  readonly stackId: string
  /** The number of the request that is worked on; 0 while it is not read yet. */
  readonly request: number
  readonly ended: Promise<Leave>
  /** What it is at; absent before it has read that. */
  readonly present: Present | undefined
  /** Looks whether something new is asked of the stack. */
  look(): Promise<void>
  /** Stops waiting for clouds, lets requests under way end, and gives the deployment up for another engine. */
  stop(): void
}

/** What a deployment is at: which action, and since when and until when it may be. */
export interface Present {
  readonly action: StackAction
  readonly askedAt: number
  readonly deadline: number
}

/** Brings a stack to what is asked of it, again and again while something new is asked meanwhile. */
export function deploy(parts: EngineParts, owner: Ownership): Deployment {
  const leaving = new AbortController()
  const watch: Watch = { request: 0, superseded: () => {} }

  async function turns(): Promise<Leave> {
    for (;;) {
      const now = await load(parts, owner)
      if (now === undefined) return 'lost'
      if (isOverdue(now)) {
        await giveUpSnapshot(parts, owner, now)
        continue
      }
      const left = await followed(parts, now, async () => {
        const outcome = await turn(now)
        if (leaving.signal.aborted) {
          await parts.store.release(owner)
          return 'released'
        }
        return { outcome, isDone: await conclude(parts, { owner, outcome, ...now }) }
      })
      if (left !== 'goes on') return left
    }
  }

  async function turn(now: Loaded): Promise<Outcome> {
    // It was cancelled: there is nothing to do but to end it.
    if (now.stack.status !== 'IN_PROGRESS') return { as: 'failed', reason: 'Operation cancelled' }
    const stop = new AbortController()
    const newer = new AbortController()
    const lost = new AbortController()
    const letGo = abortWith(leaving.signal, stop)
    try {
      const { site, target } = await prepare(parts, { now, owner, stop, newer: newer.signal, lost })
      const steer = drive(site, target, stop)
      watch.request = now.request
      watch.present = { action: now.stack.action, askedAt: now.askedAt, deadline: site.deadline }
      watch.superseded = (cancel) => {
        steer.superseded(cancel)
        newer.abort()
      }
      const outcome = await steer.ended
      // The next turn begins with what is stored.
      await site.journal.written()
      return outcome
    } catch (error) {
      // What is under way has not noticed, and whoever takes this up does it anew.
      lost.abort()
      stop.abort(new Stopping())
      throw error
    } finally {
      letGo()
    }
  }

  return {
    stackId: owner.stackId,
    get request() {
      return watch.request
    },
    ended: untilLost(parts, owner, turns),
    get present() {
      return watch.present
    },
    stop: () => leaving.abort(new Stopping()),
    async look() {
      const deployment = await parts.store.deployment(owner.stackId)
      if (deployment === undefined || watch.request === 0 || deployment.request === watch.request) return
      watch.superseded(await whyCancel(parts, owner.stackId))
    },
  }
}

/** Does the work of a deployment; whatever breaks it off, it is to be taken up again. */
async function untilLost(parts: EngineParts, owner: Ownership, work: () => Promise<Leave>): Promise<Leave> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof OwnershipLost)) {
      parts.log.error(
        { stack: owner.stackId, error: messageOf(error) },
        'A deployment broke off; it will be taken up again',
      )
    }
    return 'lost'
  }
}

/** Has one thing end for the reason that another does, until the function that it answers with is called. */
function abortWith(signal: AbortSignal, other: AbortController): () => void {
  const abort = () => other.abort(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  return () => signal.removeEventListener('abort', abort)
}

/** What came of a turn: it ended, or was given up. */
type Turned = { readonly outcome: Outcome; readonly isDone: boolean } | 'released'

/** Has a turn and its end known for those of the request that they are for, and measures them. */
function followed(
  { tracer, meter, clock }: EngineParts,
  { origin, stack, askedAt }: Loaded,
  turn: () => Promise<Turned>,
): Promise<Leave | 'goes on'> {
  const action = stack.action.toLowerCase()
  return tracer.span('deployment', { of: origin, facts: { action } }, async (note) => {
    const turned = await turn()
    if (turned === 'released') return turned
    const { as: outcome } = turned.outcome
    note({ outcome })
    meter.observe('hearth_deployment_seconds', { action, outcome }, (clock.now() - askedAt) / 1000)
    return turned.isDone ? endOf(stack, turned.outcome) : 'goes on'
  })
}

const endOf = ({ action }: StackRow, { as }: Outcome): Leave =>
  action === 'DELETE' && as === 'complete' ? 'gone' : 'done'

/** Why what is under way for an earlier target need not be waited for. */
async function whyCancel({ store }: EngineParts, stackId: string): Promise<string | undefined> {
  const stack = await store.stack(stackId)
  if (stack === undefined) return undefined
  if (stack.action === 'DELETE') return 'the stack is to be deleted'
  // What is inside a stack that goes back is told to change once more.
  const root = stack.id === stack.rootId ? stack : await store.stack(stack.rootId)
  const isCancelled =
    stack.status !== 'IN_PROGRESS' || stack.action === 'ROLLBACK' || root?.action === 'ROLLBACK'
  return isCancelled ? 'Operation cancelled' : undefined
}

interface Watch {
  /** The number of the request that is being worked on. */
  request: number
  present?: Present
  superseded: (cancel: string | undefined) => void
}

async function load(
  { store }: EngineParts,
  { stackId, engineId, fence }: Ownership,
): Promise<Loaded | undefined> {
  const deployment = await store.deployment(stackId)
  if (deployment?.engineId !== engineId || deployment.fence !== fence) return undefined
  const { request, askedAt, origin } = deployment
  // Read after the request number, so that a target given in between is seen as newer, never missed.
  const stack = await store.stack(stackId)
  const template = stack && (await store.template(stack.templateId))
  if (stack === undefined || template === undefined) throw new Error(`stack ${stackId} is not stored whole`)
  const rows = await store.resources(stackId)
  const snapshot = await snapshotUnderWay(store, stack)
  return { stack, template, rows, snapshot, request, askedAt, origin }
}
