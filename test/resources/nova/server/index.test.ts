import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Server } from '../../../../src/resources/nova/server/index.ts'
import { changes, live, played } from './stage.ts'

describe('OS::Nova::Server', () => {
  it('is made by one request to Nova, its own ports before it', async () => {
    const server = played({ networks: [{ subnet: 'sub-1' }] })
    assert.equal(await server.create(), 's1')
    assert.deepEqual(
      changes(server).map(([call]) => call),
      ['neutron.ports.create', 'nova.servers.create'],
    )
  })

  it('has a name short enough for a host name', () => {
    const { self } = played()
    assert.ok(self.physicalName.length <= 53)
    assert.equal(Server.nameLimit, 53)
  })

  it('is found again by its name, its metadata and when it was made', async () => {
    const listed = [live({ id: 'other', metadata: { a: 'c' } }), live({ metadata: { a: '1' } })]
    const server = played({ metadata: { a: 1 } }, { 'nova.servers.list': listed })
    const found = await Server.find?.(server.context({ since: new Date('2026-03-01T12:00:00Z') }))
    assert.deepEqual(found, [listed[1]])
    const later = await Server.find?.(server.context({ since: new Date('2026-03-01T12:05:00Z') }))
    assert.deepEqual(later, [])
  })

  it('leaves no port behind when it never came to be', async () => {
    const server = played({ networks: [{ subnet: 'sub-1' }] })
    await server.create()
    server.hush()
    await Server.abandon?.(server.context())
    assert.deepEqual(changes(server), [['neutron.ports.delete', 'port-1']])
  })

  it('tells its tags, and how its agent is to collect its configuration', async () => {
    const server = played({}, { 'nova.servers.tags': ['a'] })
    assert.deepEqual(await Server.compute?.tags?.(server.context()), ['a'])
    assert.deepEqual(await Server.compute?.os_collect_config?.(server.context()), {})
    const metadata = { 'os-collect-config': { cfn: {} } }
    assert.deepEqual(await Server.compute?.os_collect_config?.(server.context({ metadata })), { cfn: {} })
  })

  it('reads its properties back from what Nova shows', () => {
    const { image, flavor, config_drive } = Server.properties
    assert.equal(image.options.live.from({ id: 'i' }), 'i')
    assert.equal(image.options.live.from(''), undefined)
    assert.equal(flavor.options.live.from({ id: 'f' }), 'f')
    assert.equal(config_drive.options.live.from('True'), true)
  })
})
