import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { images } from '../../../src/cloud/glance/images.ts'
import { glance } from '../../../src/cloud/glance/index.ts'
import { refuses, toldSession } from '../told-session.ts'

const id = '7e0c0f3a-1111-4111-8111-111111111111'

describe("Glance's images", () => {
  it('are changed by a patch that tells adding from replacing', async () => {
    const session = toldSession({
      'GET /images/i1': { id: 'i1', os_distro: 'debian', 'a/b': '1' },
      'PATCH /images/i1': { id: 'i1' },
    })
    await images(session).update('i1', {
      os_distro: 'ubuntu',
      architecture: 'x86_64',
      'a/b': null,
      gone: null,
    })
    assert.deepEqual(session.bodies(), [
      [
        { op: 'replace', path: '/os_distro', value: 'ubuntu' },
        { op: 'add', path: '/architecture', value: 'x86_64' },
        { op: 'remove', path: '/a~1b' },
      ],
    ])
    assert.match(session.asks.at(-1)?.headers?.['content-type'] ?? '', /json-patch$/)
  })

  it('are left alone when there is nothing to change', async () => {
    const session = toldSession({ 'GET /images/i1': { id: 'i1' } })
    await images(session).update('i1', { gone: null })
    assert.deepEqual(session.bodies(), [])
  })

  it('are fetched from the web; a second request meanwhile is fine', async () => {
    const session = toldSession({ 'POST /images/i1/import': undefined })
    await images(session).importFrom('i1', 'http://web/image')
    assert.deepEqual(session.bodies(), [{ method: { name: 'web-download', uri: 'http://web/image' } }])
    await images(toldSession({ 'POST /images/i1/import': refuses('conflict') })).importFrom(
      'i1',
      'http://web',
    )
  })

  it('are put out of use and back, tagged and shared', async () => {
    const session = toldSession({
      'POST /images/i1/actions/deactivate': undefined,
      'POST /images/i1/actions/reactivate': undefined,
      'PUT /images/i1/tags/a%20b': undefined,
      'GET /images/i1/members': { members: [{ member_id: 'p2' }] },
      'POST /images/i1/members': refuses('conflict'),
    })
    const all = images(session)
    await all.deactivate('i1')
    await all.reactivate('i1')
    await all.addTag('i1', 'a b')
    await all.removeTag('i1', 'not there')
    await all.addMember('i1', 'p2')
    await all.removeMember('i1', 'p3')
    assert.deepEqual(await all.members('i1'), ['p2'])
  })

  it('are found by ID, if it looks like one, or by name', async () => {
    const { image } = glance.find
    assert.equal(await image.lookup(toldSession({ [`GET /images/${id}`]: { id } }), id), id)
    const listed = toldSession({ 'GET /images': { images: [{ id: 'i1' }] } })
    assert.equal(await image.lookup(listed, 'debian 12'), 'i1')
    assert.deepEqual(listed.calls(), ['GET /images?name=debian 12'])
    await assert.rejects(image.lookup(toldSession({ 'GET /images': { images: [] } }), 'x'), {
      message: "No images matching {'name': 'x'}.",
    })
    await assert.rejects(
      image.lookup(toldSession({ 'GET /images': { images: [{ id: 'a' }, { id: 'b' }] } }), 'x'),
      {
        kind: 'ambiguous',
      },
    )
  })
})
