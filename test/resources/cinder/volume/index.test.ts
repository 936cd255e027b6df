import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CloudError } from '../../../../src/cloud/error.ts'
import { Volume } from '../../../../src/resources/cinder/volume/index.ts'
import { rehearse } from '../../../../src/testing/rehearsal.ts'

const live = (status: string) => ({ id: 'v1', status, attachments: [] }) as never

const played = (given: object = {}, answers: object = {}) =>
  rehearse(Volume, { size: 1, ...given }, { 'cinder.volumes.create': { id: 'v1' }, ...answers })

const fail = (error: Error | undefined): void => {
  if (error !== undefined) throw error
}

describe('OS::Cinder::Volume', () => {
  it('is made of what it says', async () => {
    const volume = played({
      imageRef: 'i1',
      metadata: { a: true },
      scheduler_hints: { near: 'x' },
      volume_type: 't',
    })
    await volume.create()
    const { physicalName } = volume.self
    assert.deepEqual(volume.requests, [
      [
        'cinder.volumes.create',
        {
          name: physicalName,
          description: physicalName,
          metadata: { a: 'true' },
          size: 1,
          imageRef: 'i1',
          volume_type: 't',
          hints: { near: 'x' },
        },
      ],
    ])
  })

  it('is filled from a backup, and then told the rest', async () => {
    const volume = played({ backup_id: 'b1', metadata: { a: 'b' } }, { 'cinder.backups.restore': 'v7' })
    assert.equal(await volume.create(), 'v7')
    const { physicalName } = volume.self
    assert.deepEqual(volume.requests, [
      ['cinder.backups.restore', 'b1', { name: physicalName }],
      ['cinder.volumes.update', 'v7', { description: physicalName }],
      ['cinder.volumes.setMetadata', 'v7', { a: 'b' }],
    ])
  })

  it('is made read-only when Cinder has it ready', async () => {
    const volume = played({ read_only: true })
    const until = async (status: string) =>
      Volume.settles?.until?.({ ...volume.context(), live: live(status) })
    await until('in-use')
    assert.deepEqual(volume.requests, [])
    assert.equal(await until('available'), true)
    await until('available')
    assert.deepEqual(volume.requests, [['cinder.volumes.setReadOnly', 'id-1', true]])
  })

  it('is not deleted while something uses it, and not twice', async () => {
    const refusal = new CloudError('Invalid volume', { kind: 'bad-request', service: 'block-storage' })
    const refused = (status: string) =>
      played({}, { 'cinder.volumes.delete': refusal, 'cinder.volumes.get': live(status) })
    await assert.rejects(refused('in-use').delete(), { kind: 'conflict', message: 'Volume in use' })
    await refused('deleting').delete()
    await assert.rejects(refused('available').delete(), refusal)
    const answers = [refusal, undefined]
    const partedMeanwhile = { 'cinder.volumes.delete': () => fail(answers.shift()) }
    await played({}, { ...partedMeanwhile, 'cinder.volumes.get': live('available') }).delete()
    assert.deepEqual(answers, [])
    const takenMeanwhile = ['available', 'reserved']
    const taken = {
      'cinder.volumes.delete': refusal,
      'cinder.volumes.get': () => live(takenMeanwhile.shift() ?? ''),
    }
    await assert.rejects(played({}, taken).delete(), { kind: 'conflict', message: 'Volume in use' })
    const free = played({}, {})
    await free.delete()
    assert.deepEqual(free.requests, [['cinder.volumes.delete', 'id-1']])
  })

  it('is deleted once it is made, if it was to go before that', async () => {
    const refusal = new CloudError('Invalid volume', { kind: 'bad-request', service: 'block-storage' })
    const answers = [refusal, undefined]
    const volume = played(
      {},
      { 'cinder.volumes.delete': () => fail(answers.shift()), 'cinder.volumes.get': live('creating') },
    )
    await volume.delete()
    assert.equal(await Volume.gone?.({ ...volume.context(), live: live('creating') }), false)
    assert.equal(answers.length, 1)
    assert.equal(await Volume.gone?.({ ...volume.context(), live: live('available') }), false)
    assert.equal(answers.length, 0)
    await assert.rejects(async () => Volume.gone?.({ ...volume.context(), live: live('in-use') }), {
      message: 'Volume in use',
    })
  })

  it('is backed up before it is deleted, if it is to be, unless it is broken', async () => {
    const answers = { 'cinder.backups.create': { id: 'b1' }, 'cinder.backups.get': { status: 'available' } }
    const volume = played({}, { ...answers, 'cinder.volumes.get': live('available') })
    await Volume.snapshotThenDelete?.(volume.context())
    assert.equal(await Volume.gone?.({ ...volume.context(), live: live('backing-up') }), false)
    volume.hush()
    assert.equal(await Volume.gone?.({ ...volume.context(), live: live('available') }), false)
    assert.deepEqual(volume.requests.at(-1), ['cinder.volumes.delete', 'id-1'])
    const broken = played({}, { 'cinder.volumes.get': live('error') })
    await Volume.snapshotThenDelete?.(broken.context())
    assert.deepEqual(broken.requests.at(-1), ['cinder.volumes.delete', 'id-1'])
  })

  it('tells when it can not be deleted', async () => {
    await assert.rejects(
      async () => Volume.gone?.({ ...played().context(), live: live('error_deleting') }),
      /error_deleting/,
    )
    assert.equal(await Volume.gone?.({ ...played().context(), live: live('deleting') }), false)
  })

  it('keeps to itself how Cinder says in the metadata that it may be used', () => {
    const { live: field } = Volume.properties.metadata.options
    assert.deepEqual(field.from({ a: 'b', readonly: 'True', attached_mode: 'rw' }), { a: 'b' })
  })
})
