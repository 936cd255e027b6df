import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { resizingNote, restsNote } from '../../../../src/resources/nova/server/changes.ts'
import { settles } from '../../../../src/resources/nova/server/settling.ts'
import { live, played } from './stage.ts'

async function isReady(more: object, notes: Record<string, string> = {}) {
  const server = played()
  for (const [key, value] of Object.entries(notes)) await server.notes.set(key, value)
  return { ready: await settles.until({ ...server.context(), live: live(more) }), notes: server.notes }
}

describe('a server is ready', () => {
  it('when it is active', async () => {
    assert.equal((await isReady({})).ready, true)
    assert.equal((await isReady({ status: 'SHUTOFF' })).ready, false)
  })

  it('when it is again in the state that an update found it in', async () => {
    assert.equal((await isReady({ status: 'SHUTOFF' }, { [restsNote]: 'SHUTOFF' })).ready, true)
    assert.equal((await isReady({ status: 'PAUSED' }, { [restsNote]: 'SHUTOFF' })).ready, false)
  })

  it('when it has the flavor it is being resized to', async () => {
    const done = await isReady({ flavor: { id: 'large' } }, { [resizingNote]: 'large' })
    assert.deepEqual([done.ready, done.notes.get(resizingNote)], [true, undefined])
    const busy = await isReady({ 'OS-EXT-STS:task_state': 'resize_finish' }, { [resizingNote]: 'large' })
    assert.equal(busy.ready, false)
    await assert.rejects(isReady({}, { [resizingNote]: 'large' }), {
      message: "Resizing to 'large' failed, status 'ACTIVE'",
    })
  })
})

it('a resize is confirmed as soon as Nova asks', async () => {
  const server = played()
  await settles.nudge.VERIFY_RESIZE(server.context())
  assert.deepEqual(server.requests, [['nova.servers.confirmResize', 'id-1']])
})

it("a server's failure is told in Nova's words", () => {
  assert.equal(
    settles.reason(live({ fault: { message: 'No valid host', code: 500 } })),
    'Message: No valid host, Code: 500',
  )
  assert.equal(settles.reason(live()), 'Message: Unknown, Code: Unknown')
})
