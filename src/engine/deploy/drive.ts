import { messageOf } from '../../base/problem.ts'
import type { Origin } from '../../base/tracing.ts'
import type { StackAction } from '../../contract/views.ts'
import type { ResourceRow } from '../../store/rows.ts'
import { act } from '../lifecycle/act.ts'
import { clear } from '../lifecycle/clear.ts'
import { clearSnapshot } from '../lifecycle/clear-snapshot.ts'
import { ActionFailed, isNobodysFault } from '../lifecycle/failure.ts'
import { make } from '../lifecycle/make.ts'
import type { Site } from '../lifecycle/site.ts'
import { actOf } from '../plan/acts.ts'
import { leavingOf, type Target } from '../plan/goal.ts'
import { actKey, type Command, clearKey, type Happening, makeKey, Run } from '../run/run.ts'
import type { Outcome } from './conclude.ts'
import { followed, type Step } from './follow.ts'

/** A run under way, and how to tell it that something new is asked. */
export interface Steer {
  /** How the run ended. Rejects if it can't go on: another engine has the deployment, or the store is away. */
  readonly ended: Promise<Outcome>
  /** `cancel`: why what is under way need not be waited for; `undefined`: it is. */
  readonly superseded: (cancel: string | undefined) => void
}

/** How many resources are begun before others get a turn: the engine serves many stacks, and its own heartbeat. */
const batch = 64

/** The longest sleep that timers know. */
const longestSleepMs = 24 * 3600 * 1000

/** Carries out the commands of a run, and tells it what came of them. */
export function drive(site: Site, target: Target, stop: AbortController): Steer {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  const carrier = new Carrier(site, target, { stop, resolve, reject })
  carrier.begin()
  return { ended: promise, superseded: (cancel) => carrier.tell({ is: 'superseded', cancel }) }
}

interface Ends {
  readonly stop: AbortController
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (error: unknown) => void
}

class Carrier {
  readonly #site: Site
  readonly #target: Target
  readonly #ends: Ends
  readonly #run: Run
  /** The rows that were replaced in this run. */
  readonly #replaced = new Map<string, ResourceRow>()
  readonly #queue: Step[] = []
  readonly #timer = new AbortController()
  /** Steps are part of the deployment, not of what made them possible. */
  readonly #origin: Origin | undefined
  #isStarting = false

  constructor(site: Site, target: Target, ends: Ends) {
    this.#site = site
    this.#target = target
    this.#ends = ends
    this.#run = new Run(target.goal)
    this.#origin = site.parts.tracer.origin()
  }

  begin(): void {
    const { signal } = this.#ends.stop
    const breakOff = () => {
      if (isNobodysFault(signal.reason)) this.#breakOff(signal.reason)
    }
    signal.addEventListener('abort', breakOff, { once: true })
    void this.#watchTime()
    this.#follow(this.#run.begin())
    if (signal.aborted) breakOff()
  }

  tell(happening: Happening): void {
    this.#follow(this.#run.on(happening))
  }

  #follow(commands: readonly Command[]): void {
    for (const command of commands) {
      if (command.do === 'cancel') this.#ends.stop.abort(new Error(command.reason))
      else if (command.do === 'end') this.#end({ as: command.as, reason: command.reason })
      else this.#queue.push(command)
    }
    if (this.#isStarting || this.#queue.length === 0) return
    this.#isStarting = true
    setImmediate(() => this.#startSome())
  }

  #startSome(): void {
    for (const step of this.#queue.splice(0, batch)) void this.#carryOut(step)
    this.#isStarting = this.#queue.length > 0
    if (this.#isStarting) setImmediate(() => this.#startSome())
  }

  async #carryOut(step: Step): Promise<void> {
    const { signal } = this.#ends.stop
    try {
      // What was not begun when everything was to stop is not begun any more.
      if (signal.aborted) throw signal.reason
      const about = { site: this.#site, step, type: this.#typeOf(step), of: this.#origin }
      this.tell(await followed(about, () => this.#perform(step)))
    } catch (error) {
      if (isNobodysFault(error)) return this.#breakOff(error)
      this.tell({ is: 'failed', node: keyOf(step), reason: this.#reasonOf(error) })
    }
  }

  #typeOf(step: Step): string | undefined {
    if (step.do === 'clear') return this.#leaving(step.id)?.type
    const { rows, definition } = this.#site
    return definition.resources.get(step.name)?.type ?? rows.get(step.name)?.type
  }

  #leaving(id: string): ResourceRow | undefined {
    return this.#replaced.get(id) ?? this.#target.leaving.get(id)
  }

  #perform(step: Step): Promise<Happening> {
    if (step.do === 'make') return this.#make(step.name)
    return step.do === 'act' ? this.#act(step.name) : this.#clear(step.id)
  }

  async #make(name: string): Promise<Happening> {
    const { replaced } = await make(this.#site, name, this.#target.goal.wanted.get(name) ?? [])
    if (replaced !== undefined) this.#replaced.set(replaced.id, replaced)
    return { is: 'made', name, ...(replaced && { replaced: leavingOf(replaced) }) }
  }

  async #clear(id: string): Promise<Happening> {
    const snapshot = this.#target.snapshots.get(id)
    if (snapshot !== undefined) await clearSnapshot(this.#site, snapshot)
    const row = this.#leaving(id)
    if (row !== undefined) await clear(this.#site, row)
    return { is: 'cleared', id }
  }

  async #act(name: string): Promise<Happening> {
    const action = actOf(this.#site.stack.action)
    if (action !== undefined) await act(this.#site, name, action)
    return { is: 'acted', name }
  }

  /** Of failures that are told together, what they have in common is told once. */
  #reasonOf(error: unknown): string {
    const isOneOfMany = this.#target.goal.goesOn && error instanceof ActionFailed
    return isOneOfMany ? error.reason : messageOf(error)
  }

  #end({ as, reason }: Outcome): void {
    this.#timer.abort()
    const { action } = this.#site.stack
    const areMany = this.#target.goal.goesOn && as === 'failed' && !this.#ends.stop.signal.aborted
    this.#ends.resolve({ as, reason: areMany ? `Resource ${action} failed: ${reason}` : reason })
  }

  /** Nothing more is begun, and nothing of it is told: whoever takes the deployment up next goes on. */
  #breakOff(error: unknown): void {
    this.#queue.length = 0
    this.#timer.abort()
    this.#ends.reject(error)
    this.#ends.stop.abort(error)
  }

  async #watchTime(): Promise<void> {
    const { parts, deadline } = this.#site
    const { signal } = this.#timer
    try {
      for (let left = deadline - parts.clock.now(); left > 0; left = deadline - parts.clock.now()) {
        await parts.clock.sleep(Math.min(left, longestSleepMs), signal)
      }
    } catch {
      return
    }
    if (!signal.aborted) this.tell({ is: 'timed-out', reason: timedOut(this.#site.stack.action) })
  }
}

function keyOf(step: Step): string {
  if (step.do === 'clear') return clearKey(step.id)
  return step.do === 'make' ? makeKey(step.name) : actKey(step.name)
}

const timedOut = (action: StackAction): string =>
  actOf(action) === undefined ? 'Timed out' : `${action[0]}${action.slice(1).toLowerCase()} timed out`
