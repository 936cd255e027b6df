import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { consoleUrls } from '../../../../src/resources/nova/server/consoles.ts'
import { refusal } from '../../../cloud/told-session.ts'
import { played } from './stage.ts'

const url = (_id: string, type: string) => {
  if (type !== 'novnc') throw refusal('bad-request', 'Unavailable console type')
  return 'http://console'
}

describe("a server's consoles", () => {
  it('are told by type, and where there is none, why', async () => {
    const urls = await consoleUrls(played({}, { 'nova.servers.consoleUrl': url }).context())
    assert.equal(urls.novnc, 'http://console')
    assert.equal(urls.serial, 'Cannot get console url: Unavailable console type')
    assert.equal(Object.keys(urls).length, 6)
  })

  it('are asked for one by one where only one is wanted', async () => {
    const server = played({}, { 'nova.servers.consoleUrl': url })
    assert.deepEqual(await consoleUrls({ ...server.context(), path: ['novnc'] }), { novnc: 'http://console' })
    assert.equal(server.requests.length, 1)
    assert.deepEqual(await consoleUrls({ ...server.context(), path: ['x11'] }), {
      x11: 'Unsupported console type "x11"',
    })
  })
})
