import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dependencyOrder } from '../../../src/template/index.ts'
import { processorTime } from '../processor-time.ts'

const needs = (map: Record<string, readonly string[]>) => new Map(Object.entries(map))

test('each comes after what it needs, otherwise in the order of the template', () => {
  assert.deepEqual(dependencyOrder(needs({ a: ['c'], b: [], c: ['d'], d: [] })), {
    order: ['b', 'd', 'c', 'a'],
  })
})

test('a circle names its members, and only them', () => {
  const found = dependencyOrder(needs({ start: ['a'], a: ['b'], b: ['c'], c: ['a'], free: [] }))
  assert.deepEqual('cycle' in found && [...found.cycle].sort(), ['a', 'b', 'c'])
  assert.deepEqual(dependencyOrder(needs({ a: ['a'] })), { cycle: ['a'] })
})

test('needs that are no resources are passed over', () => {
  assert.deepEqual(dependencyOrder(needs({ a: ['gone'] })), { order: ['a'] })
})

test('twenty thousand in a row are ordered at once', () => {
  const chain = new Map(Array.from({ length: 20_000 }, (_, i) => [`r${i}`, i === 0 ? [] : [`r${i - 1}`]]))
  const took = processorTime(() => {
    const found = dependencyOrder(chain)
    assert.ok('order' in found && found.order.at(-1) === 'r19999')
  })
  assert.ok(took < 500)
})

type Needs = ReadonlyMap<string, readonly string[]>

function keepsNeeds(all: Needs, order: readonly string[]): boolean {
  const place = new Map(order.map((name, i) => [name, i]))
  const isBefore = (one: string, other: string) => (place.get(one) ?? 0) < (place.get(other) ?? 0)
  return (
    order.length === all.size &&
    [...all].every(([name, needed]) => needed.every((other) => isBefore(other, name)))
  )
}

function isCircle(all: Needs, cycle: readonly string[]): boolean {
  return cycle.every((name, i) => all.get(name)?.includes(cycle[(i + 1) % cycle.length] ?? ''))
}

test('any graph has an order that keeps every need, or a circle of needs', () => {
  const graph = fc.array(fc.array(fc.nat(9), { maxLength: 4 }), { minLength: 10, maxLength: 10 })
  fc.assert(
    fc.property(graph, (edges) => {
      const all = new Map(edges.map((targets, i) => [String(i), targets.map(String)]))
      const found = dependencyOrder(all)
      return 'order' in found ? keepsNeeds(all, found.order) : isCircle(all, found.cycle)
    }),
  )
})
