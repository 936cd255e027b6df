import assert from 'node:assert/strict'
import { test } from 'node:test'
import { liveView, plainView } from '../../../src/cli/wait/view.ts'
import { fakeOutlet } from '../fakes.ts'

test('lines that stay are written above the picture, which is drawn anew', () => {
  const { outlet, written } = fakeOutlet({ isTerminal: true })
  let moment = 0
  const view = liveView(outlet, () => [`working ${++moment}`, 'sum'])
  view.refresh()
  view.log(['done a'])
  assert.deepEqual(written, ['working 1\nsum\n', '\x1b[2A\r\x1b[0Jdone a\nworking 2\nsum\n'])
})

test('closing takes the picture away, once', () => {
  const { outlet, written, listeners } = fakeOutlet({ isTerminal: true })
  const view = liveView(outlet, () => ['one'])
  view.refresh()
  view.close()
  view.close()
  view.refresh()
  assert.deepEqual(written, ['one\n', '\x1b[1A\r\x1b[0J'])
  assert.equal(listeners.size, 0)
})

test('in a terminal made narrower the rows that old lines now take are cleared too', () => {
  const { outlet, written, resize } = fakeOutlet({ isTerminal: true, columns: 80 })
  const view = liveView(outlet, ({ columns }) => ['x'.repeat(Math.min(50, columns - 1))])
  view.refresh()
  resize({ columns: 20, rows: 24 })
  assert.deepEqual(written.at(-1), `\x1b[3A\r\x1b[0J${'x'.repeat(19)}\n`)
  view.close()
})

test('where there is no terminal there is only a log', () => {
  const { outlet, text } = fakeOutlet()
  const view = plainView(outlet)
  view.log(['a', 'b'])
  view.refresh()
  view.close()
  assert.equal(text(), 'a\nb\n')
})
