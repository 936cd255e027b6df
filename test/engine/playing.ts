import type { Ask } from '../../src/cloud/index.ts'
import { type Scenario, type ScenarioOptions, scenario } from '../../src/testing/scenario.ts'
import type { Interference } from '../../src/testing/yard.ts'

/** A test that plays a story in a scenario of its own, with one engine that deploys. */
export function playing(
  story: (play: Scenario) => Promise<void>,
  options?: ScenarioOptions & { readonly workers?: 0 },
): () => Promise<void> {
  return async () => {
    const play = await scenario(options)
    try {
      if (options?.workers !== 0) await play.worker()
      await story(play)
    } finally {
      await play.end()
    }
  }
}

/** Interferes with the next so many requests of a method, and lets all others pass. */
export function withNext(
  count: number,
  method: Ask['method'],
  interfere: Interference,
): Interference & { left: number } {
  const self = Object.assign(
    ((ask, act) => {
      if (ask.method !== method || self.left === 0) return act()
      self.left--
      return interfere(ask, act)
    }) satisfies Interference,
    { left: count },
  )
  return self
}
