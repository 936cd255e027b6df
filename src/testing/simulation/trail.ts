import type { Clock } from '../../base/clock.ts'

/** What happened in a run, line for line, for somebody who wants to follow it. */
export class Trail {
  readonly lines: string[] = []
  readonly #clock: Clock
  readonly #begunAt: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#begunAt = clock.now()
  }

  say(what: string): void {
    const seconds = (this.#clock.now() - this.#begunAt) / 1000
    this.lines.push(`${seconds.toFixed(3).padStart(9)}  ${what}`)
  }
}
