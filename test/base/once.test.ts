import assert from 'node:assert/strict'
import { test } from 'node:test'
import { once } from '../../src/base/once.ts'

test('what is asked for by many is done once, and anew after it failed', async () => {
  const outcomes = [Promise.reject(new Error('away')), Promise.resolve('there'), Promise.resolve('twice')]
  const open = once(() => outcomes.shift() ?? Promise.reject(new Error('too often')))
  const early = await Promise.allSettled([open(), open()])
  assert.deepEqual(
    early.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  assert.deepEqual(await Promise.all([open(), open()]), ['there', 'there'])
  assert.equal(await open(), 'there')
})
