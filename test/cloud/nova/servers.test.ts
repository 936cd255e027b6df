import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isCloudError } from '../../../src/cloud/error.ts'
import { consoleTypes, servers } from '../../../src/cloud/nova/servers.ts'
import { refuses, toldSession } from '../told-session.ts'

const act = 'POST /servers/s1/action'

describe("Nova's servers", () => {
  it('are made with hints beside them, in the lowest microversion that will do', async () => {
    const session = toldSession({ 'POST /servers': { server: { id: 's1' } } })
    const made = await servers(session).create({ name: 'web', flavorRef: 'f', hints: { group: 'g' } })
    assert.equal(made.id, 's1')
    assert.deepEqual(session.calls(), ['POST /servers'])
    assert.deepEqual(session.bodies(), [
      { server: { name: 'web', flavorRef: 'f' }, 'os:scheduler_hints': { group: 'g' } },
    ])
  })

  it('are given a network by themselves where the microversion asks for one', async () => {
    const session = toldSession({ 'POST /servers': { server: { id: 's1' } } })
    await servers(session).create({ name: 'web', flavorRef: 'f', tags: ['a'], hints: {} })
    assert.deepEqual(session.calls(), ['POST /servers @2.52'])
    assert.deepEqual(session.bodies(), [
      { server: { name: 'web', flavorRef: 'f', tags: ['a'], networks: 'auto' } },
    ])
  })

  it('are listed by their exact name, which Nova takes for a pattern', async () => {
    const session = toldSession({
      'GET /servers/detail': {
        servers: [
          { name: 'a.b', status: 'ACTIVE' },
          { name: 'a.bc', status: 'BUILD' },
        ],
      },
    })
    const found = await servers(session).list({ name: 'a.b', limit: 2 })
    assert.deepEqual(
      found.map(({ name }) => name),
      ['a.b'],
    )
    assert.deepEqual(session.calls(), ['GET /servers/detail?limit=2&name=^a\\.b$'])
  })

  it('have the plain status, without what some clouds add', async () => {
    const session = toldSession({ 'GET /servers/s1': { server: { id: 's1', status: 'ACTIVE(REBOOT)' } } })
    assert.equal((await servers(session).get('s1')).status, 'ACTIVE')
  })

  it('take a confirmation of a resize twice', async () => {
    await servers(toldSession({ [act]: refuses('bad-request') })).confirmResize('s1')
    await servers(toldSession({ [act]: refuses('conflict') })).confirmResize('s1')
    await assert.rejects(servers(toldSession()).confirmResize('s1'), (error) =>
      isCloudError(error, 'not-found'),
    )
  })

  it('do what they are told', async () => {
    const session = toldSession({ [act]: undefined })
    const all = servers(session)
    await all.forceDelete('s1')
    await all.resize('s1', 'f2')
    await all.rebuild('s1', { imageRef: 'i2', user_data: null })
    await all.changePassword('s1', 'pass')
    await all.addSecurityGroup('s1', 'g')
    await all.removeSecurityGroup('s1', 'g')
    await all.suspend('s1')
    await all.resume('s1')
    assert.deepEqual(session.bodies(), [
      { forceDelete: null },
      { resize: { flavorRef: 'f2' } },
      { rebuild: { imageRef: 'i2', user_data: null } },
      { changePassword: { adminPass: 'pass' } },
      { addSecurityGroup: { name: 'g' } },
      { removeSecurityGroup: { name: 'g' } },
      { suspend: null },
      { resume: null },
    ])
    assert.equal(session.calls()[2], `${act} @2.57`)
  })

  it('have all their metadata and tags set at once', async () => {
    const session = toldSession({
      'PUT /servers/s1/metadata': {},
      'PUT /servers/s1/tags': {},
      'GET /servers/s1/tags': { tags: ['a'] },
    })
    const all = servers(session)
    await all.setMetadata('s1', { a: 'b' })
    await all.setTags('s1', ['a'])
    assert.deepEqual(await all.tags('s1'), ['a'])
    assert.deepEqual(session.bodies(), [{ metadata: { a: 'b' } }, { tags: ['a'] }])
  })

  it('tell the ID of an image of theirs, wherever Nova says it', async () => {
    const version = (newest: string) => ({ 'GET /': { version: { version: newest, min_version: '2.1' } } })
    const younger = toldSession({ ...version('2.90'), [act]: { image_id: 'i1' } })
    assert.equal(await servers(younger).createImage('s1', 'copy'), 'i1')
    assert.equal(younger.calls().at(-1), `${act} @2.45`)
    const older = toldSession({ ...version('2.10'), [act]: undefined })
    assert.equal(await servers(older).createImage('s1', 'copy'), 'from-header')
  })

  it('tell where their consoles are', async () => {
    const session = toldSession({
      'POST /servers/s1/remote-consoles': { remote_console: { url: 'http://c' } },
    })
    assert.equal(await servers(session).consoleUrl('s1', 'spice-html5'), 'http://c')
    assert.deepEqual(session.bodies(), [{ remote_console: { protocol: 'spice', type: 'spice-html5' } }])
    await servers(session).consoleUrl('s1', 'webmks')
    assert.match(session.calls().at(-1) ?? '', /@2\.8$/)
    assert.equal(consoleTypes.length, 6)
  })
})
