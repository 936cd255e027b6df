import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pacer } from '../../src/base/pacer.ts'

function clockAt(ms: number) {
  const clock = { ms, now: () => clock.ms, sleep: async () => {} }
  return clock
}

describe('a pacer', () => {
  it('lets a burst through, and then as many as there is time for', () => {
    const clock = clockAt(0)
    const { take } = pacer({ perMinute: 30, burst: 3 }, clock)
    assert.deepEqual([take('a'), take('a'), take('a'), take('a')], [0, 0, 0, 2])
    clock.ms += 1000
    assert.equal(take('a'), 1)
    clock.ms += 1000
    assert.deepEqual([take('a'), take('a')], [0, 2])
    clock.ms += 3_600_000
    assert.deepEqual([take('a'), take('a'), take('a'), take('a')], [0, 0, 0, 2])
  })

  it('counts each by itself', () => {
    const { take, wait } = pacer({ perMinute: 1, burst: 1 }, clockAt(5))
    assert.deepEqual([take('a'), take('b'), take('a')], [0, 0, 60])
    assert.deepEqual([wait('a'), wait('c'), wait('c'), take('c')], [60, 0, 0, 0])
  })

  it('keeps whoever is refused from no more than time does', () => {
    const clock = clockAt(0)
    const { take } = pacer({ perMinute: 60, burst: 1 }, clock)
    take('a')
    for (let i = 0; i < 9; i++) {
      clock.ms += 100
      assert.equal(take('a'), 1)
    }
    clock.ms += 100
    assert.equal(take('a'), 0)
  })

  it('without a pace lets everything through', () => {
    const { take, wait } = pacer({ perMinute: 0, burst: 1 }, clockAt(0))
    assert.ok(Array.from({ length: 100 }, () => take('a')).every((seconds) => seconds === 0))
    assert.equal(wait('a'), 0)
  })

  it('remembers only so many', () => {
    const { take, wait } = pacer({ perMinute: 1, burst: 1 }, clockAt(0))
    take('first')
    for (let i = 0; i < 10_000; i++) take(String(i))
    assert.deepEqual([wait('first'), wait('9999')], [0, 60])
  })

  it('is not troubled by a clock that goes back', () => {
    const clock = clockAt(1_000_000)
    const { take } = pacer({ perMinute: 1, burst: 2 }, clock)
    take('a')
    clock.ms = 0
    assert.deepEqual([take('a'), take('a')], [0, 60])
  })
})
