import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, it } from 'node:test'
import { freePort } from '../../tools/free-port.ts'

describe('free ports', () => {
  it('are not given twice, and none that something listens on', async () => {
    const first = await freePort()
    // The next one in turn.
    const server = createServer().listen(first + 1, '127.0.0.1')
    await once(server, 'listening')
    const row = await freePort(3)
    server.close()
    assert.ok(row > first + 1 || row + 2 < first, `${row} after ${first}`)
  })

  it('are none of those that a connection may be given', async () => {
    // Where Linux begins; others begin further up.
    assert.ok((await freePort(2)) + 1 < 32_768)
  })
})
