import type { JsonMap } from '../../src/base/json.ts'
import type { Chance } from '../../src/testing/chance.ts'
import { group, hot, tester, thing, thingOn } from './templates.ts'

const names = ['a', 'b', 'c', 'd', 'e']

/** A template of some of five resources of all kinds, drawn by lot; things stand on things before them. */
export function drawnTemplate(chance: Chance, { mayFail }: { readonly mayFail: boolean }): JsonMap {
  const resources: Record<string, JsonMap> = {}
  for (const name of chance.some(names, 0.75)) {
    const things = Object.keys(resources).filter((other) => resources[other]?.type === 'Test::Thing')
    resources[name] = drawnResource(chance, name, chance.some(things, 0.5))
  }
  if (mayFail && chance.is(0.25)) {
    const after = chance.some(Object.keys(resources), 0.3)
    resources.z = tester({ fail: true, wait_secs: chance.below(5) }, { depends_on: after })
  }
  return hot(resources)
}

function drawnResource(chance: Chance, name: string, below: readonly string[]): JsonMap {
  const color = chance.one(['red', 'blue'])
  // A change to thirteen takes another thing.
  const size = chance.one([0, 1, 2, 13])
  switch (chance.below(10)) {
    case 0:
      // Nobody else's place: who comes to a place that another is still to leave may be refused for good.
      return {
        type: 'Test::Holder',
        properties: { color, place: `${chance.one(['corner', 'centre'])} of ${name}` },
      }
    case 1:
      return { type: 'Test::Pair', properties: { size, weight: chance.below(3) } }
    case 2:
      return { type: 'Test::Nameless', properties: { size } }
    case 3:
      return group(chance.below(3), thing({ size, color }))
    case 4:
      return tester({ value: color, wait_secs: chance.below(4) })
    default:
      return chance.is(0.1) ? thing({ size, color, labels: { size } }) : thingOn(below, { size, color })
  }
}
