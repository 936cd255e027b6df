import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { faultKinds } from '../../src/testing/simulation/faults.ts'
import { shortest } from '../../src/testing/simulation/shortest.ts'
import { simulate } from '../../src/testing/simulation/simulate.ts'

/** A few of the stories; `npm run simulate` plays as many as one likes, and tells how one that fails goes. */
const seeds = Array.from({ length: 24 }, (_, index) => index + 1)

describe('whatever happens', () => {
  const seen = new Set<string>()

  for (const seed of seeds) {
    it(`comes out right in the end: story ${seed}`, async () => {
      const { broken, faults } = await simulate(seed)
      assert.deepEqual(broken, [], `npm run simulate -- --seed ${seed}`)
      for (const kind of faults.keys()) seen.add(kind)
    })
  }

  it('goes wrong in every way that there is, but for those that are left out', async () => {
    assert.deepEqual(
      faultKinds.filter((kind) => !seen.has(kind)),
      [],
    )
    assert.equal((await simulate(3, { without: new Set(faultKinds) })).faults.size, 0)
  })

  it('happens in the very same way for the same seed', async () => {
    for (const seed of [3, 7]) {
      const [once, again] = [await simulate(seed), await simulate(seed)]
      assert.ok(once.trail.length > 30)
      assert.deepEqual(again.trail, once.trail)
    }
  })
})

describe('a story that breaks a law', () => {
  it('is told by no more of its steps, and with no more going wrong, than it takes', async () => {
    const least = await shortest(9, async (seed, { steps = 7, without = new Set() }) => {
      const isBroken = steps >= 3 && !without.has('hint lost')
      const told = {
        seed,
        trail: [],
        faults: new Map([['hint lost', 1] as const, ['cloud slow', 2] as const]),
      }
      return { ...told, steps: 7, broken: isBroken ? ['a law'] : [] }
    })
    assert.equal(least.steps, 3)
    assert.deepEqual([...(least.without ?? [])], ['cloud slow'])
  })
})
