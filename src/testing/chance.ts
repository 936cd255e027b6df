import { Random } from '../simulator/world/random.ts'

/** Chance from a seed: the same seed tells the same story. */
export class Chance {
  readonly #random: Random

  constructor(seed: number) {
    this.#random = new Random(seed)
  }

  /** A number from 0 up to, but not including, 1. */
  fraction = (): number => this.#random.fraction()

  /** A whole number below another. */
  below = (most: number): number => Math.floor(this.fraction() * most)

  /** Whether something comes to pass that does so in that share of all cases. */
  is = (share: number): boolean => this.fraction() < share

  one = <T>(choices: readonly T[]): T => choices[this.below(choices.length)] as T

  /** Some of them, each with that share. */
  some = <T>(choices: readonly T[], share: number): readonly T[] => choices.filter(() => this.is(share))
}
