import type { DeploymentRow } from '../../store/rows.ts'
import type { EngineParts } from '../parts.ts'
import type { Deployment } from './deployment.ts'

/** Says, heartbeat for heartbeat, how much an engine has to do. */
export class Gauges {
  readonly #parts: Pick<EngineParts, 'id' | 'meter' | 'clock'>
  /** Actions of which there was something in hand, so that it is also said when there is nothing any more. */
  readonly #actions = new Set<string>()

  constructor(parts: Pick<EngineParts, 'id' | 'meter' | 'clock'>) {
    this.#parts = parts
  }

  /** What this engine has in hand. */
  inHand(deployments: readonly Deployment[]): void {
    const { meter, clock } = this.#parts
    const present = deployments.flatMap(({ present: one }) => (one === undefined ? [] : [one]))
    const now = clock.now()
    const counts = new Map<string, number>()
    for (const { action } of present) counts.set(action, (counts.get(action) ?? 0) + 1)
    for (const action of counts.keys()) this.#actions.add(action)
    for (const action of this.#actions) {
      const labels = { action: action.toLowerCase() }
      meter.set('hearth_deployments_in_progress', labels, counts.get(action) ?? 0)
    }
    const overdue = present.filter(({ deadline }) => deadline < now).length
    meter.set('hearth_deployments_overdue', {}, overdue)
    meter.set('hearth_deployment_age_seconds', {}, ageOfOldest(present, now))
  }

  /** Which engines live, and what none of them has in hand. */
  around(living: readonly string[], waiting: readonly DeploymentRow[]): void {
    const { meter, clock } = this.#parts
    meter.set('hearth_engines_alive', {}, new Set(living).size)
    meter.set('hearth_deployments_waiting', {}, waiting.length)
    meter.set('hearth_deployment_wait_seconds', {}, ageOfOldest(waiting, clock.now()))
  }

  /** A deployment became this engine's that was as here before. */
  claimed({ engineId }: DeploymentRow): void {
    if (engineId !== null && engineId !== this.#parts.id)
      this.#parts.meter.count('hearth_deployments_taken_over_total', {})
  }

  /** The engine said that it is alive. */
  beat(): void {
    this.#parts.meter.set('hearth_heartbeat_timestamp_seconds', {}, this.#parts.clock.now() / 1000)
  }
}

const ageOfOldest = (asked: readonly { readonly askedAt: number }[], now: number): number =>
  asked.reduce((oldest, { askedAt }) => Math.max(oldest, (now - askedAt) / 1000), 0)
