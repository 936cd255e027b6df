import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Box, type Link, layered } from '../../../src/cli/graph/layout.ts'

const box = (id: string): Box => ({ id, width: 100, height: 40 })

test('links lead to the right, also through columns between', () => {
  const { places, routes } = layered(['a', 'b', 'c'].map(box), [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
    { from: 'a', to: 'c' },
  ])
  const x = (id: string) => places.get(id)?.x ?? Number.NaN
  assert.ok(x('a') < x('b') && x('b') < x('c'))
  assert.equal(routes[2]?.length, 4)
  assert.ok(routes.every((route) => route.every((point, i) => i === 0 || point.x >= (route[i - 1]?.x ?? 0))))
})

test('a link of a circle goes back, from where it begins to where it ends', () => {
  const { places, routes } = layered(['a', 'b'].map(box), [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'a' },
  ])
  assert.equal(routes[1]?.[0]?.x, places.get('b')?.x)
})

const graph = fc.integer({ min: 1, max: 40 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    links: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 80 }),
  }),
)

test('whatever the links, no box is on another one or outside, and every link has its way', () => {
  fc.assert(
    fc.property(graph, ({ count, links: pairs }) => {
      const boxes = Array.from({ length: count }, (_, i) => box(String(i)))
      const links: readonly Link[] = pairs.map(([from, to]) => ({ from: String(from), to: String(to) }))
      const { places, routes, width, height } = layered(boxes, links)
      assert.equal(places.size, count)
      assert.equal(routes.length, links.filter(({ from, to }) => from !== to).length)
      const all = [...places.values()]
      for (const [i, { x, y }] of all.entries()) {
        assert.ok(x >= 0 && y >= -0.01 && x + 100 <= width + 0.01 && y + 40 <= height + 0.01)
        for (const other of all.slice(i + 1))
          assert.ok(Math.abs(other.x - x) >= 100 || Math.abs(other.y - y) >= 40 - 0.01)
      }
    }),
    { numRuns: 150 },
  )
})
