import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { isoSeconds, systemClock } from '../../src/base/clock.ts'

test('a sleep that is given up rejects with the reason at once', async () => {
  const control = new AbortController()
  const slept = systemClock.sleep(60_000, control.signal)
  control.abort(new Error('enough'))
  await assert.rejects(slept, /enough/)
  await assert.rejects(systemClock.sleep(60_000, control.signal), /enough/)
})

test('a sleep longer than a timer can hold does not end at once', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  try {
    let awake = false
    const slept = systemClock.sleep(2 ** 31 + 5).then(() => {
      awake = true
    })
    mock.timers.tick(2 ** 31 - 1)
    await Promise.resolve()
    await Promise.resolve()
    assert.equal(awake, false)
    mock.timers.tick(10)
    await slept
  } finally {
    mock.timers.reset()
  }
})

test('moments are written as the APIs write them', () => {
  assert.equal(isoSeconds(Date.UTC(2026, 0, 31, 9, 30, 0, 999)), '2026-01-31T09:30:00Z')
})
