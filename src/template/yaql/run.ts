import { YaqlError } from './problem.ts'
import { sizeOf } from './size.ts'
import type { Argument, MISSING, Tree } from './tree.ts'
import type { Frame, Value } from './values.ts'

/** What an expression may take; those of the service are options of its configuration. */
export interface Limits {
  /** Collections may not have more items than this; negative: any number. */
  readonly iterators: number
  /** A value may not take more bytes than this, as the original counts them; 0: any number that is not beyond all reason. */
  readonly memory: number
  /** All evaluation together may not take more steps than this. */
  readonly steps: number
}

/** The limits of a service that was told none. */
export const defaultLimits: Limits = { iterators: 200, memory: 10_000, steps: 500_000 }

/** A function call: its name, what it is given, and what the call stands in. */
export interface Asking {
  readonly name: string
  readonly args: readonly Argument[]
  readonly named?: ReadonlyMap<string, Argument>
  /** What stands before the dot of a method. */
  readonly receiver?: Value | typeof MISSING
  readonly frame: Frame
}

/** Evaluates and calls; they know the library. */
export interface Machine {
  evaluate(tree: Tree, run: Run, place: { readonly frame: Frame; readonly receiver?: Value }): Value
  invoke(asking: Asking, run: Run): Value
}

/** One evaluation of an expression: it counts what is spent. */
export class Run {
  readonly limits: Limits
  readonly machine: Machine
  /** How many steps were taken. */
  steps = 0
  #depth = 0

  constructor(machine: Machine, limits: Limits) {
    this.machine = machine
    this.limits = limits
  }

  /** Counts steps. */
  step(count = 1): void {
    this.steps += count
    if (this.steps > this.limits.steps)
      throw new YaqlError('TooManySteps', `Expression takes more than ${this.limits.steps} steps`)
  }

  /** Does something within something; too deep is refused before the stack would overflow. */
  within<T>(does: () => T, deeper: number): T {
    this.#depth += deeper
    if (this.#depth > deepest) throw tooDeep()
    try {
      return does()
    } finally {
      this.#depth -= deeper
    }
  }

  /** Refuses a value that is too large to be kept. */
  weigh<V extends Value>(value: V): V {
    const bytes = sizeOf(value)
    // What is done with a value takes the longer the larger it is.
    if (bytes > 256) this.step(bytes >> 8)
    this.weighBytes(bytes)
    return value
  }

  /** As `weigh`, for values that are held together. */
  weighAll(values: Iterable<Value>): void {
    let bytes = 0
    for (const value of values) bytes += sizeOf(value)
    this.weighBytes(bytes)
  }

  weighBytes(bytes: number): void {
    const { memory } = this.limits
    if (bytes > (memory > 0 ? memory : mostMemory))
      throw new YaqlError('MemoryQuotaExceededException', 'Expression consumed too much memory')
  }
}

/** What a value may take where the service sets no limit. */
const mostMemory = 16_000_000

const deepest = 600

/** How much deeper a call goes, and going through items that others make. */
export const depths = { call: 3, items: 1 }

export const tooDeep = (): YaqlError => new YaqlError('RecursionError', 'maximum recursion depth exceeded')
