import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { supports, versionForCreation, versionForRebuild } from '../../../src/cloud/nova/versions.ts'
import { toldSession } from '../told-session.ts'

const server = { name: 'web', flavorRef: 'f' }

describe('the microversion', () => {
  it('for a new server is the lowest that carries all it uses', () => {
    assert.equal(versionForCreation(server), undefined)
    assert.equal(versionForCreation({ ...server, networks: [{ uuid: 'n' }], tags: [] }), undefined)
    assert.equal(versionForCreation({ ...server, networks: 'none' }), '2.37')
    assert.equal(versionForCreation({ ...server, networks: [{ uuid: 'n', tag: 't' }] }), '2.42')
    assert.equal(versionForCreation({ ...server, networks: 'none', tags: ['a'] }), '2.52')
    const devices = [{ uuid: 'v', volume_type: 'fast' }]
    assert.equal(versionForCreation({ ...server, tags: ['a'], block_device_mapping_v2: devices }), '2.67')
  })

  it('of files for a server goes no higher than Nova takes them', () => {
    const personality = [{ path: '/a', contents: '' }]
    assert.equal(versionForCreation({ ...server, personality, tags: ['a'] }), '2.52')
    const devices = [{ uuid: 'v', volume_type: 'fast' }]
    assert.throws(() => versionForCreation({ ...server, personality, block_device_mapping_v2: devices }), {
      message: /Cannot use the personality parameter/,
    })
    assert.throws(() => versionForRebuild({ imageRef: 'i', personality, user_data: 'x' }))
  })

  it('for a rebuild is higher with user data', () => {
    assert.equal(versionForRebuild({ imageRef: 'i' }), undefined)
    assert.equal(versionForRebuild({ imageRef: 'i', user_data: null }), '2.57')
  })

  it('is supported up to the newest that Nova has', async () => {
    const session = toldSession({ 'GET /': { version: { version: '2.60', min_version: '2.1' } } })
    assert.deepEqual(await Promise.all([supports(session, '2.57'), supports(session, '2.64')]), [true, false])
  })
})
