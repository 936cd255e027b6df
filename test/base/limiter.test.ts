import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limiter } from '../../src/base/limiter.ts'

test('no more runs at once than may, and all of it runs in the order of asking', async () => {
  const limit = limiter(3)
  const begun: number[] = []
  let running = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      limit.run(async () => {
        begun.push(i)
        most = Math.max(most, ++running)
        await new Promise(setImmediate)
        running--
      }),
    ),
  )
  assert.equal(most, 3)
  assert.deepEqual(
    begun,
    [...begun].sort((a, b) => a - b),
  )
  assert.equal(limit.waiting, 0)
})

test('work that fails gives its place back', async () => {
  const limit = limiter(1)
  await assert.rejects(
    limit.run(() => Promise.reject(new Error('no'))),
    /no/,
  )
  assert.equal(await limit.run(async () => 'yes'), 'yes')
})

test('a long line is let in to the last', async () => {
  const limit = limiter(2)
  const done = await Promise.all(Array.from({ length: 5000 }, (_, i) => limit.run(async () => i)))
  assert.equal(done.length, 5000)
})
