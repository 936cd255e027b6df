import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { attachments } from '../../../src/cloud/nova/attachments.ts'
import { toldSession } from '../told-session.ts'

describe('what hangs on a server', () => {
  it('are interfaces, which come and go', async () => {
    const session = toldSession({
      'GET /servers/s1/os-interface': { interfaceAttachments: [{ port_id: 'p1' }] },
      'POST /servers/s1/os-interface': { interfaceAttachment: { port_id: 'p2' } },
      'DELETE /servers/s1/os-interface/p1': undefined,
    })
    const all = attachments(session)
    assert.deepEqual(await all.interfaces('s1'), [{ port_id: 'p1' }])
    assert.equal((await all.attachInterface('s1', { net_id: 'n' })).port_id, 'p2')
    await all.attachInterface('s1', { port_id: 'p3', tag: 'nic' })
    await all.detachInterface('s1', 'p1')
    assert.deepEqual(session.calls().slice(1), [
      'POST /servers/s1/os-interface',
      'POST /servers/s1/os-interface @2.49',
      'DELETE /servers/s1/os-interface/p1',
    ])
  })

  it('are volumes, which come and go', async () => {
    const attachment = { id: 'v1', volumeId: 'v1', serverId: 's1', device: '/dev/vdb' }
    const session = toldSession({
      'GET /servers/s1/os-volume_attachments': { volumeAttachments: [attachment] },
      'GET /servers/s1/os-volume_attachments/v1': { volumeAttachment: attachment },
      'POST /servers/s1/os-volume_attachments': { volumeAttachment: attachment },
      'DELETE /servers/s1/os-volume_attachments/v1': undefined,
    })
    const all = attachments(session)
    assert.deepEqual(await all.volumeAttachments('s1'), [attachment])
    assert.deepEqual(await all.volumeAttachment('s1', 'v1'), attachment)
    await all.attachVolume('s1', { volume: 'v1' })
    await all.attachVolume('s1', { volume: 'v1', device: '/dev/vdb' })
    await all.detachVolume('s1', 'v1')
    assert.deepEqual(session.bodies(), [
      { volumeAttachment: { volumeId: 'v1' } },
      { volumeAttachment: { volumeId: 'v1', device: '/dev/vdb' } },
    ])
  })
})
