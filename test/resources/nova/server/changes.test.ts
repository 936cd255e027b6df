import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { resizingNote, restsNote, whyReplaced } from '../../../../src/resources/nova/server/changes.ts'
import { refusal } from '../../../cloud/told-session.ts'
import { changes, live, played } from './stage.ts'

const same = { image: 'debian', flavor: 'small', user_data_format: 'RAW' }

async function changed(from: object, to: object, answers: object = {}) {
  const server = played(from, answers)
  await server.update({ ...same, ...from, ...to })
  return { requests: changes(server), notes: server.notes }
}

describe('a server', () => {
  it('takes other metadata, tags and another name at once', async () => {
    const { requests } = await changed(
      { tags: ['old'] },
      { metadata: { a: 1 }, tags: undefined, name: 'new' },
    )
    assert.deepEqual(requests, [
      ['nova.servers.setMetadata', 'id-1', { a: '1' }],
      ['nova.servers.setTags', 'id-1', []],
      ['nova.servers.update', 'id-1', { name: 'new' }],
    ])
  })

  it('is resized to another flavor, once', async () => {
    const first = await changed({}, { flavor: 'large' })
    assert.deepEqual(first.requests, [['nova.servers.resize', 'id-1', 'large']])
    assert.equal(first.notes.get(resizingNote), 'large')
    for (const already of [{ status: 'RESIZE' }, { status: 'VERIFY_RESIZE' }, { flavor: { id: 'large' } }]) {
      const again = await changed({}, { flavor: 'large' }, { 'nova.servers.get': live(already) })
      assert.deepEqual(again.requests, [])
    }
  })

  it('is not waited for when Nova refuses the resize', async () => {
    const server = played({}, { 'nova.servers.resize': refusal('forbidden') })
    await assert.rejects(server.update({ ...same, flavor: 'large' }), { kind: 'forbidden' })
    assert.equal(server.notes.get(resizingNote), undefined)
  })

  it('is rebuilt with another image, and the password with it', async () => {
    const { requests } = await changed(
      {},
      { image: 'ubuntu', admin_pass: 'x', image_update_policy: 'REBUILD_PRESERVE_EPHEMERAL' },
    )
    assert.deepEqual(requests, [
      [
        'nova.servers.rebuild',
        'id-1',
        { imageRef: 'ubuntu', adminPass: 'x', preserve_ephemeral: true, metadata: {} },
      ],
    ])
    for (const already of [{ status: 'REBUILD' }, { image: { id: 'ubuntu' } }]) {
      assert.deepEqual(
        (await changed({}, { image: 'ubuntu' }, { 'nova.servers.get': live(already) })).requests,
        [],
      )
    }
  })

  it('is rebuilt with other user data, once', async () => {
    const server = played({ user_data_update_policy: 'REBUILD' })
    const wanted = { ...same, user_data_update_policy: 'REBUILD', user_data: 'new' }
    await server.update(wanted)
    assert.deepEqual(changes(server), [
      ['nova.servers.rebuild', 'id-1', { imageRef: 'debian', metadata: {}, user_data: 'bmV3' }],
    ])
    await server.update({ ...wanted, user_data: '' })
    assert.deepEqual(changes(server).at(-1)?.[2], { imageRef: 'debian', metadata: {}, user_data: null })
  })

  it('takes no notice of other user data if it is told so', async () => {
    const { requests } = await changed({ user_data_update_policy: 'IGNORE' }, { user_data: 'new' })
    assert.deepEqual(requests, [])
  })

  it('gets another password', async () => {
    assert.deepEqual((await changed({}, { admin_pass: 'x' })).requests, [
      ['nova.servers.changePassword', 'id-1', 'x'],
    ])
  })

  it('is remembered to be shut off when an update finds it so', async () => {
    const off = await changed({}, { name: 'new' }, { 'nova.servers.get': live({ status: 'SHUTOFF' }) })
    assert.equal(off.notes.get(restsNote), 'SHUTOFF')
    const on = played()
    await on.notes.set(restsNote, 'SHUTOFF')
    await on.update({ ...same, name: 'new' })
    assert.equal(on.notes.get(restsNote), undefined)
  })
})

describe('another server is necessary', () => {
  const why = (changed: object, props: object = {}, before: object = { image: 'debian' }) =>
    whyReplaced({ changed, props: { ...played().context().props, ...props }, before })

  it('where its template asks for one', () => {
    assert.match(why({ flavor: 'large' }, { flavor_update_policy: 'REPLACE' }) ?? '', /^flavor changed/)
    assert.match(why({ image: 'ubuntu' }, { image_update_policy: 'REPLACE' }) ?? '', /^image changed/)
    assert.match(why({ user_data: 'x' }) ?? '', /^user_data changed/)
  })

  it('where this one can not be rebuilt', () => {
    assert.match(why({ image: 'ubuntu' }, {}, {}) ?? '', /boots from a volume/)
    assert.match(why({ image: null }, { image: undefined }) ?? '', /boots from a volume/)
    assert.match(
      why({ user_data: 'x' }, { image: undefined, user_data_update_policy: 'REBUILD' }) ?? '',
      /not rebuilt/,
    )
  })

  it('nowhere else', () => {
    assert.equal(why({ flavor: 'large', image: 'ubuntu', networks: [], name: 'x' }), undefined)
    assert.equal(why({ user_data: 'x' }, { user_data_update_policy: 'REBUILD' }), undefined)
    assert.equal(why({ user_data: 'x' }, { user_data_update_policy: 'IGNORE' }), undefined)
  })
})
