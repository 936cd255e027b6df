import type { EngineRow } from '../../store/rows.ts'

/**
 * Which engines are alive, as this one sees it: by whether what they say of themselves changes. The times that they say are
 * not compared with this machine's, for no two clocks are the same, and any may jump.
 */
export class Sightings {
  readonly #seen = new Map<string, { readonly seenAt: number; quietMs: number }>()
  /** No more than this is believed to have passed between two looks. */
  readonly #mostBetween: number
  #lookedAt: number | undefined

  constructor(heartbeatMs: number) {
    this.#mostBetween = heartbeatMs * 1.5
  }

  /** Takes in how the engines were recorded at a moment. */
  look(engines: readonly EngineRow[], now: number): void {
    const passed = Math.min(Math.max(0, now - (this.#lookedAt ?? now)), this.#mostBetween)
    this.#lookedAt = now
    const ids = new Set(engines.map(({ id }) => id))
    for (const id of this.#seen.keys()) if (!ids.has(id)) this.#seen.delete(id)
    for (const { id, seenAt } of engines) {
      const before = this.#seen.get(id)
      if (before?.seenAt === seenAt) before.quietMs += passed
      else this.#seen.set(id, { seenAt, quietMs: 0 })
    }
  }

  /** For how long an engine has been quiet; for ever if it is not there. */
  quietMs(id: string): number {
    return this.#seen.get(id)?.quietMs ?? Number.POSITIVE_INFINITY
  }

  /** When an engine said of itself that it lives, last. */
  seenAt(id: string): number | undefined {
    return this.#seen.get(id)?.seenAt
  }

  /** Counts an engine among the dead until it is heard of again. */
  giveUp(id: string): void {
    const one = this.#seen.get(id)
    if (one !== undefined) one.quietMs = Number.POSITIVE_INFINITY
  }

  /** The engines that were heard of within so many milliseconds. */
  heardWithin(ms: number): readonly string[] {
    return [...this.#seen].filter(([, { quietMs }]) => quietMs <= ms).map(([id]) => id)
  }
}
