import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isGone, remove, snapshotThenRemove } from '../../../../src/resources/nova/server/removal.ts'
import { refusal } from '../../../cloud/told-session.ts'
import { changes, live, played } from './stage.ts'

describe('a server that is deleted', () => {
  it('takes its own ports with it', async () => {
    const server = played(
      { networks: [{ subnet: 'sub-1' }] },
      { 'nova.servers.delete': refusal('not-found') },
    )
    await server.create()
    server.hush()
    await remove(server.context())
    assert.deepEqual(changes(server), [
      ['neutron.ports.delete', 'port-1'],
      ['nova.servers.delete', 's1'],
    ])
  })

  it('is gone when Nova says so, and made to go where Nova would keep it', async () => {
    const server = played()
    const gone = (more: object) => isGone({ ...server.context(), live: live(more) })
    assert.equal(await gone({}), false)
    assert.equal(await gone({ status: 'DELETED' }), true)
    assert.equal(await gone({ status: 'ERROR', 'OS-EXT-STS:task_state': 'deleting' }), false)
    assert.deepEqual(changes(server), [])
    assert.equal(await gone({ status: 'SOFT_DELETED' }), false)
    assert.deepEqual(changes(server), [['nova.servers.forceDelete', 'id-1']])
    await assert.rejects(gone({ status: 'ERROR', fault: { code: 500, message: 'no host' } }), {
      message: 'Server web delete failed: (500) no host',
    })
  })
})

describe('a server that is saved before it is deleted', () => {
  const saved = async (status: string | undefined) => {
    const image = status === undefined ? refusal('not-found') : { status }
    const server = played({}, { 'nova.servers.createImage': 'i1', 'glance.images.get': image })
    await snapshotThenRemove(server.context())
    await snapshotThenRemove(server.context())
    return server
  }

  it('is so once, and deleted when the image is complete', async () => {
    const server = await saved('active')
    assert.deepEqual(changes(server), [['nova.servers.createImage', 'id-1', server.self.physicalName]])
    server.hush()
    assert.equal(await isGone({ ...server.context(), live: live() }), false)
    assert.deepEqual(changes(server), [['nova.servers.delete', 'id-1']])
    server.hush()
    await isGone({ ...server.context(), live: live({ 'OS-EXT-STS:task_state': 'deleting' }) })
    assert.deepEqual(changes(server), [])
  })

  it('is kept while the image grows, and if it fails', async () => {
    const busy = await saved('saving')
    assert.equal(await isGone({ ...busy.context(), live: live() }), false)
    assert.equal(changes(busy).length, 1)
    const lost = await saved(undefined)
    await assert.rejects(isGone({ ...lost.context(), live: live() }), {
      message: 'Image of the server deleted',
    })
  })

  it('is simply deleted if it is broken', async () => {
    const server = played({}, { 'nova.servers.get': live({ status: 'ERROR' }) })
    await snapshotThenRemove(server.context())
    assert.deepEqual(changes(server), [['nova.servers.delete', 'id-1']])
  })
})
