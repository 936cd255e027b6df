import { messageOf } from '../../base/problem.ts'
import { OwnershipLost } from '../../store/store.ts'
import { clear } from '../lifecycle/clear.ts'
import { make } from '../lifecycle/make.ts'
import type { Site } from '../lifecycle/site.ts'
import { leavingOf, type Target } from '../plan/goal.ts'
import { type Command, clearKey, type Happening, makeKey, Run } from '../run/run.ts'
import type { Outcome } from './conclude.ts'

/** A run under way, and how to tell it that something new is asked. */
export interface Steer {
  readonly ended: Promise<Outcome>
  /** `cancel`: what is under way need not be waited for, because the stack is to go. */
  superseded(cancel: boolean): void
}

/** How many resources are begun before others get a turn: the engine serves many stacks, and its own heartbeat. */
const batch = 64

/** Carries out the commands of a run, and tells it what came of them. */
export function drive(site: Site, { goal }: Target, stop: AbortController): Steer {
  const run = new Run(goal)
  const rows = new Map<string, Parameters<typeof clear>[1]>()
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  const queue: Command[] = []
  const timer = new AbortController()
  let working = false

  function tell(happening: Happening): void {
    perform(run.on(happening))
  }

  function perform(commands: readonly Command[]): void {
    for (const command of commands) {
      if (command.do === 'cancel') stop.abort(new Error(command.reason))
      else if (command.do === 'end') end({ as: command.as, reason: command.reason })
      else queue.push(command)
    }
    if (!working && queue.length > 0) {
      working = true
      setImmediate(startSome)
    }
  }

  function startSome(): void {
    for (const command of queue.splice(0, batch)) void start(command)
    working = queue.length > 0
    if (working) setImmediate(startSome)
  }

  async function start(command: Command): Promise<void> {
    try {
      if (command.do === 'make') await startMake(command.name)
      else if (command.do === 'clear') await startClear(command.id)
    } catch (error) {
      if (error instanceof OwnershipLost || stop.signal.reason instanceof OwnershipLost) return fail(error)
      tell({
        is: 'failed',
        node: command.do === 'make' ? makeKey(command.name) : clearKey((command as { id: string }).id),
        reason: messageOf(error),
      })
    }
  }

  async function startMake(name: string): Promise<void> {
    const { replaced } = await make(site, name, goal.wanted.get(name) ?? [])
    if (replaced) rows.set(replaced.id, replaced)
    tell({ is: 'made', name, ...(replaced && { replaced: leavingOf(replaced) }) })
  }

  async function startClear(id: string): Promise<void> {
    const row = rows.get(id)
    if (row !== undefined) await clear(site, row)
    tell({ is: 'cleared', id })
  }

  function end(outcome: Outcome): void {
    timer.abort()
    resolve(outcome)
  }

  function fail(error: unknown): void {
    timer.abort()
    reject(error)
  }

  async function watchTime(): Promise<void> {
    const { clock } = site.parts
    await clock.sleep(Math.max(0, site.deadline - clock.now()), timer.signal).catch(() => {})
    if (!timer.signal.aborted) tell({ is: 'timed-out', reason: 'Timed out' })
  }

  async function begin(): Promise<void> {
    const stored = goal.leaving.length === 0 ? [] : await site.parts.store.resources(site.stack.id)
    for (const row of stored) rows.set(row.id, row)
    void watchTime()
    perform(run.begin())
  }

  stop.signal.addEventListener('abort', () => {
    if (stop.signal.reason instanceof OwnershipLost) fail(stop.signal.reason)
  })
  begin().catch(fail)
  return { ended: promise, superseded: (cancel) => tell({ is: 'superseded', cancel }) }
}
