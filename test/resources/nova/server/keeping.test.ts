import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Server } from '../../../../src/resources/nova/server/index.ts'
import { keeping } from '../../../../src/resources/nova/server/keeping.ts'
import { changes, live, played } from './stage.ts'

describe('a server in a snapshot', () => {
  it('is kept as an image that says which snapshot it is of', async () => {
    const server = played({}, { 'nova.servers.createImage': 'i1', 'glance.images.list': [{ id: 'i1' }] })
    const context = { ...server.context(), mark: 'snap.row' }
    assert.equal(await keeping.begin(context), 'i1')
    const metadata = { hearth_snapshot: 'snap.row' }
    assert.deepEqual(changes(server), [
      ['nova.servers.createImage', 'id-1', server.self.physicalName, metadata],
    ])
    assert.equal(await keeping.find(context), 'i1')
    assert.deepEqual(server.requests.at(-1), ['glance.images.list', metadata])
  })

  it('is kept when the image is complete and Nova has let go of it', async () => {
    const kept = async (status: string, task: string | null = null) => {
      const server = played(
        {},
        {
          'glance.images.get': { id: 'i1', status },
          'nova.servers.get': live({ 'OS-EXT-STS:task_state': task }),
        },
      )
      return await keeping.isKept({ ...server.context(), kept: 'i1' })
    }
    assert.equal(await kept('saving'), false)
    assert.equal(await kept('active', 'image_uploading'), false)
    assert.equal(await kept('active'), true)
    await assert.rejects(kept('killed'), { message: 'killed' })
  })

  it('comes from the image again, and the image is deleted with the snapshot', async () => {
    const given = { image: { get_param: 'image' }, flavor: 'small' }
    assert.deepEqual(keeping.restored(given, 'i1'), { image: 'i1', flavor: 'small' })
    const server = played({}, { 'glance.images.delete': undefined })
    await keeping.remove({ ...server.context(), kept: 'i1' })
    assert.deepEqual(changes(server), [['glance.images.delete', 'i1']])
  })
})

describe('the ports of a server in a document', () => {
  const noted = { internal_ports: '["port:a:0"]', 'port:a:0': 'p1', other: 'x' }
  const told = { internal_ports: '[{"id":"p1"}]', other: 'x' }

  it('are told as Heat tells them, and read back so that they go with the server', () => {
    assert.deepEqual(Server.data?.told(noted), told)
    const read = Server.data?.read(told) ?? {}
    assert.deepEqual(Server.data?.told(read), told)
    assert.equal(read['adopted port p1'], 'p1')
  })

  it('may be none, or nonsense', () => {
    for (const text of ['[]', '{}', 'x', '[1, {}]'])
      assert.deepEqual(Server.data?.read({ internal_ports: text }), { internal_ports: text })
    assert.deepEqual(Server.data?.told({ other: 'x' }), { other: 'x' })
  })
})
