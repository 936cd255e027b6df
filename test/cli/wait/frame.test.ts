import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noPaint } from '../../../src/cli/terminal.ts'
import { elapsed, frame, summary } from '../../../src/cli/wait/frame.ts'
import { advance, startProgress, takeStock, type WatchedAction } from '../../../src/cli/wait/progress.ts'

const wide = { columns: 80, rows: 24 }

function progressOf(
  action: WatchedAction,
  steps: readonly (readonly [path: string, status: string, at: number])[],
) {
  const progress = startProgress(action, 0)
  for (const [path, status, at] of steps) advance(progress, { path, status }, at)
  return progress
}

test('a frame has a line for each resource under way, the longest first, and a sum', () => {
  const progress = progressOf('CREATE', [
    ['web.net', 'CREATE_IN_PROGRESS', 0],
    ['web.server', 'CREATE_IN_PROGRESS', 2000],
    ['web.volume', 'CREATE_IN_PROGRESS', 1000],
    ['web.net', 'CREATE_COMPLETE', 3000],
  ])
  assert.deepEqual(frame(progress, { now: 65_000, room: wide, paint: noPaint }), [
    'CREATE_IN_PROGRESS  web.volume  1m04s',
    'CREATE_IN_PROGRESS  web.server  1m03s',
    '1/3 complete, 2 in progress · 1m05s',
  ])
})

test('no line is longer than the terminal is wide, whatever the names', () => {
  const progress = progressOf('CREATE', [[`web.${'日本'.repeat(40)}`, 'CREATE_IN_PROGRESS', 0]])
  const [line = '', sum = ''] = frame(progress, {
    now: 5000,
    room: { columns: 40, rows: 24 },
    paint: noPaint,
  })
  assert.equal(line, 'CREATE_IN_PROGRESS  web.日本…   5s')
  assert.ok(sum.length < 40)
})

test('when there is no room for all, the rest is counted', () => {
  const steps = Array.from({ length: 50 }, (_, i) => [`web.r${i}`, 'CREATE_IN_PROGRESS', i] as const)
  const lines = frame(progressOf('CREATE', steps), {
    now: 100,
    room: { columns: 80, rows: 8 },
    paint: noPaint,
  })
  assert.equal(lines.length, 6)
  assert.deepEqual(lines.slice(-2), ['… and 46 more in progress', '0/50 complete, 50 in progress · 0s'])
})

test('the sum counts what a listing told of, and failures', () => {
  const progress = progressOf('CREATE', [
    ['web.a', 'CREATE_COMPLETE', 0],
    ['web.b', 'CREATE_FAILED', 0],
  ])
  takeStock(progress, [
    { path: 'web.a', status: 'CREATE_IN_PROGRESS' },
    { path: 'web.c', status: 'INIT_COMPLETE' },
    { path: 'web.d', status: 'CREATE_COMPLETE' },
  ])
  assert.equal(summary(progress), '3/4 complete, 0 in progress, 1 failed')
})

test('an update counts what it changed, a deletion what is gone', () => {
  const listed = ['a', 'b', 'c'].map((name) => ({ path: `web.${name}`, status: 'CREATE_COMPLETE' }))
  const update = progressOf('UPDATE', [
    ['web.a', 'UPDATE_COMPLETE', 0],
    ['web.b', 'UPDATE_IN_PROGRESS', 0],
  ])
  takeStock(update, listed)
  assert.equal(summary(update), '1 changed of 3, 1 in progress')
  const deletion = progressOf('DELETE', [['web.a', 'DELETE_COMPLETE', 0]])
  takeStock(deletion, listed)
  assert.equal(summary(deletion), '1/3 deleted, 0 in progress')
})

test('a step tells how long a resource took, if its beginning was seen', () => {
  const progress = startProgress('CREATE', 0)
  assert.equal(advance(progress, { path: 'web.a', status: 'CREATE_IN_PROGRESS' }, 1000), undefined)
  assert.equal(advance(progress, { path: 'web.a', status: 'CREATE_IN_PROGRESS' }, 2000), undefined)
  assert.deepEqual(advance(progress, { path: 'web.a', status: 'CREATE_COMPLETE' }, 4000), {
    path: 'web.a',
    status: 'CREATE_COMPLETE',
    tookMs: 3000,
  })
  assert.deepEqual(advance(progress, { path: 'web.b', status: 'CREATE_COMPLETE' }, 4000), {
    path: 'web.b',
    status: 'CREATE_COMPLETE',
  })
})

test('times are written short', () => {
  assert.deepEqual([-5, 999, 59_000, 60_000, 3_599_000, 3_600_000, 90_000_000].map(elapsed), [
    '0s',
    '0s',
    '59s',
    '1m00s',
    '59m59s',
    '1h00m',
    '25h00m',
  ])
})
