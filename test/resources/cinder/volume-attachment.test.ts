import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VolumeAttachment } from '../../../src/resources/cinder/volume-attachment.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'
import { refusal } from '../../cloud/told-session.ts'

const given = { instance_uuid: 's1', volume_id: 'v1' }
const volume = (status: string, ...servers: string[]) =>
  ({
    id: 'v1',
    status,
    multiattach: false,
    attachments: servers.map((server_id) => ({ server_id })),
  }) as never

const played = (more: object = {}, answers: object = {}) =>
  rehearse(
    VolumeAttachment,
    { ...given, ...more },
    { 'cinder.volumes.get': volume('in-use', 's1'), ...answers },
  )

const until = (trial: ReturnType<typeof played>, live: never) =>
  VolumeAttachment.settles?.until?.({ ...trial.context(), live })

describe('OS::Cinder::VolumeAttachment', () => {
  it("is made by Nova, and known by the volume's ID", async () => {
    const attachment = played({ mountpoint: '/dev/vdb' })
    assert.equal(await attachment.create(), 'v1')
    assert.deepEqual(attachment.requests, [
      ['nova.servers.attachVolume', 's1', { volume: 'v1', device: '/dev/vdb' }],
    ])
    assert.deepEqual(
      await VolumeAttachment.find?.(played({}, { 'nova.servers.volumeAttachment': {} }).context()),
      {
        id: 'v1',
      },
    )
    const lost = { 'nova.servers.volumeAttachment': refusal('not-found') }
    assert.equal(await VolumeAttachment.find?.(played({}, lost).context()), undefined)
  })

  it('is ready when Cinder says that its server has the volume', async () => {
    assert.equal(await until(played(), volume('in-use', 's1')), true)
    const known = played({}, { 'nova.servers.volumeAttachment': {} })
    assert.equal(await until(known, volume('available')), false)
    assert.equal(await until(known, volume('in-use', 's9')), false)
  })

  it('has failed when the volume is free and Nova knows nothing of it', async () => {
    const unknown = played({}, { 'nova.servers.volumeAttachment': refusal('not-found') })
    await assert.rejects(async () => until(unknown, volume('available')), /Volume attachment failed/)
  })

  it('moves to another server after it has left the first', async () => {
    const gone = { 'nova.servers.volumeAttachment': refusal('not-found') }
    const attachment = played({}, gone)
    await attachment.create()
    attachment.hush()
    await attachment.update({ ...given, instance_uuid: 's2' })
    assert.deepEqual(
      attachment.requests.filter(([call]) => /tachVolume$/.test(call)),
      [
        ['nova.servers.detachVolume', 's1', 'v1'],
        ['nova.servers.attachVolume', 's2', { volume: 'v1' }],
      ],
    )
  })

  it('waits until both Cinder and Nova see that the volume has left', async () => {
    const attachment = played({}, { 'nova.servers.volumeAttachment': refusal('not-found') })
    await attachment.notes.set('leaving', 's1')
    assert.equal(await until(attachment, volume('in-use', 's1')), false)
    assert.equal(await until(attachment, volume('available')), true)
    const known = played({}, { 'nova.servers.volumeAttachment': {} })
    await known.notes.set('leaving', 's1')
    assert.equal(await until(known, volume('available')), false)
  })

  it('is another one for another volume', () => {
    const { props, before } = played().context()
    assert.equal(VolumeAttachment.replaces?.({ changed: { mountpoint: 'x' }, props, before }), undefined)
    assert.match(
      VolumeAttachment.replaces?.({ changed: { volume_id: 'v2' }, props, before }) ?? '',
      /another/,
    )
  })

  it('is gone when no server of its own has the volume', async () => {
    const attachment = played()
    const { context } = attachment
    await attachment.delete()
    assert.deepEqual(attachment.requests, [['nova.servers.detachVolume', 's1', 'id-1']])
    assert.equal(await VolumeAttachment.gone?.({ ...context(), live: volume('in-use', 's1') }), false)
    assert.equal(await VolumeAttachment.gone?.({ ...context(), live: volume('in-use', 's9') }), true)
    await attachment.notes.set('target', 's9')
    assert.equal(await VolumeAttachment.gone?.({ ...context(), live: volume('in-use', 's9') }), false)
    await assert.rejects(
      async () => VolumeAttachment.gone?.({ ...context(), live: volume('error', 's1') }),
      /detachment failed/,
    )
  })

  it('that is on its way to the server when it is to go is taken off once it is there', async () => {
    const attachment = played({}, { 'nova.servers.detachVolume': refusal('bad-request') })
    const gone = async (live: never) => VolumeAttachment.gone?.({ ...attachment.context(), live })
    assert.equal(await gone(volume('reserved')), false)
    assert.deepEqual(attachment.requests, [])
    await assert.rejects(gone(volume('in-use', 's1')), { kind: 'bad-request' })
    const busy = played({}, { 'nova.servers.detachVolume': refusal('conflict') })
    const live = volume('in-use', 's1')
    assert.equal(await VolumeAttachment.gone?.({ ...busy.context(), live }), false)
    assert.deepEqual(busy.requests, [['nova.servers.detachVolume', 's1', 'id-1']])
    assert.equal(await gone(volume('available')), true)
  })

  it('lets go of the volume for its replacement, and then leaves it alone', async () => {
    const attachment = played({}, { 'nova.servers.volumeAttachment': refusal('not-found') })
    await VolumeAttachment.beforeReplaced?.(attachment.context())
    attachment.hush()
    await attachment.delete()
    assert.deepEqual(attachment.requests, [])
    assert.equal(
      await VolumeAttachment.gone?.({ ...attachment.context(), live: volume('in-use', 's1') }),
      true,
    )
    await VolumeAttachment.replacementUndone?.(attachment.context())
    assert.deepEqual(attachment.requests.at(-1), ['nova.servers.attachVolume', 's1', { volume: 'v1' }])
  })

  it('can be mended as long as there is the volume', async () => {
    assert.equal(await VolumeAttachment.repairable?.(played().context()), true)
    const gone = played({}, { 'cinder.volumes.get': refusal('not-found') })
    assert.equal(await VolumeAttachment.repairable?.(gone.context()), false)
  })
})
