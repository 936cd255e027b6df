import type { JsonMap } from '../../base/json.ts'
import { Chance } from '../chance.ts'
import { drawTemplate } from './templates.ts'

/** One thing that somebody does, or that befalls an engine, some time after the step before. */
export type Step = { readonly afterMs: number } & Deed

export type Deed =
  | {
      readonly does: 'create'
      readonly stack: string
      readonly template: JsonMap
      readonly rollback: boolean
    }
  | {
      readonly does: 'update'
      readonly stack: string
      readonly template: JsonMap
      readonly rollback: boolean
    }
  /** PATCH with other parameters: the template stays. */
  | { readonly does: 'patch'; readonly stack: string; readonly parameters: JsonMap }
  | { readonly does: 'delete'; readonly stack: string }
  | { readonly does: 'suspend' | 'resume' | 'check' | 'snapshot' | 'restore'; readonly stack: string }
  | { readonly does: 'cancel'; readonly stack: string; readonly rollback: boolean }
  /** A resource is said to be unhealthy: the next update replaces it. */
  | { readonly does: 'mark'; readonly stack: string; readonly resource: string }
  /** Nothing more happens until the stack's action has ended, or a long time is over. */
  | { readonly does: 'wait'; readonly stack: string }
  /** An engine dies after so many more of its deeds; another is started some time later. */
  | { readonly does: 'kill'; readonly engine: number; readonly moments: number; readonly heirAfterMs: number }
  | { readonly does: 'freeze'; readonly engine: number; readonly forMs: number }
  | { readonly does: 'jump'; readonly engine: number; readonly byMs: number }

export interface Story {
  readonly seed: number
  readonly engines: number
  readonly pace: { readonly requestMs: number; readonly buildMs: number; readonly deleteMs: number }
  readonly steps: readonly Step[]
  /** What each stack is to become in the end, when nothing goes wrong any more. */
  readonly last: ReadonlyMap<string, JsonMap>
}

/** The name of the thing that is there before all stories, for `external_id`. */
export const outsideId = 'outside'

/** Draws the story of a seed. The same seed draws the same story. */
export function drawStory(seed: number): Story {
  const chance = new Chance(seed)
  const engines = 1 + chance.below(3)
  const stacks = chance.is(0.3) ? ['web', 'db'] : ['web']
  const pace = {
    requestMs: 1 + chance.below(60),
    buildMs: chance.one([0, chance.below(1000), chance.below(6000)]),
    deleteMs: chance.one([0, chance.below(500), chance.below(4000)]),
  }
  const drawer = new Drawer(chance, stacks, engines)
  const steps = [...stacks.map((stack) => drawer.create(stack)), ...drawer.more(3 + chance.below(9))]
  const last = new Map(stacks.map((stack) => [stack, drawer.template(stack, false)]))
  return { seed, engines, pace, steps, last }
}

class Drawer {
  readonly #chance: Chance
  readonly #stacks: readonly string[]
  readonly #engines: number
  #templates = 0

  constructor(chance: Chance, stacks: readonly string[], engines: number) {
    this.#chance = chance
    this.#stacks = stacks
    this.#engines = engines
  }

  template(stack: string, mayFail = true): JsonMap {
    const mark = `${stack} ${++this.#templates}`
    return drawTemplate(this.#chance, { mark, mayFail, outside: outsideId, place: stack })
  }

  create(stack: string): Step {
    const rollback = this.#chance.is(0.5)
    return { afterMs: this.#pause(), does: 'create', stack, template: this.template(stack), rollback }
  }

  more(count: number): readonly Step[] {
    return Array.from({ length: count }, () => ({ afterMs: this.#pause(), ...this.#deed() }))
  }

  /** Often just while something else is under way. */
  #pause(): number {
    return this.#chance.one([
      0,
      this.#chance.below(300),
      this.#chance.below(3000),
      this.#chance.below(12_000),
    ])
  }

  #deed(): Deed {
    const chance = this.#chance
    const stack = chance.one(this.#stacks)
    const engine = chance.below(this.#engines)
    switch (chance.below(21)) {
      case 0:
      case 1:
        return { does: 'wait', stack }
      case 2:
        return { does: 'delete', stack }
      case 3:
        return { does: 'create', stack, template: this.template(stack), rollback: chance.is(0.5) }
      case 4:
      case 5: {
        const moments = chance.one([1, 1 + chance.below(10), 1 + chance.below(60)])
        return { does: 'kill', engine, moments, heirAfterMs: chance.below(10_000) }
      }
      case 6:
      case 7:
        return { does: 'freeze', engine, forMs: chance.one([chance.below(2000), chance.below(30_000)]) }
      case 8:
        return {
          does: 'jump',
          engine,
          byMs: chance.one([-1, 1]) * chance.one([500, 4000, 30_000, 3_600_000]),
        }
      case 9:
      case 10:
        return { does: 'patch', stack, parameters: { wide: chance.is(0.5), size: chance.below(4) } }
      case 11:
        return { does: 'cancel', stack, rollback: chance.is(0.7) }
      case 12:
        return { does: 'mark', stack, resource: chance.one(['a', 'b', 'c', 'd']) }
      case 13:
      case 14:
        return { does: chance.one(['suspend', 'resume', 'check', 'snapshot', 'restore']), stack }
      default:
        return { does: 'update', stack, template: this.template(stack), rollback: chance.is(0.5) }
    }
  }
}
