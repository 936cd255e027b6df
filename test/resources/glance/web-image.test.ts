import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { WebImage } from '../../../src/resources/glance/web-image.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'

const given = { disk_format: 'raw', container_format: 'bare', location: 'http://web/image' }
const live = (status: string) => ({ id: 'i1', status, created_at: '2026-03-01T12:00:00Z' }) as never

const played = (more: object = {}, answers: object = {}) =>
  rehearse(
    WebImage,
    { ...given, ...more },
    {
      'glance.images.create': live('queued'),
      'glance.images.get': live('queued'),
      'glance.images.members': ['p1'],
      ...answers,
    },
  )

const messages = (more: object) => {
  const { props } = played().context()
  return WebImage.validate?.({ ...props, ...more }, 'image').map(({ message }) => message)
}

describe('OS::Glance::WebImage', () => {
  it('is a record first, and then fetched', async () => {
    const image = played({ extra_properties: { x: 1 }, tags: ['a'], os_distro: 'debian' })
    await image.create()
    assert.deepEqual(image.requests, [
      [
        'glance.images.create',
        {
          name: image.self.physicalName,
          visibility: 'private',
          protected: false,
          min_disk: 0,
          min_ram: 0,
          disk_format: 'raw',
          container_format: 'bare',
          tags: ['a'],
          os_distro: 'debian',
          x: '1',
        },
      ],
      ['glance.images.get', 'i1'],
      ['glance.images.importFrom', 'i1', 'http://web/image'],
    ])
  })

  it('is shared with just the projects it names', async () => {
    const image = played({ visibility: 'shared', members: ['p2'] })
    await image.create()
    assert.deepEqual(
      image.requests.filter(([call]) => call.endsWith('Member')),
      [
        ['glance.images.removeMember', 'i1', 'p1'],
        ['glance.images.addMember', 'i1', 'p2'],
      ],
    )
  })

  it('is changed in place, further fields too', async () => {
    const image = played(
      { os_distro: 'debian', extra_properties: { x: 1, y: 2 } },
      { 'glance.images.get': live('active') },
    )
    await image.create()
    image.hush()
    await image.update({ ...given, extra_properties: { y: 3 }, tags: ['b'] })
    assert.deepEqual(image.requests[0], [
      'glance.images.update',
      'i1',
      { os_distro: null, y: '3', x: null, tags: ['b'] },
    ])
    image.hush()
    await image.update({ ...given, extra_properties: { y: 3 }, tags: ['b'], active: false })
    assert.equal(
      image.requests.some(([call]) => call === 'glance.images.update'),
      false,
    )
  })

  it('is put out of use, or back, when its content is there', async () => {
    const idle = played({ active: false })
    const until = async (image: typeof idle, status: string) =>
      WebImage.settles?.until?.({ ...image.context(), live: live(status) })
    assert.equal(await until(idle, 'active'), false)
    assert.deepEqual(idle.requests.at(-1), ['glance.images.deactivate', 'id-1'])
    assert.equal(await until(idle, 'deactivated'), true)
    const used = played()
    assert.equal(await until(used, 'deactivated'), false)
    assert.deepEqual(used.requests.at(-1), ['glance.images.reactivate', 'id-1'])
    assert.equal(await until(used, 'active'), true)
  })

  it('has failed when Glance could not fetch it, though it then waits for another import', async () => {
    const failed = played({}, { 'glance.images.get': { status: 'queued', os_glance_failed_import: 'file' } })
    await assert.rejects(
      async () => WebImage.settles?.nudge?.queued?.(failed.context()),
      /http:\/\/web\/image/,
    )
    await WebImage.settles?.nudge?.queued?.(played().context())
  })

  it('is found again by its ID, or by its name if it was made since', async () => {
    const listed = { 'glance.images.list': [live('queued')] }
    const since = new Date('2026-03-01T12:00:00Z')
    assert.deepEqual(await WebImage.find?.(played({}, listed).context({ since })), [live('queued')])
    const later = new Date('2026-03-01T13:00:00Z')
    assert.deepEqual(await WebImage.find?.(played({}, listed).context({ since: later })), [])
    assert.deepEqual(await WebImage.find?.(played({ id: 'i1' }).context({ since })), live('queued'))
  })

  it('refuses formats that do not go together, and members of what is not shared', () => {
    assert.match(
      messages({ container_format: 'ami' })?.[0] ?? '',
      /^Invalid mix of disk and container formats/,
    )
    assert.deepEqual(messages({ container_format: 'ami', disk_format: 'ami' }), [])
    assert.match(messages({ members: ['p'] })?.[0] ?? '', /^members property should only be specified/)
    assert.deepEqual(messages({ members: ['p'], visibility: 'shared' }), [])
  })
})
