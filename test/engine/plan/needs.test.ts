import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { worldOf } from '../../../src/engine/lifecycle/world.ts'
import { needsOf } from '../../../src/engine/plan/needs.ts'
import { dependencyOrder } from '../../../src/template/index.ts'
import { defined, types } from '../templates.ts'

const needy = (mark: boolean, needs: readonly string[] = []) => ({
  type: 'Test::Needy',
  properties: { mark },
  ...(needs.length > 0 && { depends_on: needs }),
})

function needsIn(resources: Parameters<typeof defined>[0]): Record<string, readonly string[]> {
  return Object.fromEntries(needsOf(defined(resources), types, worldOf(new Map())))
}

describe('what resources need', () => {
  it('is what the template says, where their types add nothing (§3)', () => {
    assert.deepEqual(needsIn({ a: needy(false), b: needy(false, ['a']) }), { a: [], b: ['a'] })
  })

  it('is besides what their types know (§3)', () => {
    assert.deepEqual(needsIn({ a: needy(true), b: needy(false), c: needy(false, ['b', 'a']) }), {
      a: [],
      b: ['a'],
      c: ['b', 'a'],
    })
  })

  it('makes no circle: of what types add only that is left out which would (§3)', () => {
    const needs = needsIn({ a: needy(true, ['b']), b: needy(false), c: needy(false), d: needy(true) })
    assert.deepEqual(needs, { a: ['b', 'd'], b: ['d'], c: ['a', 'd'], d: [] })
  })

  it('makes no circle, whatever the template and the types say', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const resources = fc.array(fc.tuple(fc.boolean(), fc.subarray(names)), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(resources, (drawn) => {
        const own = names.map((name, i) => {
          const [mark = false, needs = []] = drawn[i] ?? []
          return [
            name,
            needy(
              mark,
              needs.filter((other) => other < name),
            ),
          ] as const
        })
        const definition = defined(Object.fromEntries(own))
        const needs = needsOf(definition, types, worldOf(new Map()))
        assert.ok('order' in dependencyOrder(needs))
        for (const [name, said] of definition.needs)
          assert.deepEqual(needs.get(name)?.slice(0, said.length), said)
      }),
      { numRuns: 100 },
    )
  })
})
