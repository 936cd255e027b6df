import { dump } from 'js-yaml'
import type { JsonMap } from '../../src/base/json.ts'
import { Chance } from '../../src/testing/chance.ts'
import { environments, templates } from './corpus.ts'
import { expressing, mutated, spoiled } from './mutate.ts'
import type { Case } from './take-all.ts'

/** The case of a seed, always the same. */
export function caseOf(seed: number): Case {
  const chance = new Chance(seed)
  const template = chance.is(0.3) ? expressing(chance) : mutated(chance.one(templates), chance)
  return {
    template: written(template, chance),
    environments: Array.from({ length: chance.below(3) }, () =>
      written(mutated(chance.one(environments), chance), chance),
    ),
    files: {
      'nested.yaml': textOf(chance.is(0.3) ? template : mutated(chance.one(templates), chance), chance),
    },
  }
}

/** As data or as a text, and a text perhaps spoiled. */
function written(data: JsonMap, chance: Chance): string | JsonMap {
  return chance.is(0.3) ? data : textOf(data, chance)
}

function textOf(data: JsonMap, chance: Chance): string {
  const text = chance.is(0.3) ? JSON.stringify(data) : dump(data, { flowLevel: chance.one([-1, 2, 4]) })
  return chance.is(0.4) ? spoiled(text, chance) : text
}
