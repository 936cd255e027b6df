import type { JsonMap } from '../../base/json.ts'
import { hookNames } from '../../engine/lifecycle/hooks.ts'
import { Chance } from '../chance.ts'
import { drawTemplate, templateWords } from './templates.ts'

/** One thing that somebody does, or that befalls an engine, some time after the step before. */
export type Step = { readonly afterMs: number } & Deed

export type Deed =
  /** `hooks`: where the environment says that resources wait. */
  | {
      readonly does: 'create' | 'update'
      readonly stack: string
      readonly template: JsonMap
      readonly hooks: JsonMap
      readonly rollback: boolean
    }
  /** PATCH with other parameters: the template stays. */
  | { readonly does: 'patch'; readonly stack: string; readonly parameters: JsonMap }
  | { readonly does: 'delete'; readonly stack: string }
  | { readonly does: 'suspend' | 'resume' | 'check' | 'snapshot' | 'restore'; readonly stack: string }
  | { readonly does: 'cancel'; readonly stack: string; readonly rollback: boolean }
  /** A resource is said to be unhealthy: the next update replaces it. */
  | { readonly does: 'mark'; readonly stack: string; readonly resource: string }
  /** A resource is told something: good or bad news, so many times; each in the place of the one before, if they have an ID. */
  | Telling
  /** Somebody clears the hooks at which something of the stack waits just then. */
  | { readonly does: 'clear'; readonly stack: string }
  /** A stack is forgotten if it is as it should be, and its objects left; and taken over by another of its name. */
  | { readonly does: 'abandon'; readonly stack: string }
  | { readonly does: 'adopt'; readonly stack: string; readonly rollback: boolean }
  /** Nothing more happens until the stack's action has ended, or a long time is over. */
  | { readonly does: 'wait'; readonly stack: string }
  /** An engine dies after so many more of its deeds; another is started some time later. */
  | { readonly does: 'kill'; readonly engine: number; readonly moments: number; readonly heirAfterMs: number }
  | { readonly does: 'freeze'; readonly engine: number; readonly forMs: number }
  | { readonly does: 'jump'; readonly engine: number; readonly byMs: number }

export interface Telling {
  readonly does: 'signal'
  readonly stack: string
  readonly resource: string
  readonly good: boolean
  readonly times: number
  readonly id?: string
}

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
  const steps = [...stacks.flatMap((stack) => drawer.begin(stack)), ...drawer.more(3 + chance.below(9))]
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

  begin(stack: string): readonly Step[] {
    return this.#steps(this.#target('create', stack))
  }

  more(count: number): readonly Step[] {
    return Array.from({ length: count }, () => this.#steps(this.#deed())).flat()
  }

  /** A deed, with what mostly belongs to it before and after. */
  #steps(deed: Deed): readonly Step[] {
    const { stack } = 'stack' in deed ? deed : { stack: '' }
    const before: readonly Deed[] = deed.does === 'abandon' ? [{ does: 'wait', stack }] : []
    return [...before, deed, ...this.#following(deed)].map((one) => ({ afterMs: this.#pause(), ...one }))
  }

  /** Who waits to be told something mostly is told, and what was abandoned mostly is adopted. */
  #following(deed: Deed): readonly Deed[] {
    const chance = this.#chance
    if (deed.does === 'abandon' && chance.is(0.7))
      return [{ does: 'adopt', stack: deed.stack, rollback: chance.is(0.5) }]
    if (deed.does !== 'create' && deed.does !== 'update') return []
    const { stack, template, hooks } = deed
    const waiting = ['l', 'h', 'l', 'h'].filter((name) => name in (template.resources as JsonMap))
    const told = chance.some(waiting, 0.6).map((resource) => this.#telling(stack, resource))
    const clearing = { does: 'clear', stack } as const
    const isHooked = Object.keys(hooks).length > 0
    return isHooked ? [...told, ...chance.some([clearing, clearing, clearing], 0.5)] : told
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

  #target(does: 'create' | 'update', stack: string): Deed {
    const template = this.template(stack)
    const hooks = this.#chance.is(0.25) ? this.#hooks(template) : {}
    return { does, stack, template, hooks, rollback: this.#chance.is(0.5) }
  }

  #hooks({ resources }: JsonMap): JsonMap {
    const chance = this.#chance
    const all = Object.entries(resources as Readonly<Record<string, JsonMap>>)
    const places = chance.some(all, 0.3).map(([name, { type }]) => {
      const hooks = { hooks: chance.some(hookNames, 0.4) }
      const isInside = type === 'OS::Heat::ResourceGroup' && chance.is(0.5)
      return [name, isInside ? { '*': hooks } : hooks] as const
    })
    return Object.fromEntries(places)
  }

  #telling(stack: string, resource: string): Telling {
    const chance = this.#chance
    const good = chance.is(0.8)
    const news = { does: 'signal', stack, resource, good, times: 1 + chance.below(2) } as const
    return chance.is(0.4) ? { ...news, id: chance.one(['1', '2', 'x']) } : news
  }

  #deed(): Deed {
    const chance = this.#chance
    const stack = chance.one(this.#stacks)
    const engine = chance.below(this.#engines)
    switch (chance.below(26)) {
      case 0:
      case 1:
        return { does: 'wait', stack }
      case 2:
        return { does: 'delete', stack }
      case 3:
        return this.#target('create', stack)
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
        return { does: 'mark', stack, resource: chance.one(['a', 'b', 'c', 'd', 'l', 'h', 'w']) }
      case 13:
      case 14:
        return { does: chance.one(['suspend', 'resume', 'check', 'snapshot', 'restore']), stack }
      case 15:
      case 16:
        return this.#telling(stack, chance.one(['l', 'h', 'l', 'h', 'w', 'a', 'nobody']))
      case 17:
        return { does: 'clear', stack }
      case 18:
        return { does: 'abandon', stack }
      case 19:
        return chance.is(0.3)
          ? { does: 'adopt', stack, rollback: chance.is(0.5) }
          : { does: 'abandon', stack }
      default:
        return this.#target('update', stack)
    }
  }
}

/** A step in few words, for people. */
export function wordsOf(step: Step): string {
  if (!('stack' in step)) return step.does
  const { does, stack } = step
  if (does === 'signal') {
    const id = step.id === undefined ? '' : ` as ${step.id}`
    return `signal ${step.resource} of ${stack}: ${step.good ? 'good' : 'bad'} news${id}, ${step.times} times`
  }
  const rollback = 'rollback' in step && step.rollback ? ' with rollback' : ''
  const hooks = 'hooks' in step ? ` ${JSON.stringify(step.hooks)}` : ''
  const what = 'template' in step ? `${hooks}: ${templateWords(step.template)}` : ''
  const parameters = 'parameters' in step ? ` ${JSON.stringify(step.parameters)}` : ''
  const resource = 'resource' in step ? ` ${step.resource}` : ''
  return `${does} ${stack}${resource}${rollback}${parameters}${what}`
}
